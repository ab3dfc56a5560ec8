import {
  type BreakerSettings,
  CircuitBreaker,
  type Clock,
  type CostLedger,
  type ExchangeRate,
  priceOfSound,
  priceVersion,
} from '@medcall/service-kit';
import { samplesToSeconds } from '../speech/pcm.ts';
import { JobQueue } from '../speech/pool/job-queue.ts';
import { createPoolCounters } from '../speech/pool/pool-counters.ts';
import type {
  JobPriority,
  SpeechEngine,
  SpeechJob,
  SpeechToText,
  Transcript,
} from '../speech/ports.ts';
import { SpeechError } from '../speech/speech-error.ts';
import type { CapSignals } from './cap-signals.ts';
import { EngineFailure } from './engine-failure.ts';

export interface RemoteEngineOptions {
  stt: SpeechToText;
  /** Model name in the price table and in the ledger. */
  model: string;
  /** Calls under way at once. */
  concurrency: number;
  breaker: BreakerSettings;
  ledger: CostLedger;
  rate: ExchangeRate;
  /** The consultation that a room's calls are booked to; null for sound that belongs to none. */
  consultationOf: (roomId: string) => Promise<string | null>;
  /** Told of each answer of the ledger. */
  caps: CapSignals;
  newKey: () => string;
  clock: Clock;
}

interface Waiting {
  job: SpeechJob;
  roomId: string;
  priority: () => JobPriority;
  resolve: (transcript: Transcript) => void;
  reject: (error: SpeechError) => void;
}

/**
 * A paid engine behind the same queue as the embedded one. Only what must come is sent: partials,
 * speculations and revisions of one sentence would be paid several times. Each call is reserved in
 * the ledger before it is made and settled after it.
 */
export function createRemoteEngine(options: RemoteEngineOptions): SpeechEngine {
  return new RemoteEngine(options);
}

class RemoteEngine implements SpeechEngine {
  readonly name: string;
  readonly capabilities: SpeechEngine['capabilities'];
  private readonly options: RemoteEngineOptions;
  private readonly queue = new JobQueue<Waiting>(Number.POSITIVE_INFINITY);
  private readonly counters = createPoolCounters();
  private readonly breaker: CircuitBreaker;
  private readonly ending = new AbortController();
  private running = 0;
  private wake: NodeJS.Timeout | undefined;

  constructor(options: RemoteEngineOptions) {
    this.options = options;
    this.name = options.stt.name;
    this.capabilities = options.stt.capabilities;
    this.breaker = new CircuitBreaker(options.breaker, options.clock);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    clearTimeout(this.wake);
    this.ending.abort();
    for (const waiting of this.queue.clear()) {
      waiting.reject(new SpeechError('stopped', 'the engine stops'));
    }
  }

  stats() {
    return this.counters.read({
      engine: this.name,
      total: this.options.concurrency,
      ready: this.breaker.waitMs() > 0 ? 0 : this.options.concurrency,
      busy: this.running,
      waiting: this.queue.jobs.map(({ job, priority }) => ({
        priority: priority(),
        seconds: samplesToSeconds(job.pcm.length),
      })),
    });
  }

