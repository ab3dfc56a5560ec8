import { createHash } from 'node:crypto';
import type {
  SpeechEngine,
  SpeechEngineStats,
  SpeechJob,
  Transcript,
  Vad,
  VadFactory,
} from '../ports.ts';
import { SpeechError } from '../speech-error.ts';

/** Hears speech wherever the sound is not silent. */
export const fakeVad: VadFactory = (): Vad => ({
  probability: (frame) => Promise.resolve(frame.some((sample) => sample !== 0) ? 0.95 : 0.01),
  reset: () => undefined,
});

/** A sound of one level: the fake engine writes the words of the levels that it hears. */
export function levelOf(word: number, seconds: number): Int16Array {
  return new Int16Array(Math.round(seconds * 16_000)).fill(1_000 + word);
}

/** The word of a level: speakable, and from 10 on without anything in common with its neighbours. */
export function wordOf(word: number): string {
  if (word < 10) return `palavra${word}`;
  const hex = createHash('md5').update(String(word)).digest('hex').slice(0, 6);
  return hex.replace(/\d/g, (digit) => 'ghijlmnopq'[Number(digit)] as string);
}

function wordsIn(pcm: SpeechJob['pcm']): string {
  const words: string[] = [];
  let last = 0;
  for (const sample of pcm) {
    const level = pcm instanceof Float32Array ? Math.round(sample * 32_768) : sample;
    if (level >= 1_000 && level !== last) words.push(wordOf(level - 1_000));
    last = level;
  }
  return words.join(' ');
}

/** An engine that answers when it is told to, and remembers what it was asked. */
export class FakeEngine implements SpeechEngine {
  readonly name = 'fake';
  readonly capabilities = {
    logprobs: false,
    noSpeechProbability: true,
    segments: false,
    prompt: false,
    longestSeconds: 30,
    remote: false,
  };
  readonly asked: SpeechJob[] = [];
  /** Answers every job at once, with changes to the transcript or a failure. */
  answer: (job: SpeechJob) => Promise<Transcript> = (job) => Promise.resolve(this.heard(job));

  heard(job: SpeechJob, changes: Partial<Transcript> = {}): Transcript {
    return {
      text: wordsIn(job.pcm),
      avgLogprob: -0.1,
      noSpeechProb: 0,
      engine: 'fake',
      ...changes,
    };
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  stats(): SpeechEngineStats {
    throw new Error('The fake engine counts nothing');
  }

  transcribe(job: SpeechJob): Promise<Transcript> {
    this.asked.push(job);
    return new Promise((resolve, reject) => {
      job.signal.addEventListener('abort', () =>
        reject(new SpeechError('cancelled', 'The decode was cancelled')),
      );
      this.answer(job).then(resolve, reject);
    });
  }
}
