import { randomUUID } from 'node:crypto';
import { AppError } from '@medcall/service-kit';
import type { Transcriber, TranscriberOptions } from '../speech/transcriber-options.ts';

/** Sound is fed no further ahead of the text than this, so that a long file does not fill the memory. */
const longestLeadSeconds = 60;
const sampleRate = 16_000;

export interface FileTranscript {
  text: string;
  segments: Array<{ startMs: number; endMs: number; text: string }>;
  language: string;
  durationSeconds: number;
}

type FileTranscriberFactory = (
  options: Pick<TranscriberOptions, 'streamKey' | 'roomId' | 'onEvent' | 'onError'>,
) => Transcriber;

/**
 * Turns the sound of a file into text with the same pipeline as a live stream.
 * @throws AppError unavailable when the engine could not decode all of it, or nobody pays for it
 */
export async function transcribeFile(
  sound: AsyncIterable<Int16Array>,
  options: {
    transcribers: FileTranscriberFactory;
    signal: AbortSignal;
    onProgress: (secondsDone: number) => void;
  },
): Promise<FileTranscript> {
  const { onProgress, signal, transcribers } = options;
  const finals = new Map<string, { startMs: number; endMs: number; text: string }>();
  let failure: unknown;
  const key = randomUUID();
  const transcriber = transcribers({
    streamKey: key,
    roomId: key,
    onEvent: (event) => {
      // Half a text would pass for the whole one.
      if (event.type === 'failed') failure ??= new AppError('unavailable');
      if (event.type !== 'utterance' || !event.isFinal) return;
      for (const id of event.replaces ?? []) finals.delete(id);
      finals.set(event.id, { startMs: event.startMs, endMs: event.endMs, text: event.text });
    },
    onError: (error) => {
      failure ??= error;
    },
  });
  let position = 0;
  try {
    for await (const pcm of sound) {
      signal.throwIfAborted();
      transcriber.feed(pcm, position);
      position += pcm.length;
      while (transcriber.backlogSeconds > longestLeadSeconds) {
        onProgress(position / sampleRate - transcriber.backlogSeconds);
        await moment(signal);
      }
    }
    const drained = transcriber.drain();
    await Promise.race([drained, aborted(signal)]);
    if (failure) throw failure;
  } finally {
    transcriber.close();
  }
  const segments = [...finals.values()].sort((a, b) => a.startMs - b.startMs);
  return {
    text: segments.map((segment) => segment.text).join(' '),
    segments,
    language: 'pt',
    durationSeconds: Math.round((position / sampleRate) * 1000) / 1000,
  };
}

function moment(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else setTimeout(resolve, 100);
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
