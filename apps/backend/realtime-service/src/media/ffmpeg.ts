import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { AppError } from '@medcall/service-kit';
import { watchEnd } from './child-end.ts';

/** Decoding a file may take at most this; a longer one is a trap, not a consultation. */
const deadlineMs = 10 * 60_000;

/**
 * The ffmpeg binary: the one that is configured, the system's (it gets security fixes), or the one that npm carries.
 */
export function findFfmpeg(configured: string | undefined): string {
  if (configured) return configured;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'ffmpeg');
    if (folder !== '' && isExecutable(path)) return path;
  }
  // Loaded only when it is wanted: it throws where its binary was left out, as in an image with Debian's.
  const installer = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string };
  return installer.path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Decodes any common audio file to PCM16LE mono 16 kHz, piece by piece.
 * @param file its path, or its content
 * @throws AppError validation_failed when the file holds no readable sound
 */
export async function* decodeAudio(
  ffmpeg: string,
  file: string | Uint8Array,
  signal: AbortSignal,
): AsyncGenerator<Int16Array> {
  const child = spawn(
    ffmpeg,
    [
      ...(typeof file === 'string' ? ['-nostdin'] : []),
      '-v',
      'error',
      // A playlist inside an upload must not make the server open addresses.
      '-protocol_whitelist',
      'file,pipe',
      '-i',
      typeof file === 'string' ? file : 'pipe:0',
      '-vn',
      '-ac',
      '1',
      '-ar',
      '16000',
      '-f',
      's16le',
      'pipe:1',
    ],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    },
  );
  // Whatever ffmpeg does not read to the end, its exit code judges.
  child.stdin.on('error', () => undefined);
  if (typeof file === 'string') child.stdin.end();
  else child.stdin.end(file);
  const end = watchEnd(child);
  let samples = 0;
  let rest = Buffer.alloc(0);
  try {
    for await (const piece of child.stdout as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([rest, piece]);
      const whole = bytes.length - (bytes.length % 2);
      rest = bytes.subarray(whole);
      const pcm = new Int16Array(whole / 2);
      for (let i = 0; i < pcm.length; i++) pcm[i] = bytes.readInt16LE(i * 2);
      samples += pcm.length;
      yield pcm;
    }
    const code = await end.code;
    if (code !== 0 || samples === 0) {
      throw new AppError('validation_failed', {
        message: 'Não conseguimos ler este arquivo de áudio.',
        cause: new Error(end.complaints()),
      });
    }
  } finally {
    child.kill('SIGKILL');
  }
}
