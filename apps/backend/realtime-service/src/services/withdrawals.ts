import type { Logger } from '@medcall/service-kit';
import { type Broadcaster, everybody } from './broadcaster.ts';
import type { Captures, WithdrawalReason } from './captures.ts';
import type { LiveRoom } from './live-room.ts';

type WithdrawnRoom = Pick<LiveRoom, 'view' | 'transcribing' | 'refuse' | 'discard'>;

interface Withdrawal {
  readonly room: WithdrawnRoom;
  readonly reason: WithdrawalReason;
  /** Whether the capture is closed and the room knows it. */
  told: boolean;
  /** The attempt that is under way. */
  attempt: Promise<void> | null;
}

/**
 * Withdrawals that are not wholly carried out: the capture is closed, the room told, the sound deleted.
 * A room that takes no sound any more is not seen by the consent watch; what failed of it is tried again
 * from here.
 */
export class Withdrawals {
  private readonly captures: Pick<Captures, 'close'>;
  private readonly broadcaster: Broadcaster;
  private readonly logger: Logger;
  private readonly left = new Map<string, Withdrawal>();

  constructor(options: {
    captures: Pick<Captures, 'close'>;
    broadcaster: Broadcaster;
    logger: Logger;
  }) {
    this.captures = options.captures;
    this.broadcaster = options.broadcaster;
    this.logger = options.logger;
  }

  /** Stops at once. @throws whatever failed of the rest, which stays to be tried again */
  begin(room: WithdrawnRoom, reason: WithdrawalReason): Promise<void> {
    room.refuse();
    const { consultationId } = room.view;
    // Even where one is left: the room was found taking sound again.
    const withdrawal = { room, reason, told: false, attempt: null };
    this.left.set(consultationId, withdrawal);
    return this.attempt(withdrawal);
  }

  /** What is left of one consultation: before it takes sound anew, the old sound has to be gone. */
  async settle(consultationId: string): Promise<void> {
    const withdrawal = this.left.get(consultationId);
    if (withdrawal) await this.attempt(withdrawal);
  }

  /** Tries again whatever is left; what fails once more is logged and stays. */
  async retry(): Promise<void> {
    // A room that takes sound again is the consent watch's affair.
    const waiting = [...this.left.values()].filter(({ room }) => !room.transcribing);
    const tried = await Promise.allSettled(waiting.map((one) => this.attempt(one)));
    for (const result of tried) {
      if (result.status === 'rejected') {
        this.logger.warn({ err: result.reason }, 'withdrawal not wholly carried out; tried again');
      }
    }
  }

  private attempt(withdrawal: Withdrawal): Promise<void> {
    withdrawal.attempt ??= this.carryOut(withdrawal).finally(() => {
      withdrawal.attempt = null;
    });
    return withdrawal.attempt;
  }

  private async carryOut(withdrawal: Withdrawal): Promise<void> {
    const { room } = withdrawal;
    const { consultationId } = room.view;
    // Neither waits for the other: the room hears of it though the disk fails, and the sound goes though
    // the database is away.
    const done = await Promise.allSettled([this.close(withdrawal), room.discard()]);
    const failed = done.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    if (this.left.get(consultationId) === withdrawal) this.left.delete(consultationId);
  }

  private async close(withdrawal: Withdrawal): Promise<void> {
    if (withdrawal.told) return;
    const { reason, room } = withdrawal;
    const { consultationId, roomId } = room.view;
    const closed = await this.captures.close(consultationId, reason);
    withdrawal.told = true;
    // Several nodes may notice; one of them tells.
    if (!closed) return;
    this.broadcaster.toRoles(roomId, everybody, 'transcription-stopped', { roomId, reason });
  }
}
