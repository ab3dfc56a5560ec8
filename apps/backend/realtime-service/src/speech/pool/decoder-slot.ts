import { pass } from '../../failpoints.ts';
import { type DecoderProcess, forkDecoder } from './decoder-process.ts';
import type { DecoderReply } from './decoder-protocol.ts';
import type { PendingJob } from './pending-job.ts';

type JobReply = Exclude<DecoderReply, { type: 'ready' }>;

export interface DecoderSlotOptions {
  readonly script: string;
  readonly modelsDir: string;
  /** A decode that takes longer is taken for hung, and its decoder is ended. */
  readonly decodeTimeoutMs: number;
  /** First pause before a dead decoder is started again; doubles with each death in a row. */
  readonly restartDelayMs: number;
  readonly onReady: (engine: string) => void;
  readonly onReply: (pending: PendingJob, reply: JobReply) => void;
  /** The decoder died, with or without a job in its hands; a new one is on its way. */
  readonly onCrash: (how: string, pending: PendingJob | null) => void;
}

const LONGEST_RESTART_DELAY_MS = 30_000;

/** A place for one decoder process: keeps one alive in it and gives it one job at a time. */
export class DecoderSlot {
  private readonly options: DecoderSlotOptions;
  private process: DecoderProcess | null = null;
  private ready = false;
  private job: PendingJob | null = null;
  private watchdog: NodeJS.Timeout | undefined;
  private restart: NodeJS.Timeout | undefined;
  private deaths = 0;
  private stopping = false;

  constructor(options: DecoderSlotOptions) {
    this.options = options;
  }

  get isReady(): boolean {
    return this.ready;
  }

  get isFree(): boolean {
    return this.ready && this.job === null;
  }

  get current(): PendingJob | null {
    return this.job;
  }

  start(): void {
    this.process = forkDecoder({
      script: this.options.script,
      modelsDir: this.options.modelsDir,
      onReply: (reply) => this.onReply(reply),
      onExit: (how) => this.onExit(how),
    });
  }

  run(pending: PendingJob): void {
    this.job = pending;
    this.watchdog = setTimeout(() => this.process?.kill(), this.options.decodeTimeoutMs);
    this.process?.send(pending.request);
    pass('decoding');
  }

  /** Asks the decoder to leave its job at the next token; the answer comes as for any job. */
  cancelCurrent(): void {
    if (this.job !== null) this.process?.send({ type: 'cancel', id: this.job.id });
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    clearTimeout(this.watchdog);
    await this.process?.stop(graceMs);
  }

  private release(): PendingJob | null {
    clearTimeout(this.watchdog);
    const pending = this.job;
    this.job = null;
    return pending;
  }

  private onReply(reply: DecoderReply): void {
    if (reply.type === 'ready') {
      this.ready = true;
      this.options.onReady(reply.engine);
      return;
    }
    if (this.job?.id !== reply.id) return;
    const pending = this.release() as PendingJob;
    if (reply.type === 'done') this.deaths = 0;
    this.options.onReply(pending, reply);
  }

  private onExit(how: string): void {
    const pending = this.release();
    this.process = null;
    this.ready = false;
    if (this.stopping) return;
    const delayMs = Math.min(
      LONGEST_RESTART_DELAY_MS,
      this.options.restartDelayMs * 2 ** this.deaths,
    );
    this.deaths += 1;
    this.restart = setTimeout(() => this.start(), delayMs);
    this.options.onCrash(how, pending);
  }
}
