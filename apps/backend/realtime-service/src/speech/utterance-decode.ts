import { inSpan } from '@medcall/service-kit';
import { SAMPLES_PER_SECOND } from './pcm.ts';
import type { JobPriority, SpeechEngine, Transcript } from './ports.ts';
import { SpeechError } from './speech-error.ts';

export interface DecodeSettings {
  readonly engine: SpeechEngine;
  readonly roomId: string;
  readonly language: string;
  /** First pause before a failed final is tried again; it doubles up to half a minute. */
  readonly retryDelayMs: number;
  /** Nobody reads along: it waits behind everybody who does, and for no money. */
  readonly deferred: boolean;
}

const LONGEST_RETRY_DELAY_MS = 30_000;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** One sound on its way through the engine; a guess may become a final on the way. */
export class UtteranceDecode {
  private readonly settings: DecodeSettings;
  private readonly pcm: Float32Array;
  private readonly controller = new AbortController();
  private priority: JobPriority;
  private attempt: Promise<Transcript>;

  constructor(settings: DecodeSettings, pcm: Float32Array, priority: JobPriority) {
    this.settings = settings;
    this.pcm = pcm;
    this.priority = settings.deferred ? 'deferred' : priority;
    this.attempt = this.ask();
  }

  /** The text of this attempt; rejects with a SpeechError. */
  get once(): Promise<Transcript> {
    return this.attempt;
  }

  cancel(): void {
    this.controller.abort();
  }

  /** The text at any price: shed guesses are asked again, failures retried until cancelled. */
  async asFinal(): Promise<Transcript> {
    if (!this.settings.deferred) this.priority = 'final';
    let delayMs = this.settings.retryDelayMs;
    for (;;) {
      try {
        return await this.attempt;
      } catch (error) {
        if (!(error instanceof SpeechError) || !error.retryable) throw error;
        if (error.reason === 'unpaid' && this.settings.deferred) throw error;
        if (error.reason !== 'shed') {
          await pause(delayMs, this.controller.signal);
          delayMs = Math.min(LONGEST_RETRY_DELAY_MS, delayMs * 2);
        }
        this.attempt = this.ask();
      }
    }
  }

  private ask(): Promise<Transcript> {
    const { engine, roomId, language } = this.settings;
    const span = {
      name: 'decode',
      fields: {
        'medcall.audio.seconds': this.pcm.length / SAMPLES_PER_SECOND,
        'medcall.decode.priority': this.priority,
      },
    };
    const attempt = inSpan(span, async (say) => {
      const transcript = await engine.transcribe({
        pcm: this.pcm,
        roomId,
        language,
        priority: () => this.priority,
        signal: this.controller.signal,
      });
      say({ 'medcall.engine': transcript.engine, 'medcall.decode.priority': this.priority });
      return transcript;
    });
    // Whoever waits hears of it; a guess that nobody waits for may fail in peace.
    attempt.catch(() => undefined);
    return attempt;
  }
}
