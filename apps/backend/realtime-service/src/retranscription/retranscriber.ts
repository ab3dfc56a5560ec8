import { type Logger, repeatEvery, toAppError } from '@medcall/service-kit';
import type { RetranscriptionFailure } from '@medcall/shared-types';
import type { Consents } from '../services/consents.ts';
import type { ConsultationReader } from '../services/consultation-reader.ts';
import { WorkLooks } from '../work/work-looks.ts';
import { type HearAgainParts, Hearing } from './hear-again.ts';
import type { ClaimedRetranscription, RetranscriptionRows } from './retranscription-rows.ts';
import { refusalOf, type StandingParts } from './standing.ts';
import { Stillness } from './stillness.ts';
import type { Written } from './write-changes.ts';

const lookEveryMs = 10_000;
/** Also how soon a withdrawal stops the engine: within 2 s (DESIGN §8). */
const tickEveryMs = 1000;

/** What came of a job; why not, where nothing did. */
export type Retranscribed =
  | { outcome: RetranscriptionFailure | 'cancelled' | 'failed' }
  | ({ outcome: 'done'; streams: number } & Written);

export interface RetranscriberParts {
  rows: RetranscriptionRows;
  reader: Pick<ConsultationReader, 'byId'>;
  consents: Pick<Consents, 'aiAllowed'>;
  standing: StandingParts;
  hearing: HearAgainParts;
  logger: Logger;
}

/**
 * Transcribes consultations again from their audio logs, one at a time per node. The rows are the list of work:
 * what ends a process lets the next one begin the job anew, and the transcript is written at the end alone.
 */
export class Retranscriber {
  private readonly parts: RetranscriberParts;
  private readonly looks: WorkLooks;
  private current: { consultationId: string; abort: AbortController } | null = null;

  constructor(parts: RetranscriberParts) {
    this.parts = parts;
    this.looks = new WorkLooks({
      everyMs: lookEveryMs,
      look: () => this.look(),
      onError: (error) => parts.logger.warn({ err: error }, 're-transcriptions have to wait'),
    });
  }

  async start(): Promise<void> {
    await this.parts.rows.takeBackOwn();
    this.looks.start();
  }

  async stop(): Promise<void> {
    const done = this.looks.stop();
    this.current?.abort.abort(new Stopped('stopping'));
    await done;
  }

  /** Looks for work now: somebody asked. */
  wake(): void {
    this.looks.wake();
  }

  /** Stops at once what was called off here; another node finds out within a second. */
  calledOff(consultationId: string): void {
    if (this.current?.consultationId === consultationId) {
      this.current.abort.abort(new Stopped('cancelled'));
    }
  }

  /** Does a claimed job. Its row says what came of it. */
  async work(claimed: ClaimedRetranscription): Promise<Retranscribed> {
    const { rows } = this.parts;
    const abort = new AbortController();
    this.current = { consultationId: claimed.consultationId, abort };
    try {
      const done = await this.hear(claimed, abort);
      if (done.outcome !== 'done' && done.outcome !== 'cancelled') {
        await rows.fail(claimed, done.outcome, true);
      }
      return done;
    } catch (thrown) {
      return await this.failed(claimed, thrown);
    } finally {
      this.current = null;
    }
  }

  private async look(): Promise<void> {
    for (let next = await this.claim(); next; next = await this.claim()) await this.work(next);
  }

  private async claim(): Promise<ClaimedRetranscription | null> {
    return this.looks.stopped ? null : this.parts.rows.claim();
  }

  private async hear(
    claimed: ClaimedRetranscription,
    abort: AbortController,
  ): Promise<Retranscribed> {
    const { hearing: parts, reader, rows, standing } = this.parts;
    const view = await reader.byId(claimed.consultationId);
    const refusal = await refusalOf(view, standing);
    if (refusal) return { outcome: refusal };
    const hearing = await Hearing.of(view, parts);
    const watch = this.watch(claimed, hearing, abort);
    let streams: number | null;
    try {
      streams = await hearing.listen(claimed.consultationId, abort.signal);
    } finally {
      await watch.stop();
    }
    if (streams === null) return { outcome: 'in_progress' };
    if (hearing.heard.onlyUnpaid) return { outcome: 'cost_cap' };
    const end = await rows.finish(claimed, hearing);
    if ('written' in end) return { outcome: 'done', streams, ...end.written };
    return { outcome: end.refused === 'not_ours' ? 'cancelled' : end.refused };
  }

  /** Once a second: how far it is, whether anybody called it off, whether an engine may still run, and does. */
  private watch(claimed: ClaimedRetranscription, hearing: Hearing, abort: AbortController) {
    const { consents, hearing: parts, logger, rows } = this.parts;
    const stillness = new Stillness(parts.room.monotonic);
    const look = async () => {
      const progress = await hearing.progress();
      if (!(await rows.goOn(claimed, progress))) {
        abort.abort(new Stopped('cancelled'));
      } else if (!(await consents.aiAllowed(claimed.consultationId))) {
        abort.abort(new Stopped('not_allowed'));
      } else if (stillness.isTooLong(progress, hearing.heard.events)) {
        abort.abort(new Stopped('no_progress'));
      }
    };
    return repeatEvery(tickEveryMs, look, (error) =>
      logger.warn({ err: error }, 'progress of a re-transcription not saved'),
    );
  }

  private async failed(claimed: ClaimedRetranscription, thrown: unknown): Promise<Retranscribed> {
    const { logger, rows } = this.parts;
    const why = thrown instanceof Stopped ? thrown.why : null;
    switch (why) {
      case 'cancelled':
        return { outcome: 'cancelled' };
      case 'stopping':
        await rows.handBack(claimed);
        return { outcome: 'cancelled' };
      case 'not_allowed':
      case 'no_progress':
        await rows.fail(claimed, why, true);
        return { outcome: why };
      case null:
        logger.warn({ err: thrown, retranscriptionId: claimed.id }, 'not transcribed again');
        await rows.fail(claimed, toAppError(thrown).code, false);
        return { outcome: 'failed' };
      default:
        return why satisfies never;
    }
  }
}

/** Why a job was broken off. */
class Stopped extends Error {
  readonly why: 'cancelled' | 'stopping' | 'not_allowed' | 'no_progress';

  constructor(why: Stopped['why']) {
    super(`re-transcription: ${why}`);
    this.why = why;
  }
}
