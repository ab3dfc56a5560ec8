import { toInt16 } from '../pcm.ts';
import type { SpeechJob, Transcript } from '../ports.ts';
import type { SpeechError } from '../speech-error.ts';
import { effortOf } from './decode-effort.ts';
import type { DecodeRequest } from './decoder-protocol.ts';
import type { QueuedJob } from './job-queue.ts';

/** A job in the pool, from the asking to the answer. */
export class PendingJob implements QueuedJob {
  readonly id: number;
  readonly job: SpeechJob;
  readonly roomId: string;
  readonly priority: SpeechJob['priority'];
  readonly result: Promise<Transcript>;
  /** Decoders that died of it. */
  crashes = 0;
  /** Asked to give way to a final: its owner hears that it was shed. */
  preempted = false;
  private readonly settle: {
    resolve: (transcript: Transcript) => void;
    reject: (error: SpeechError) => void;
  };
  private readonly onAbort: () => void;

  constructor(id: number, job: SpeechJob, onAbort: (pending: PendingJob) => void) {
    this.id = id;
    this.job = job;
    this.roomId = job.roomId;
    this.priority = job.priority;
    const { promise, resolve, reject } = Promise.withResolvers<Transcript>();
    this.result = promise;
    this.settle = { resolve, reject };
    this.onAbort = () => onAbort(this);
    job.signal.addEventListener('abort', this.onAbort);
  }

  /** Made when a decoder takes it: under load many a job is dropped before. */
  get request(): DecodeRequest {
    const { language, prompt } = this.job;
    return {
      type: 'decode',
      id: this.id,
      pcm: toInt16(this.job.pcm),
      language,
      effort: effortOf(this.priority()),
      ...(prompt === undefined ? {} : { prompt }),
    };
  }

  resolve(transcript: Transcript): void {
    this.job.signal.removeEventListener('abort', this.onAbort);
    this.settle.resolve(transcript);
  }

  reject(error: SpeechError): void {
    this.job.signal.removeEventListener('abort', this.onAbort);
    this.settle.reject(error);
  }
}
