import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { retranscription } from '@medcall/shared-types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../testing/client.ts';
import { recordingInPerson, storedTranscript, talk } from '../testing/in-person.ts';
import { scriptedEngine } from '../testing/scripted-engine.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

let db: TestDatabase;
let world: World;
let service: TestService;
let heard = 'antes';

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  service = await startTestService({ appUrl: db.appUrl, engine: scriptedEngine(() => heard) });
});
afterAll(async () => {
  await service?.stop();
  await world?.close();
  await db?.drop();
});

it('leaves the speakers as the doctor’s click made them, also when how they sound is forgotten', async () => {
  const { consultation, screen } = await recordingInPerson(service, world);
  await screen.hears(talk('mwmw'));
  await ask(screen.socket, 'end-presential', { consultationId: consultation.id });
  const bearer = { authorization: `Bearer ${await service.tokens.forDoctor(consultation.doctor)}` };
  const state = async (method: string) => {
    const path = `/api/rooms/${consultation.roomId}/retranscription`;
    const answer = await fetch(`${service.url}${path}`, { method, headers: bearer });
    return retranscription.parse(await answer.json());
  };
  // Not before its last sound is text.
  await expect.poll(async () => (await state('GET')).refusal, { timeout: 30_000 }).toBeNull();
  const [first] = await storedTranscript(world, consultation);
  // The one who began is the patient: those who sound alike follow.
  await fetch(`${service.url}/api/transcription/utterances/${first?.id}`, {
    method: 'PATCH',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: JSON.stringify({ speaker: 'PACIENTE' }),
  });
  const rows = async () =>
    (await storedTranscript(world, consultation)).map(({ speaker, text }) => [speaker, text]);
  const corrected = await rows();
  expect(corrected.map(([speaker]) => speaker)).toEqual([
    'PACIENTE',
    'MEDICO',
    'PACIENTE',
    'MEDICO',
  ]);
  await world.query('delete from voice_pieces where consultation_id = $1', [consultation.id]);
  heard = 'agora';
  const { job } = await state('POST');
  await expect
    .poll(
      async () => {
        const latest = (await state('GET')).job;
        return latest?.id === job?.id ? latest?.status : null;
      },
      { timeout: 30_000 },
    )
    .toBe('done');
  expect((await state('GET')).job?.result).toMatchObject({ changed: 3, added: 0, kept: 1 });
  expect(await rows()).toEqual(
    corrected.map(([speaker], at) => [speaker, at === 0 ? 'antes' : 'agora']),
  );
});
