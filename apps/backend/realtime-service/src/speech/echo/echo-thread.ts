import { z } from 'zod';
import { AskingThread } from '../../threads/asking-thread.ts';
import type { EchoPair, EchoSearch, FoundEcho } from './echo-search.ts';
import { isSilent } from './spectrogram.ts';

const answerSchema = z.object({
  echo: z.custom<Uint8Array>((value) => value instanceof Uint8Array).nullable(),
  delayFrames: z.number().nullable(),
});

/** Searches that may wait before partial texts do without one: about a quarter of a second of work. */
const MOST_WAITING = 32;

/**
 * Looks for echoes in a thread of its own: a search takes about 10 ms, and fifty rooms that speak at
 * once would hold up the loop.
 */
export class EchoThread implements EchoSearch {
  private readonly thread: AskingThread<EchoPair>;

  constructor(file = new URL('./echo-worker.ts', import.meta.url)) {
    this.thread = new AskingThread({ file, name: 'echo' });
  }

  get isBehind(): boolean {
    return this.thread.waiting >= MOST_WAITING;
  }

  /** Rejects when the thread dies or is stopped meanwhile. */
  async find(pair: EchoPair): Promise<FoundEcho> {
    const { copy, delayFrames, original } = pair;
    if (isSilent(original) || isSilent(copy)) return { echo: null, delayFrames };
    return answerSchema.parse(await this.thread.ask(pair, [copy.buffer, original.buffer]));
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }
}