  transcribe(job: SpeechJob): Promise<Transcript> {
    if (this.ending.signal.aborted) {
      return Promise.reject(new SpeechError('stopped', 'the engine stops'));
    }
    const priority = job.priority();
    if (priority !== 'final' && priority !== 'deferred') {
      this.counters.shed(priority);
      return Promise.reject(new SpeechError('shed', 'a paid engine decodes finals only'));
    }
    // The vendor named a time, or failed several times: whoever has another engine should use it.
    if (this.breaker.waitMs() > 0) {
      return Promise.reject(new SpeechError('engine', `${this.name} is paused`));
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { job, roomId: job.roomId, priority: job.priority, resolve, reject };
      job.signal.addEventListener(
        'abort',
        () => {
          if (!this.queue.remove(waiting)) return;
          this.counters.cancelled();
          reject(new SpeechError('cancelled', 'no longer wanted'));
        },
        { once: true },
      );
      this.queue.push(waiting);
      this.next();
    });
  }

  private next(): void {
    while (this.running < this.options.concurrency && this.queue.size > 0) {
      if (!this.breaker.admits()) {
        this.refuseWaiting();
        return;
      }
      const waiting = this.queue.take();
      if (!waiting) return;
      this.running += 1;
      void this.decode(waiting).finally(() => {
        this.running -= 1;
        this.next();
      });
    }
  }

  /** Nothing waits behind an open circuit: the owner decides between another engine and later. */
  private refuseWaiting(): void {
    if (this.breaker.waitMs() === 0) return;
    for (const waiting of this.queue.clear()) {
      waiting.reject(new SpeechError('engine', `${this.name} is paused`));
    }
  }

  private async decode(waiting: Waiting): Promise<void> {
    const { job, priority, reject, resolve } = waiting;
    const startedAt = this.options.clock.now();
    const seconds = samplesToSeconds(job.pcm.length);
    let reservation: string | null = null;
    try {
      reservation = await this.reserve(job.roomId, seconds);
      const transcript = await this.options.stt.transcribe(job.pcm, {
        signal: AbortSignal.any([job.signal, this.ending.signal]),
        language: job.language,
        ...(job.prompt ? { prompt: job.prompt } : {}),
      });
      await this.settle(reservation, seconds);
      this.breaker.succeeded();
      this.counters.done(priority(), seconds, this.options.clock.now() - startedAt);
      resolve(transcript);
    } catch (thrown) {
      reject(await this.failed(thrown, job, reservation));
    }
  }

  private async failed(
    thrown: unknown,
    job: SpeechJob,
    reservation: string | null,
  ): Promise<SpeechError> {
    if (thrown instanceof SpeechError) {
      this.breaker.abandoned();
      return thrown;
    }
    if (job.signal.aborted || this.ending.signal.aborted) {
      // Whether an abandoned call is charged only the vendor knows: its reservation stays booked.
      this.breaker.abandoned();
      this.counters.cancelled();
      const reason = job.signal.aborted ? 'cancelled' : 'stopped';
      return new SpeechError(reason, 'no longer wanted', { cause: thrown });
    }
    const failure = thrown instanceof EngineFailure ? thrown : null;
    this.breaker.failed(failure?.retryAfterMs);
    this.counters.failed(failure?.message ?? String(thrown));
    // Cut off or garbled, the call may have been charged: then the reservation stays booked.
    if (reservation && failure?.refused) {
      await this.options.ledger.release(reservation).catch(() => undefined);
    }
    return new SpeechError('engine', `${this.name} failed`, { cause: thrown });
  }

  private async reserve(roomId: string, seconds: number): Promise<string | null> {
    const { caps, consultationOf, ledger, model, newKey, rate } = this.options;
    const consultationId = await consultationOf(roomId);
    if (consultationId === null) throw new SpeechError('unpaid', 'nobody pays for this sound');
    const answer = await ledger.reserve({
      consultationId,
      service: 'whisper',
      model,
      upperBoundMicros: priceOfSound(model, seconds, rate),
      seconds,
      priceVersion: priceVersion(rate),
      idempotencyKey: newKey(),
    });
    if (answer.granted) {
      caps.granted(roomId, 'speech');
      return answer.id;
    }
    if (answer.reason === 'ai_off') throw new SpeechError('engine', 'refused by ai_off');
    caps.refused(roomId, 'speech');
    throw new SpeechError('unpaid', `refused by ${answer.reason}`);
  }

  private async settle(reservation: string | null, seconds: number): Promise<void> {
    if (reservation === null) return;
    const { ledger, model, rate } = this.options;
    await ledger.settle(reservation, { micros: priceOfSound(model, seconds, rate), seconds });
  }
}
