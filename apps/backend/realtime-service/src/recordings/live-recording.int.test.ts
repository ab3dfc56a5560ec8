import type { TestConsultation } from '@medcall/service-kit/testing/world';
import { listOf, recording, recordingUrl } from '@medcall/shared-types';
import { describe, expect, it, vi } from 'vitest';
import { ask, next } from '../testing/client.ts';
import { bothIn, speak } from '../testing/people.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

async function call(consultation: TestConsultation, method: string, path: string) {
  const answer = await fetch(`${service.url}/api/recordings${path}`, {
    method,
    headers: { authorization: `Bearer ${await service.tokens.forDoctor(consultation.doctor)}` },
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

async function recordingsOf(consultation: TestConsultation) {
  const { body } = await call(consultation, 'GET', `?room_id=${consultation.roomId}`);
  return listOf(recording).parse(body).items;
}

/** What the gateway does with a patient's answer. */
async function consent(consultation: TestConsultation, accepted: boolean) {
  await world.aConsent(consultation, 'recording', accepted);
  const event = {
    type: 'consent_changed',
    consultation_id: consultation.id,
    consent_type: 'recording',
    accepted,
  };
  await world.query("select pg_notify('medcall_events', $1)", [JSON.stringify(event)]);
}

async function aSpokenConsultation(allowed: boolean): Promise<TestConsultation> {
  const consultation = await world.aConsultation();
  if (allowed) await consent(consultation, true);
  const { doctor, patient } = await bothIn(service, world, consultation);
  const { roomId } = consultation;
  await ask(doctor, 'start-transcription', { roomId });
  await speak(doctor, roomId);
  await speak(patient, roomId, 0, 2);
  const ended = next(doctor, 'consultation-ended');
  await ask(doctor, 'end-consultation', { roomId });
  await ended;
  return consultation;
}

describe('a consultation whose patient allowed to keep the sound', () => {
  it('can be heard after it ended, until the patient takes that back', async () => {
    const consultation = await aSpokenConsultation(true);
    const ready = await vi.waitFor(
      async () => {
        const items = await recordingsOf(consultation);
        expect(items).toMatchObject(Array(3).fill({ status: 'ready' }));
        return items;
      },
      { timeout: 20_000, interval: 100 },
    );
    const mixed = ready.find((item) => item.kind === 'mixed');
    expect(mixed?.duration_ms).toBeGreaterThan(3900);
    const { body } = await call(consultation, 'POST', `/${mixed?.id}/url`);
    const signed = new URL(recordingUrl.parse(body).url);
    const url = `${service.url}${signed.pathname}${signed.search}`;
    const sound = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(sound.subarray(0, 4).toString()).toBe('OggS');
    expect(sound).toHaveLength(mixed?.size_bytes ?? 0);

    await consent(consultation, false);
    expect((await fetch(url)).status).toBe(403);
    await vi.waitFor(
      async () =>
        expect(await recordingsOf(consultation)).toMatchObject(Array(3).fill({ status: 'erased' })),
      { timeout: 10_000, interval: 50 },
    );
  });

  it('is heard also when the allowance comes after the end; without it there is nothing', async () => {
    const consultation = await aSpokenConsultation(false);
    expect(await recordingsOf(consultation)).toEqual([]);
    await consent(consultation, true);
    await vi.waitFor(
      async () =>
        expect(await recordingsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' })),
      { timeout: 20_000, interval: 100 },
    );
  });
});
