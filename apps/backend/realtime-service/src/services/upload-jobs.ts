import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { AppError, type Logger, notFound, toAppError } from '@medcall/service-kit';
import type { ErrorCode } from '@medcall/shared-types';
import type { FileTranscript } from './file-transcriber.ts';

/** A finished job is kept for whoever asks late. */
const keepMs = 60 * 60_000;
/** More at a time would only make everybody wait; live consultations come first anyway. */
const maxPerOwner = 3;

export interface UploadJob {
  id: string;
  status: 'running' | 'done' | 'failed' | 'cancelled';
  /** Seconds of sound that are text. */
  secondsDone: number;
  result?: FileTranscript;
  error?: { code: ErrorCode; message: string };
}

interface Entry {
  owner: string;
  job: UploadJob;
  abort: AbortController;
  finished: Promise<void>;
}

export type Transcribe = (
  path: string,
  signal: AbortSignal,
  onProgress: (secondsDone: number) => void,
) => Promise<FileTranscript>;

/** Transcriptions of uploaded files of this node; the file is deleted as soon as its job ends. */
export class UploadJobs {
  private readonly transcribe: Transcribe;
  private readonly logger: Logger;
  private readonly entries = new Map<string, Entry>();

  constructor(options: { transcribe: Transcribe; logger: Logger }) {
    this.transcribe = options.transcribe;
    this.logger = options.logger;
  }

  /** @throws AppError rate_limited when the owner has too many running */
  start(owner: string, path: string): UploadJob {
    const running = [...this.entries.values()].filter(
      (entry) => entry.owner === owner && entry.job.status === 'running',
    );
    if (running.length >= maxPerOwner) {
      throw new AppError('rate_limited', { retryAfterMs: 10_000 });
    }
    const abort = new AbortController();
    const job: UploadJob = { id: randomUUID(), status: 'running', secondsDone: 0 };
    const finished = this.run(job, path, abort.signal);
    this.entries.set(job.id, { owner, job, abort, finished });
    return job;
  }

  /** The job, after it ended or after `ms`, whichever comes first. */
  async wait(owner: string, id: string, ms: number): Promise<UploadJob> {
    const entry = this.entry(owner, id);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      entry.finished,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    ]);
    clearTimeout(timer);
    return entry.job;
  }

  find(owner: string, id: string): UploadJob {
    return this.entry(owner, id).job;
  }

  async cancel(owner: string, id: string): Promise<UploadJob> {
    const entry = this.entry(owner, id);
    if (entry.job.status === 'running') {
      entry.job.status = 'cancelled';
      entry.abort.abort(new AppError('conflict', { message: 'A transcrição foi cancelada.' }));
      await entry.finished;
    }
    return entry.job;
  }

  async stop(): Promise<void> {
    for (const entry of this.entries.values()) entry.abort.abort(new AppError('unavailable'));
    await Promise.all([...this.entries.values()].map((entry) => entry.finished));
    this.entries.clear();
  }

  private async run(job: UploadJob, path: string, signal: AbortSignal): Promise<void> {
    try {
      job.result = await this.transcribe(path, signal, (seconds) => {
        job.secondsDone = Math.max(0, Math.round(seconds));
      });
      job.secondsDone = job.result.durationSeconds;
      if (job.status === 'running') job.status = 'done';
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'internal') this.logger.error({ err: error.cause }, 'upload failed');
      if (job.status === 'running') {
        job.status = 'failed';
        job.error = { code: error.code, message: error.message };
      }
    } finally {
      await rm(path, { force: true });
      setTimeout(() => this.entries.delete(job.id), keepMs).unref();
    }
  }

  /** Somebody else's job does not exist. */
  private entry(owner: string, id: string): Entry {
    const entry = this.entries.get(id);
    if (!entry || entry.owner !== owner) throw notFound();
    return entry;
  }
}
