import { toFloat } from '../../apps/backend/realtime-service/src/speech/pcm.ts';
import { effortOf } from '../../apps/backend/realtime-service/src/speech/pool/decode-effort.ts';
import { JobQueue } from '../../apps/backend/realtime-service/src/speech/pool/job-queue.ts';
import type {
  JobPriority,
  SpeechCapabilities,
  SpeechEngine,
  SpeechJob,
  StartTimer,
  Transcript,
} from '../../apps/backend/realtime-service/src/speech/ports.ts';
import { SpeechError } from '../../apps/backend/realtime-service/src/speech/speech-error.ts';
import type { Recogniser } from './recogniser.ts';

interface Waiting {
  readonly roomId: string;
  readonly priority: () => JobPriority;
  readonly job: SpeechJob;
  resolve(transcript: Transcript): void;
  reject(error: SpeechError): void;
}

/**
 * One decoder on a simulated clock: each decode is really done, and its answer is given when as
 * much simulated time has passed as it took of its own; what else the machine does meanwhile does
 * not count.
 */
export class SimulatedEngine implements SpeechEngine {
  readonly name: string;
  readonly capabilities: SpeechCapabilities;
  /** Simulated now, in milliseconds. */
  now = 0;
  decodeMs = 0;
  readonly done: Record<JobPriority, number> = {
    final: 0,
    speculative: 0,
    partial: 0,
    revision: 0,
    deferred: 0,
  };
  private readonly recogniser: Recogniser;
  private readonly queue: JobQueue<Waiting>;
  private readonly timers = new Set<{ readonly at: number; readonly then: () => void }>();
  private running: { readonly waiting: Waiting; endsAt: number; answer: () => void } | null = null;

  /** @param capacity as of the decoder pool */
  constructor(recogniser: Recogniser, capacity = 32) {
    this.queue = new JobQueue(capacity);
    this.recogniser = recogniser;
    this.name = recogniser.name;
    this.capabilities = recogniser.capabilities;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  stats(): never {
    throw new Error('The simulated engine has no statistics of its own');
  }

  transcribe(job: SpeechJob): Promise<Transcript> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { roomId: job.roomId, priority: job.priority, job, resolve, reject };
      for (const dropped of this.queue.push(waiting)) {
        dropped.reject(new SpeechError('shed', 'Dropped under load'));
      }
      job.signal.addEventListener('abort', () => {
        const cancelled = new SpeechError('cancelled', 'cancelled');
        if (this.queue.remove(waiting)) reject(cancelled);
        else if (this.running?.waiting === waiting) {
          // As the real pool: the decoder stops at its next token.
          this.running.endsAt = Math.min(this.running.endsAt, this.now + 15);
          this.running.answer = () => reject(cancelled);
        }
      });
    });
  }

  /** A timer on the simulated clock. */
  readonly startTimer: StartTimer = (milliseconds, then) => {
    const timer = { at: this.now + milliseconds, then };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  /** When the running decode ends or a timer calls, or null. */
  get nextAnswerAt(): number | null {
    const moments = [...this.timers].map((timer) => timer.at);
    if (this.running !== null) moments.push(this.running.endsAt);
    return moments.length === 0 ? null : Math.min(...moments);
  }

  /** Starts what can be started now, and gives the answer that is due. Resolves when nothing is left to do at this instant. */
  async settle(): Promise<void> {
    for (const timer of this.timers) {
      if (timer.at > this.now) continue;
      this.timers.delete(timer);
      timer.then();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.running !== null && this.running.endsAt <= this.now) {
      const { answer } = this.running;
      this.running = null;
      answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.preempt();
    if (this.running !== null) return;
    const waiting = this.queue.take();
    if (waiting === undefined) return;
    const { transcript, tookMs } = await this.recogniser.recognise({
      pcm: toFloat(waiting.job.pcm),
      language: waiting.job.language,
      ...(waiting.job.prompt === undefined ? {} : { prompt: waiting.job.prompt }),
      effort: effortOf(waiting.priority()),
    });
    this.decodeMs += tookMs;
    this.running = {
      waiting,
      endsAt: this.now + tookMs,
      answer: () => {
        this.done[waiting.priority()] += 1;
        waiting.resolve(transcript);
      },
    };
  }

  private preempt(): void {
    const running = this.running;
    if (running === null || !['partial', 'revision'].includes(running.waiting.priority())) return;
    if (!this.queue.jobs.some((waiting) => waiting.priority() === 'final')) return;
    running.endsAt = Math.min(running.endsAt, this.now + 15);
    running.answer = () => {
      if (running.waiting.priority() === 'revision') this.queue.putBack(running.waiting);
      else running.waiting.reject(new SpeechError('shed', 'preempted'));
    };
  }
}
