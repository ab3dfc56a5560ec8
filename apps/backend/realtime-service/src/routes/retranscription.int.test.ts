import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import {
  createWorld,
  type TestConsultation,
  type TestDoctor,
  type World,
} from '@medcall/service-kit/testing/world';
import { retranscription, retranscriptionChanges } from '@medcall/shared-types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SpeechError } from '../speech/speech-error.ts';
import { consulted, correct, rowsOf } from '../testing/consulted.ts';
import { scriptedEngine } from '../testing/scripted-engine.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

/** Says what it is told to, and waits while it is held. */
class HeldEngine {
  text = 'antes';
  /** Decodes that were asked for while it was held. */
  waiting = 0;
  private gate: PromiseWithResolvers<void> | null = null;
  private readonly scripted = scriptedEngine(() => this.text);
  readonly engine: ReturnType<typeof scriptedEngine> = {
    ...this.scripted,
    transcribe: async (job) => {
      if (this.gate) {
        this.waiting += 1;
        await Promise.race([this.gate.promise, aborted(job.signal)]);
      }
      return this.scripted.transcribe(job);
    },
  };

  hold(): void {
    this.waiting = 0;
    this.gate = Promise.withResolvers();
  }

  release(): void {
    this.gate?.resolve();
    this.gate = null;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const cancel = () => reject(new SpeechError('cancelled', 'no longer wanted'));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}

const held = new HeldEngine();
let db: TestDatabase;
let world: World;
let service: TestService;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  service = await startTestService({ appUrl: db.appUrl, engine: held.engine });
});
afterEach(() => held.release());
afterAll(async () => {
  await service.stop();
  await world.close();
  await db.drop();
});

async function call(
  { roomId, doctor }: TestConsultation,
  method: 'GET' | 'POST' | 'DELETE',
  { as = doctor, path = '' }: { as?: TestDoctor; path?: string } = {},
) {
  const answer = await fetch(`${service.url}/api/rooms/${roomId}/retranscription${path}`, {
    method,
    headers: { authorization: `Bearer ${await service.tokens.forDoctor(as)}` },
  });
  return { status: answer.status, body: await answer.json() };
}

const read = async (consultation: TestConsultation) =>
  retranscription.strict().parse((await call(consultation, 'GET')).body);

async function ended(consultation: TestConsultation) {
  const unended = ['waiting', 'running'];
  await expect
    .poll(async () => unended.includes((await read(consultation)).job?.status ?? 'none'), {
      timeout: 30_000,
    })
    .toBe(false);
  return read(consultation);
}

/** A consultation of which another text is heard from now on. */
async function over(): Promise<TestConsultation> {
  held.text = 'antes';
  const consultation = await consulted(service, world);
  held.text = 'agora';
  return consultation;
}

const isAsked = () => expect.poll(() => held.waiting, { timeout: 30_000 }).toBeGreaterThan(0);

const none = { added: 0, changed: 0, joined: 0, kept: 0, unheard: 0 };

