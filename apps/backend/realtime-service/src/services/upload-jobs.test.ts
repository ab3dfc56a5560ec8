import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, createLogger } from '@medcall/service-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileTranscript } from './file-transcriber.ts';
import { UploadJobs } from './upload-jobs.ts';

const transcript: FileTranscript = {
  text: 'dói',
  segments: [],
  language: 'pt',
  durationSeconds: 90,
};

let folder: string;
let file: string;
/** What the transcription is told and asked; it goes on until the test ends it. */
let running: {
  progress: (seconds: number) => void;
  end: (result: FileTranscript) => void;
  fail: (error: unknown) => void;
}[];
let uploads: UploadJobs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upload-jobs-'));
  file = join(folder, 'som');
  await writeFile(file, 'sound');
  running = [];
  uploads = new UploadJobs({
    logger: createLogger({ service: 'test', level: 'silent' }),
    transcribe: (_path, signal, progress) =>
      new Promise((end, fail) => {
        signal.addEventListener('abort', () => fail(signal.reason));
        running.push({ progress, end, fail });
      }),
  });
});
afterEach(async () => {
  await uploads.stop();
  await rm(folder, { recursive: true });
});

const isGone = () =>
  access(file).then(
    () => false,
    () => true,
  );

describe('a file on its way to text', () => {
  it('says how far it is, and gives its text to whoever asks later; the file is gone', async () => {
    const { id } = uploads.start('ana', file);
    expect(await uploads.wait('ana', id, 1)).toMatchObject({ status: 'running', secondsDone: 0 });
    running[0]?.progress(31.4);
    expect(uploads.find('ana', id)).toMatchObject({ status: 'running', secondsDone: 31 });
    expect(await isGone()).toBe(false);
    running[0]?.end(transcript);
    expect(await uploads.wait('ana', id, 60_000)).toEqual({
      id,
      status: 'done',
      secondsDone: 90,
      result: transcript,
    });
    expect(await isGone()).toBe(true);
    expect(uploads.find('ana', id)).toMatchObject({ status: 'done' });
  });

  it('is called off by its owner: the work ends, the file goes, and it stays called off', async () => {
    const { id } = uploads.start('ana', file);
    expect(await uploads.cancel('ana', id)).toMatchObject({ status: 'cancelled' });
    expect(await isGone()).toBe(true);
    running[0]?.end(transcript);
    expect(uploads.find('ana', id)).toEqual({ id, status: 'cancelled', secondsDone: 0 });
    expect(await uploads.cancel('ana', id)).toMatchObject({ status: 'cancelled' });
  });

  it('does not exist for anybody else', async () => {
    const { id } = uploads.start('ana', file);
    expect(() => uploads.find('bia', id)).toThrow(expect.objectContaining({ code: 'not_found' }));
    await expect(uploads.cancel('bia', id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(uploads.wait('bia', id, 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(uploads.find('ana', id).status).toBe('running');
  });

  it('says why it failed', async () => {
    const { id } = uploads.start('ana', file);
    running[0]?.fail(new AppError('validation_failed', { message: 'Não conseguimos ler.' }));
    expect(await uploads.wait('ana', id, 60_000)).toMatchObject({
      status: 'failed',
      error: { code: 'validation_failed', message: 'Não conseguimos ler.' },
    });
    expect(await isGone()).toBe(true);
  });

  it('is one of three at most; a fourth has to wait, another person’s does not', async () => {
    const ids = Array.from({ length: 3 }, () => uploads.start('ana', file).id);
    expect(() => uploads.start('ana', file)).toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfterMs: 10_000 }),
    );
    uploads.start('bia', file);
    await uploads.cancel('ana', ids[0] as string);
    expect(uploads.start('ana', file).status).toBe('running');
  });

  it('ends with the service', async () => {
    const { id } = uploads.start('ana', file);
    await uploads.stop();
    expect(() => uploads.find('ana', id)).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(await isGone()).toBe(true);
  });
});
