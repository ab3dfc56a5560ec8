import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { watchEnd } from '../media/child-end.ts';
import { sampleRate } from './timeline.ts';

/** Half an hour for what takes seconds: beyond it something hangs. */
const deadlineMs = 30 * 60_000;
/** Above the 16 to 20 kb/s that RFC 7587 §3.1.1 recommends for wideband speech. */
const bitRate = '24k';

export const opusType = 'audio/ogg; codecs=opus';

/**
 * Writes PCM 16 kHz mono as an Ogg/Opus file. The same sound gives the same bytes.
 * The encoder gives way to everything that is live.
 */
export async function encodeOpus(
  ffmpeg: string,
  pcm: AsyncIterable<Int16Array>,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(
    ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-y'],
      ...['-f', 's16le', '-ar', String(sampleRate), '-ac', '1', '-i', 'pipe:0'],
      ...['-c:a', 'libopus', '-b:a', bitRate, '-application', 'voip', '-threads', '1'],
      // No encoder's name and no random stream number in the file.
      ...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'ogg', path],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const end = watchEnd(child);
  lowerPriority(child.pid);
  try {
    const written = pipeline(Readable.from(bytesOf(pcm)), child.stdin, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    // When ffmpeg ends early, its own words say more than the broken pipe.
    const failure = await written.then(
      () => null,
      (error: unknown) => error,
    );
    if (failure !== null && child.exitCode === null) child.kill('SIGKILL');
    const code = await end.code;
    if (failure !== null || code !== 0) {
      throw new Error(`ffmpeg ended with ${code}: ${end.complaints()}`, {
        cause: failure,
      });
    }
  } finally {
    child.kill('SIGKILL');
  }
}

async function* bytesOf(pcm: AsyncIterable<Int16Array>): AsyncGenerator<Buffer> {
  for await (const block of pcm)
    yield Buffer.from(block.buffer, block.byteOffset, block.byteLength);
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    // It may have ended already: then its exit code tells why.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR')) {
      throw error;
    }
  }
}
