import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pass } from '../failpoints.ts';
import { samplesToSeconds } from './pcm.ts';
import type { DecoderReply } from './pool/decoder-protocol.ts';
import { DecoderSlot } from './pool/decoder-slot.ts';
import { JobQueue } from './pool/job-queue.ts';
import { PendingJob } from './pool/pending-job.ts';
import { createPoolCounters } from './pool/pool-counters.ts';
import type {
  SpeechCapabilities,
  SpeechEngine,
  SpeechEngineStats,
  SpeechJob,
  Transcript,
} from './ports.ts';
import { SpeechError } from './speech-error.ts';

export interface DecoderPoolOptions {
  readonly modelsDir: string;
  /** Decoder processes; one core stays for sockets and database unless told otherwise. */
  readonly decoders?: number;
  /** Jobs that may wait before partials, speculations and revisions are dropped. */
  readonly capacity?: number;
  /** A decode that takes longer is taken for hung, and its decoder is ended. */
  readonly decodeTimeoutMs?: number;
  readonly startTimeoutMs?: number;
  readonly log?: (message: string, details: Record<string, unknown>) => void;
  /** For tests: another program that speaks the same protocol. */
  readonly script?: string;
  readonly restartDelayMs?: number;
}

const DECODER_SCRIPT = fileURLToPath(new URL('../decoder.ts', import.meta.url));
const CRASHES_TO_SET_ASIDE = 2;
const STOP_GRACE_MS = 3_000;

const CAPABILITIES: SpeechCapabilities = {
  logprobs: true,
  noSpeechProbability: true,
  segments: false,
  prompt: true,
  longestSeconds: 30,
  remote: false,
};

/**
 * The embedded engine: decoder processes behind one bounded queue.
 *
 * Finals come first and are never dropped; a running partial gives way to a final when no decoder
 * is free. A decoder that dies is started again after a growing pause and its job is tried once
 * more; a job that ends two decoders is set aside and rejected.
 */
export function createDecoderPool(options: DecoderPoolOptions): SpeechEngine {
  return new DecoderPool(options);
}

class DecoderPool implements SpeechEngine {
  readonly capabilities = CAPABILITIES;
  private readonly options: DecoderPoolOptions;
  private readonly queue: JobQueue<PendingJob>;
  private readonly counters = createPoolCounters();
  private readonly log: NonNullable<DecoderPoolOptions['log']>;
  private slots: DecoderSlot[] = [];
  private engineName = 'embedded:whisper';
  private nextId = 1;
  private running = false;
  private onReady: () => void = () => undefined;

  constructor(options: DecoderPoolOptions) {
    this.options = options;
    this.queue = new JobQueue(options.capacity ?? 32);
    this.log = options.log ?? (() => undefined);
  }

  get name(): string {
    return this.engineName;
  }

  async start(): Promise<void> {
    if (this.running) return;
    this.running = true;
    const total = this.options.decoders ?? Math.max(1, availableParallelism() - 1);
    this.slots = Array.from({ length: total }, () => this.makeSlot());
    const ready = this.whenAllReady();
    for (const slot of this.slots) slot.start();
    await ready;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    const stopped = new SpeechError('stopped', 'The service stops');
    for (const pending of this.queue.clear()) pending.reject(stopped);
    for (const slot of this.slots) slot.current?.reject(stopped);
    await Promise.all(this.slots.map((slot) => slot.stop(STOP_GRACE_MS)));
    this.slots = [];
  }

  stats(): SpeechEngineStats {
    return this.counters.read({
      engine: this.engineName,
      total: this.slots.length,
      ready: this.slots.filter((slot) => slot.isReady).length,
      busy: this.slots.filter((slot) => slot.current !== null).length,
      waiting: this.queue.jobs.map((pending) => ({
        priority: pending.priority(),
        seconds: samplesToSeconds(pending.job.pcm.length),
      })),
    });
  }

  transcribe(job: SpeechJob): Promise<Transcript> {
    if (!this.running) {
      return Promise.reject(new SpeechError('stopped', 'The pool is not running'));
    }
    if (job.signal.aborted) {
      return Promise.reject(new SpeechError('cancelled', 'Cancelled before it was asked'));
    }
    const pending = new PendingJob(this.nextId, job, (aborted) => this.cancel(aborted));
    this.nextId += 1;
    for (const dropped of this.queue.push(pending)) this.shed(dropped);
    pass('decode-queued');
    this.dispatch();
    return pending.result;
  }

