import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Waveform } from '@medcall/shared-types';
import { encodeOpus } from './encode-opus.ts';
import type { KeptStream } from './kept-audio.ts';
import { mixed, placed } from './timeline.ts';
import { WaveformMeter } from './waveform.ts';

export interface MadeRecording {
  opus: Buffer;
  sha256: string;
  durationMs: number;
  waveform: Waveform;
}

export interface RecordingWork {
  streams: readonly KeptStream[];
  /** Samples after which nothing can have been said. */
  limit: number;
  ffmpeg: string;
  /** A folder for the file while it grows. */
  workDir: string;
  signal: AbortSignal;
}

/** Joins streams into one file that begins at the consultation's zero of time. */
export async function makeRecording(work: RecordingWork): Promise<MadeRecording> {
  const { ffmpeg, limit, signal, streams, workDir } = work;
  const folder = await mkdtemp(join(workDir, 'making-'));
  try {
    const path = join(folder, 'recording.ogg');
    const meter = new WaveformMeter();
    const sound = mixed(
      streams.map((stream) => placed(stream.records(), stream.header.originMs)),
      limit,
    );
    await encodeOpus(ffmpeg, heardBy(meter, sound), path, signal);
    const opus = await readFile(path);
    const sha256 = createHash('sha256').update(opus).digest('hex');
    return { opus, sha256, durationMs: meter.durationMs, waveform: meter.finish() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* heardBy(
  meter: WaveformMeter,
  sound: AsyncIterable<Int16Array>,
): AsyncGenerator<Int16Array> {
  for await (const block of sound) {
    meter.add(block);
    yield block;
  }
}
