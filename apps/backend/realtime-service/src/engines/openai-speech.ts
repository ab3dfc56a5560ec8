import { noRedirects, retryAfterMs } from '@medcall/service-kit';
import OpenAI, { APIError, APIUserAbortError, AzureOpenAI, toFile } from 'openai';
import { z } from 'zod';
import type {
  Pcm,
  SpeechCapabilities,
  SpeechToText,
  TranscribeOptions,
  Transcript,
} from '../speech/ports.ts';
import { EngineFailure } from './engine-failure.ts';
import { toWav } from './wav.ts';

/** A transcription takes seconds; a server that is silent for longer will not answer. */
const timeoutMs = 30_000;

const segment = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  avg_logprob: z.number().optional(),
  no_speech_prob: z.number().optional(),
});
/** `verbose_json`, and plain `json` of models that give no more. */
const answer = z.object({ text: z.string(), segments: z.array(segment).optional() });

export interface AzureSpeechSettings {
  endpoint: string;
  apiKey: string;
  apiVersion: string;
  deployment: string;
}

export interface OpenAiSpeechSettings {
  baseUrl: string;
  apiKey: string;
  model: string;
}

/** Whisper as a deployment of Azure OpenAI. */
export function createAzureSpeech(settings: AzureSpeechSettings): SpeechToText {
  const client = new AzureOpenAI({
    endpoint: settings.endpoint,
    apiKey: settings.apiKey,
    apiVersion: settings.apiVersion,
    deployment: settings.deployment,
    maxRetries: 0,
    timeout: timeoutMs,
    fetchOptions: noRedirects,
  });
  return createSpeech('azure', client, settings.deployment);
}

/** Any server that speaks OpenAI's audio API: OpenAI itself, a Whisper of one's own. */
export function createOpenAiSpeech(settings: OpenAiSpeechSettings): SpeechToText {
  const client = new OpenAI({
    baseURL: settings.baseUrl,
    apiKey: settings.apiKey,
    maxRetries: 0,
    timeout: timeoutMs,
    fetchOptions: noRedirects,
  });
  return createSpeech('openai', client, settings.model);
}

function createSpeech(provider: 'azure' | 'openai', client: OpenAI, model: string): SpeechToText {
  // The gpt-4o family of transcribers refuses `verbose_json` and gives text alone.
  const verbose = !model.startsWith('gpt-4o');
  const capabilities: SpeechCapabilities = {
    logprobs: verbose,
    noSpeechProbability: verbose,
    segments: verbose,
    prompt: true,
    longestSeconds: 30,
    remote: true,
  };
  const name = `${provider}:${model}`;
  return {
    name,
    capabilities,
    async transcribe(pcm, options) {
      const said = answer.safeParse(await request(client, model, verbose, pcm, options));
      if (!said.success) {
        throw new EngineFailure('the engine answered something else', {
          retryable: true,
          cause: said.error,
        });
      }
      return toTranscript(name, said.data);
    },
  };
}

async function request(
  client: OpenAI,
  model: string,
  verbose: boolean,
  pcm: Pcm,
  options: TranscribeOptions,
): Promise<unknown> {
  try {
    return await client.audio.transcriptions.create(
      {
        file: await toFile(toWav(pcm), 'fala.wav', { type: 'audio/wav' }),
        model,
        language: options.language,
        temperature: 0,
        response_format: verbose ? 'verbose_json' : 'json',
        ...(options.prompt ? { prompt: options.prompt } : {}),
      },
      { signal: options.signal },
    );
  } catch (thrown) {
    if (thrown instanceof APIUserAbortError) throw thrown;
    throw toFailure(thrown);
  }
}

function toFailure(thrown: unknown): EngineFailure {
  if (!(thrown instanceof APIError)) {
    return new EngineFailure('the engine could not be reached', { retryable: true, cause: thrown });
  }
  const { status } = thrown;
  // No status: the connection failed, timed out or was cut off in the middle.
  const retryable = status === undefined || status === 408 || status === 429 || status >= 500;
  const wait = retryAfterMs(thrown.headers, Date.now());
  return new EngineFailure(`the engine answered ${status ?? 'nothing'}`, {
    retryable,
    // Azure may charge a 408 and what failed on its side; it does not charge what it turned away.
    refused: status !== undefined && status < 500 && status !== 408,
    cause: thrown,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

function toTranscript(engine: string, said: z.output<typeof answer>): Transcript {
  const segments = said.segments ?? [];
  return {
    text: said.text.trim(),
    segments: segments.map((part) => ({
      startMs: Math.round(part.start * 1000),
      endMs: Math.round(part.end * 1000),
      text: part.text.trim(),
    })),
    avgLogprob: mean(segments.flatMap((part) => part.avg_logprob ?? [])),
    noSpeechProb: mean(segments.flatMap((part) => part.no_speech_prob ?? [])),
    engine,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
