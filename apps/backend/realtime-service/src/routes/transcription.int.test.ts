import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestDoctor, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../media/ffmpeg.ts';
import { next } from '../testing/client.ts';
import { bothIn, speak } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const run = promisify(execFile);
let db: TestDatabase;
let world: World;
let service: TestService;
let folder: string;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  service = await startTestService({ appUrl: db.appUrl });
  folder = await mkdtemp(join(tmpdir(), 'uploads-'));
});
afterAll(async () => {
  await service.stop();
  await world.close();
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

/** One second of silence, two of tone, one of silence, in a format that ffmpeg writes. */
async function aFile(extension: string): Promise<Blob> {
  const path = join(folder, `sound.${extension}`);
  await run(findFfmpeg(undefined), [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    'aevalsrc=0.5*sin(800*2*PI*t)*between(t\\,1\\,3):d=4:s=44100',
    path,
  ]);
  return new Blob([await readFile(path)]);
}

async function upload(doctor: TestDoctor, file: Blob): Promise<Response> {
  const form = new FormData();
  form.set('file', file, 'som');
  return fetch(`${service.url}/api/transcription/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await service.tokens.forDoctor(doctor)}` },
    body: form,
  });
}

describe('upload', () => {
  it.each(['wav', 'mp3', 'm4a', 'ogg', 'webm', 'flac'])('reads %s', async (extension) => {
    const answer = await upload(await world.aDoctor(), await aFile(extension));
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      language: 'pt',
      segments: [{ text: expect.stringMatching(/^fala/) }],
    });
    expect(body.durationSeconds).toBeCloseTo(4, 0);
    expect(await readdir(join(service.dataDir, 'uploads'))).toEqual([]);
  });

  it('says that it cannot read what is no sound', async () => {
    await writeFile(join(folder, 'text'), 'not a sound');
    const answer = await upload(await world.aDoctor(), new Blob(['not a sound']));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'validation_failed', message: 'Não conseguimos ler este arquivo de áudio.' },
    });
  });

  it("does not show anybody somebody else's job", async () => {
    const answer = await fetch(
      `${service.url}/api/transcription/jobs/6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a11`,
      {
        headers: {
          authorization: `Bearer ${await service.tokens.forDoctor(await world.aDoctor())}`,
        },
      },
    );
    expect(answer.status).toBe(404);
  });
});

describe('correction of an utterance', () => {
  it('supersedes the row, tells the room and is refused to a foreign doctor', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient } = await bothIn(service, world, consultation);
    const { ok } = await doctor.timeout(5000).emitWithAck('start-transcription', { roomId });
    expect(ok).toBe(true);
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    await speak(patient, roomId);
    const { id } = await said;
    const edit = async (by: TestDoctor) =>
      fetch(`${service.url}/api/transcription/utterances/${id}`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${await service.tokens.forDoctor(by)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ speaker: 'MEDICO', text: 'Texto corrigido.' }),
      });
    expect((await edit(await world.aDoctor())).status).toBe(404);
    const told = next(patient, 'transcription', (event) => event.replaces?.includes(id) ?? false);
    expect((await edit(consultation.doctor)).status).toBe(200);
    expect(await told).toMatchObject({ speaker: 'MEDICO', text: 'Texto corrigido.' });
    const rows = await world.query(
      'select text from transcriptions where room_id = $1 and superseded_by is null',
      [roomId],
    );
    expect(rows).toEqual([{ text: 'Texto corrigido.' }]);
    expect((await edit(consultation.doctor)).status).toBe(404);
  });
});
