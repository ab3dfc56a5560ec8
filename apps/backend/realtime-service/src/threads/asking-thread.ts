import { type TransferListItem, Worker } from 'node:worker_threads';
import { z } from 'zod';

const answerSchema = z.object({ id: z.number(), answer: z.unknown() });

/** How a question travels; `parentPort` of the thread answers `{ id, answer }`. */
export interface ThreadQuestion<Q> {
  readonly id: number;
  readonly question: Q;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/**
 * A thread that answers questions, for work that would hold up the loop which acknowledges sound. It
 * starts with the first question; one that dies fails the questions that it had, and the next question
 * starts another.
 */
export class AskingThread<Q> {
  private readonly file: URL;
  private readonly name: string;
  private readonly workerData: unknown;
  private worker: Worker | null = null;
  private readonly asked = new Map<number, Waiting>();
  private count = 0;

  constructor(options: { file: URL; name: string; workerData?: unknown }) {
    this.file = options.file;
    this.name = options.name;
    this.workerData = options.workerData;
  }

  /** Questions without an answer. */
  get waiting(): number {
    return this.asked.size;
  }

  /**
   * Rejects when the thread dies or is stopped meanwhile.
   * @param transfer buffers that are the thread's from now on
   */
  ask(question: Q, transfer: readonly TransferListItem[]): Promise<unknown> {
    const worker = this.running();
    this.count += 1;
    const sent: ThreadQuestion<Q> = { id: this.count, question };
    return new Promise((resolve, reject) => {
      this.asked.set(sent.id, { resolve, reject });
      // A process that only waits for an answer must not end before it.
      worker.ref();
      worker.postMessage(sent, transfer);
    });
  }

  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    this.failAll(new Error(`The thread ${this.name} was stopped`));
    await worker?.terminate();
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = new Worker(this.file, { name: this.name, workerData: this.workerData });
    const died = (reason: unknown) => {
      if (this.worker !== worker) return;
      this.worker = null;
      this.failAll(reason);
    };
    worker.on('message', (raw: unknown) => this.answered(worker, raw));
    worker.once('error', died);
    worker.once('exit', (code) => died(new Error(`The thread ${this.name} ended with ${code}`)));
    this.worker = worker;
    return worker;
  }

  private answered(worker: Worker, raw: unknown): void {
    const { answer, id } = answerSchema.parse(raw);
    this.asked.get(id)?.resolve(answer);
    this.asked.delete(id);
    if (this.asked.size === 0) worker.unref();
  }

  private failAll(reason: unknown): void {
    for (const { reject } of this.asked.values()) reject(reason);
    this.asked.clear();
  }
}