describe('a doctor asks for another transcription', () => {
  it('tells how it went, keeps the ids, and shows what stood there before', async () => {
    const consultation = await over();
    const before = await rowsOf(world, consultation);
    expect(await read(consultation)).toEqual({ refusal: null, job: null });
    const asked = await call(consultation, 'POST');
    expect(asked.status).toBe(202);
    expect(retranscription.strict().parse(asked.body).job?.result).toBeNull();
    const { job, refusal } = await ended(consultation);
    expect(refusal).toBeNull();
    expect(job).toMatchObject({ status: 'done', failure: null, result: { ...none, changed: 3 } });
    expect(job?.secondsDone).toBe(job?.secondsTotal);
    const after = await rowsOf(world, consultation);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.map(({ text }) => text)).toEqual(['agora', 'agora', 'agora']);
    const { body } = await call(consultation, 'GET', { path: '/changes' });
    expect(retranscriptionChanges.parse(body).items).toEqual(
      before.map(({ id, start_ms }) => ({
        id,
        start_ms,
        speaker: 'PACIENTE',
        before: ['antes'],
        after: 'agora',
      })),
    );
    const audited = await world.query<{ action: string; user_id: string | null }>(
      'select action, user_id from audit_logs where record_id = $1 order by created_at, id',
      [job?.id],
    );
    expect(new Set(audited.map(({ action }) => action))).toEqual(
      new Set(['transcription.again_ask', 'transcription.again_done', 'transcription.again_read']),
    );
    expect(audited.find(({ action }) => action.endsWith('ask'))?.user_id).toBe(
      consultation.doctor.sub,
    );
  });

  it('leaves what the doctor corrected and the signed note as they were, and says how much it left', async () => {
    const consultation = await over();
    const [first, second] = await rowsOf(world, consultation);
    await correct(world, consultation, first?.id);
    const sections = {
      subjetivo: [
        { id: second?.id, text: 'Diz o que disse.', origin: 'ai', transcription_ids: [second?.id] },
      ],
    };
    await world.query(
      `insert into notes (consultation_id, status, sections, signed_at, signed_by, hash)
       values ($1, 'assinada', $2, now(), $3, repeat('a', 64))`,
      [consultation.id, JSON.stringify(sections), consultation.doctor.medicoId],
    );
    const note = () =>
      world.query('select * from notes where consultation_id = $1', [consultation.id]);
    const signed = await note();
    await call(consultation, 'POST');
    const { job } = await ended(consultation);
    expect(job?.result).toEqual({ ...none, changed: 2, kept: 1 });
    expect(await note()).toEqual(signed);
    const after = await rowsOf(world, consultation);
    expect(after.map(({ text }) => text)).toEqual(['corrigido', 'agora', 'agora']);
    expect(after[1]?.id).toBe(second?.id);
  });

  it('does one job of a consultation at a time, and leaves the text whole when it is called off', async () => {
    const consultation = await over();
    const before = await rowsOf(world, consultation);
    held.hold();
    const first = retranscription.parse((await call(consultation, 'POST')).body);
    await isAsked();
    const second = retranscription.parse((await call(consultation, 'POST')).body);
    expect(second.job?.id).toBe(first.job?.id);
    const { body, status } = await call(consultation, 'DELETE');
    expect([status, retranscription.parse(body).job?.status]).toEqual([200, 'cancelled']);
    held.release();
    expect(await rowsOf(world, consultation)).toEqual(before);
    await call(consultation, 'POST');
    const { job } = await ended(consultation);
    expect(job?.id).not.toBe(first.job?.id);
    expect(job?.result?.changed).toBe(3);
  });

  it('hears what is kept where the sound of another stream was deleted before', async () => {
    const consultation = await over();
    await world.query(
      `insert into audio_streams (consultation_id, sub, stream, capture_id, session_id, participant_id,
         origin_ms, next_sample, drained_at, discarded_at)
       select consultation_id, sub, stream, gen_random_uuid(), session_id, participant_id,
         0, 16000, now(), now() from audio_streams where consultation_id = $1`,
      [consultation.id],
    );
    expect((await call(consultation, 'POST')).status).toBe(202);
    expect((await ended(consultation)).job).toMatchObject({
      status: 'done',
      result: { ...none, changed: 3 },
    });
  });

  it('writes nothing when sound is deleted while it is heard', async () => {
    const consultation = await over();
    const before = await rowsOf(world, consultation);
    held.hold();
    await call(consultation, 'POST');
    await isAsked();
    await world.query('update audio_streams set discarded_at = now() where consultation_id = $1', [
      consultation.id,
    ]);
    held.release();
    expect((await ended(consultation)).job).toMatchObject({
      status: 'failed',
      failure: 'sound_deleted',
    });
    expect(await rowsOf(world, consultation)).toEqual(before);
  });

  it('goes on after a restart of the service', async () => {
    const consultation = await over();
    held.hold();
    await call(consultation, 'POST');
    await isAsked();
    await service.restart(async () => held.release());
    const { job } = await ended(consultation);
    expect(job).toMatchObject({ status: 'done', result: { changed: 3 } });
  });

  it('stops when the consent is taken back meanwhile, and says so', async () => {
    const consultation = await over();
    const before = await rowsOf(world, consultation);
    held.hold();
    await call(consultation, 'POST');
    await isAsked();
    await world.aConsent(consultation, 'ai', false);
    expect(await ended(consultation)).toMatchObject({
      refusal: 'not_allowed',
      job: { status: 'failed', failure: 'not_allowed', result: null },
    });
    expect(await rowsOf(world, consultation)).toEqual(before);
  });

  it('writes nothing when the log holds less than was said', async () => {
    const consultation = await over();
    const before = await rowsOf(world, consultation);
    await world.query(
      'update audio_streams set next_sample = next_sample + 16000 where consultation_id = $1',
      [consultation.id],
    );
    await call(consultation, 'POST');
    await expect
      .poll(
        () =>
          world.query(
            `select status, attempts > 0 as tried, claimed_by from retranscriptions
             where consultation_id = $1`,
            [consultation.id],
          ),
        { timeout: 30_000 },
      )
      .toEqual([{ status: 'waiting', tried: true, claimed_by: null }]);
    expect(await rowsOf(world, consultation)).toEqual(before);
    await call(consultation, 'DELETE');
  });
});

describe('who may not, and when', () => {
  it('says why: it goes on, no consent, sound deleted', async () => {
    const open = await world.aConsultation();
    expect(await call(open, 'POST')).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', details: { reason: 'in_progress' } } },
    });
    const deleted = await over();
    await world.query('update audio_streams set discarded_at = now() where consultation_id = $1', [
      deleted.id,
    ]);
    expect((await call(deleted, 'POST')).body).toMatchObject({
      error: { code: 'conflict', details: { reason: 'sound_deleted' } },
    });
    await world.aConsent(deleted, 'ai', false);
    expect((await call(deleted, 'POST')).body).toMatchObject({
      error: { code: 'ai_consent_required', details: { reason: 'not_allowed' } },
    });
    expect(await read(deleted)).toEqual({ refusal: 'not_allowed', job: null });
  });

  it('is the business of the consultation’s doctor, and of nobody else', async () => {
    const consultation = await over();
    const stranger = await world.aDoctor();
    expect((await call(consultation, 'GET', { as: stranger })).status).toBe(404);
    expect((await call(consultation, 'POST', { as: stranger })).status).toBe(404);
    const colleague = await world.aDoctor({ clinicaId: consultation.doctor.clinicaId });
    await world.query(
      "insert into care_relations (doctor_id, patient_id, clinica_id, reason) values ($1, $2, $3, 'teste')",
      [colleague.medicoId, consultation.patientId, colleague.clinicaId],
    );
    expect((await call(consultation, 'GET', { as: colleague })).status).toBe(200);
    expect((await call(consultation, 'POST', { as: colleague })).status).toBe(403);
    expect((await call(consultation, 'DELETE', { as: colleague })).status).toBe(403);
  });
});
