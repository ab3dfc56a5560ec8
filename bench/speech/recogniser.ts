import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineFailure } from '../../apps/backend/realtime-service/src/engines/engine-failure.ts';
import type { DecodeEffort } from '../../apps/backend/realtime-service/src/speech/pool/decode-effort.ts';
import type {
  SpeechCapabilities,
  SpeechToText,
  Transcript,
} from '../../apps/backend/realtime-service/src/speech/ports.ts';
import { loadWhisperEngine } from '../../apps/backend/realtime-service/src/speech/whisper/whisper-engine.ts';

export interface RecogniseRequest {
  readonly pcm: Float32Array;
  readonly language: string;
  readonly prompt?: string;
  readonly effort: DecodeEffort;
}

export interface Recognised {
  readonly transcript: Transcript;
  /** What it took on a core (or a line) of its own. */
  readonly tookMs: number;
}

/** One engine as a measurement sees it: a sound in, a text and its price in time out. */
export interface Recogniser {
  readonly name: string;
  readonly capabilities: SpeechCapabilities;
  recognise(request: RecogniseRequest): Promise<Recognised>;
  release(): Promise<void>;
}

/** The embedded engine; a decoder has one thread, so its processor time is how long it takes. */
export async function embeddedRecogniser(modelsDir: string): Promise<Recogniser> {
  const whisper = await loadWhisperEngine(join(modelsDir, 'whisper-base'));
  return {
    name: whisper.name,
    capabilities: {
      logprobs: true,
      noSpeechProbability: true,
      segments: false,
      prompt: true,
      longestSeconds: 30,
      remote: false,
    },
    async recognise(request) {
      const started = process.cpuUsage();
      const transcript = await whisper.transcribe(request);
      const { user, system } = process.cpuUsage(started);
      return { transcript, tookMs: (user + system) / 1_000 };
    },
    release: () => whisper.release(),
  };
}

const MOST_TRIES = 8;
const LONGEST_CALL_MS = 60_000;

/** A vendor's engine; waits that the vendor asks for are no part of what a call takes. */
export function remoteRecogniser(stt: SpeechToText): Recogniser {
  return {
    name: stt.name,
    capabilities: stt.capabilities,
    async recognise({ pcm, language, prompt }) {
      for (let tries = 1; ; tries += 1) {
        const started = performance.now();
        try {
          const transcript = await stt.transcribe(pcm, {
            language,
            signal: AbortSignal.timeout(LONGEST_CALL_MS),
            ...(prompt === undefined ? {} : { prompt }),
          });
          return { transcript, tookMs: performance.now() - started };
        } catch (error) {
          if (!(error instanceof EngineFailure) || !error.retryable || tries === MOST_TRIES) {
            throw error;
          }
          await pause(error.retryAfterMs ?? 500 * 2 ** tries);
        }
      }
    },
    release: () => Promise.resolve(),
  };
}

/** Recognises each sound once: for comparisons of texts, where time does not count. */
export function remembered(recogniser: Recogniser): Recogniser {
  const known = new Map<string, Promise<Recognised>>();
  return {
    ...recogniser,
    recognise(request) {
      const key = `${request.effort} ${request.prompt ?? ''} ${fingerprint(request.pcm)}`;
      const answer = known.get(key) ?? recogniser.recognise(request);
      known.set(key, answer);
      return answer;
    },
  };
}

function fingerprint(pcm: Float32Array): string {
  return createHash('sha1')
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest('hex');
}