  private makeSlot(): DecoderSlot {
    return new DecoderSlot({
      script: this.options.script ?? DECODER_SCRIPT,
      modelsDir: this.options.modelsDir,
      decodeTimeoutMs: this.options.decodeTimeoutMs ?? 60_000,
      restartDelayMs: this.options.restartDelayMs ?? 250,
      onReady: (engine) => {
        this.engineName = engine;
        this.onReady();
        this.dispatch();
      },
      onReply: (pending, reply) => {
        this.answer(pending, reply);
        this.dispatch();
      },
      onCrash: (how, pending) => this.onCrash(how, pending),
    });
  }

  private whenAllReady(): Promise<void> {
    const timeoutMs = this.options.startTimeoutMs ?? 60_000;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new SpeechError('engine', `The decoders were not ready within ${timeoutMs} ms`));
      }, timeoutMs);
      this.onReady = () => {
        if (!this.slots.every((slot) => slot.isReady)) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private dispatch(): void {
    for (const slot of this.slots) {
      if (!slot.isFree) continue;
      const pending = this.queue.take();
      if (pending === undefined) break;
      slot.run(pending);
    }
    this.makeWayForFinals();
  }

  /** Who waits for a final waits for nothing that nobody must have now. */
  private makeWayForFinals(): void {
    let finals = this.queue.jobs.filter((pending) => pending.priority() === 'final').length;
    for (const victim of ['partial', 'deferred', 'revision'] as const) {
      for (const slot of this.slots) {
        if (finals === 0) return;
        const current = slot.current;
        if (current === null || current.priority() !== victim) continue;
        finals -= 1;
        if (current.preempted) continue;
        current.preempted = true;
        slot.cancelCurrent();
      }
    }
  }

  private answer(pending: PendingJob, reply: Exclude<DecoderReply, { type: 'ready' }>): void {
    switch (reply.type) {
      case 'done': {
        const seconds = samplesToSeconds(pending.job.pcm.length);
        this.counters.done(pending.priority(), seconds, reply.milliseconds);
        pending.resolve(reply.transcript);
        return;
      }
      case 'cancelled':
        this.afterCancel(pending);
        return;
      case 'failed':
        this.counters.failed(reply.message);
        this.log('A decode failed', { message: reply.message });
        pending.reject(new SpeechError('engine', reply.message));
        return;
      default:
        reply satisfies never;
    }
  }

  /** A revision that gave way waits for its next chance, and so does what has time; a partial is out of date by then. */
  private afterCancel(pending: PendingJob): void {
    if (pending.job.signal.aborted) {
      pending.reject(new SpeechError('cancelled', 'The decode was cancelled'));
    } else if (['revision', 'deferred'].includes(pending.priority())) {
      pending.preempted = false;
      this.queue.putBack(pending);
    } else {
      this.shed(pending);
    }
  }

  private onCrash(how: string, pending: PendingJob | null): void {
    this.counters.restarted(`decoder ended: ${how}`);
    this.log('A decoder ended', { how, hadJob: pending !== null });
    if (pending !== null) this.afterCrash(pending);
    this.dispatch();
  }

  private afterCrash(pending: PendingJob): void {
    pending.crashes += 1;
    if (pending.job.signal.aborted) {
      pending.reject(new SpeechError('cancelled', 'The decode was cancelled'));
    } else if (pending.crashes >= CRASHES_TO_SET_ASIDE) {
      this.counters.setAside();
      this.log('A job ended its decoder twice and is set aside', {
        roomId: pending.roomId,
        seconds: samplesToSeconds(pending.job.pcm.length),
      });
      pending.reject(new SpeechError('set_aside', 'Two decoders died of this sound'));
    } else {
      this.queue.putBack(pending);
    }
  }

  private cancel(pending: PendingJob): void {
    this.counters.cancelled();
    if (this.queue.remove(pending)) {
      pending.reject(new SpeechError('cancelled', 'Cancelled while it waited'));
    } else {
      this.slots.find((slot) => slot.current === pending)?.cancelCurrent();
    }
  }

  private shed(pending: PendingJob): void {
    this.counters.shed(pending.priority());
    pending.reject(new SpeechError('shed', 'Dropped under load'));
  }
}
