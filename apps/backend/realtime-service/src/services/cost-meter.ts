import {
  type Clock,
  type CostLedger,
  createCostLedger,
  type Database,
  type Spending,
} from '@medcall/service-kit';
import type { CostEvent } from '@medcall/shared-types';
import type { CapSignals } from '../engines/cap-signals.ts';
import { type Broadcaster, doctorOnly } from './broadcaster.ts';

const microsPerBrl = 1_000_000;
/** From here on the doctor is told that the money ends. */
const nearShare = 0.8;
/** A figure that changes faster than this is not read. */
const shortestPauseMs = 3000;

/** What AI has cost in a consultation, for the doctor's eyes. */
export class CostMeter {
  private readonly ledger: CostLedger;
  private readonly broadcaster: Broadcaster;
  private readonly clock: Clock;
  private readonly caps: CapSignals;
  private readonly toldAtMs = new Map<string, number>();

  constructor(options: {
    database: Database;
    broadcaster: Broadcaster;
    clock: Clock;
    caps: CapSignals;
  }) {
    this.ledger = createCostLedger(options.database);
    this.broadcaster = options.broadcaster;
    this.clock = options.clock;
    this.caps = options.caps;
  }

  async read(room: { roomId: string; consultationId: string }): Promise<CostEvent> {
    const spending = await this.ledger.spending(room.consultationId);
    const { capMicros, spentMicros } = spending;
    return {
      roomId: room.roomId,
      spentBrl: spentMicros / microsPerBrl,
      capBrl: capMicros === null ? null : capMicros / microsPerBrl,
      state: this.caps.stopped(room.roomId) ? 'stopped' : stateOf(spending),
    };
  }

  /** Tells the doctor, at most every few seconds. */
  async tell(room: { roomId: string; consultationId: string }): Promise<void> {
    const now = this.clock.now();
    if (now - (this.toldAtMs.get(room.roomId) ?? 0) < shortestPauseMs) return;
    this.toldAtMs.set(room.roomId, now);
    this.broadcaster.toRoles(room.roomId, doctorOnly, 'cost', await this.read(room));
  }

  forget(roomId: string): void {
    this.toldAtMs.delete(roomId);
  }
}

/** The nearer of the two ends counts: the consultation's, or the clinic's for this month. */
function stateOf({ capMicros, month, spentMicros }: Spending): CostEvent['state'] {
  const ends = [{ spentMicros, capMicros }, ...(month ? [month] : [])];
  const shares = ends.flatMap((end) =>
    end.capMicros === null ? [] : [end.capMicros === 0 ? 1 : end.spentMicros / end.capMicros],
  );
  const nearest = Math.max(0, ...shares);
  if (nearest >= 1) return 'stopped';
  return nearest >= nearShare ? 'near' : 'ok';
}
