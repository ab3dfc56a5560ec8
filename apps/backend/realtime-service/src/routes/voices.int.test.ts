import type { TestDoctor } from '@medcall/service-kit/testing/world';
import { voiceProfile } from '@medcall/shared-types';
import { describe, expect, it, vi } from 'vitest';
import { toWav } from '../engines/wav.ts';
import { aVoice, joined, silence, WOMAN } from '../speakers/voice.fixture.ts';
import { ask } from '../testing/client.ts';
import { inPerson, talk } from '../testing/in-person.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

const reading = (seconds: number, gain = 0.8) =>
  joined(
    silence(0.5),
    aVoice({ ...WOMAN, seconds: seconds - 1, seed: 99, gain, syllableSeconds: 0.08 }),
    silence(0.5),
  );

async function send(
  method: string,
  by: TestDoctor,
  doctorId: string,
  body?: Buffer | FormData,
  contentType = 'audio/wav',
) {
  const isForm = body instanceof FormData;
  const response = await fetch(`${service.url}/api/clinic/doctors/${doctorId}/voice`, {
    method,
    headers: {
      authorization: `Bearer ${await service.tokens.forDoctor(by)}`,
      ...(body && !isForm ? { 'content-type': contentType } : {}),
    },
    ...(body ? { body: isForm ? body : new Uint8Array(body) } : {}),
  });
  const json: unknown = response.status === 204 ? null : await response.json();
  return { status: response.status, json };
}

const put = (doctor: TestDoctor, wav: Buffer) => send('PUT', doctor, doctor.medicoId, wav);

/** The same sound as another recorder would store it: 48 kHz, two channels, and a chunk of notes. */
function stereo48k(mono16k: Float32Array): Buffer {
  const frames = mono16k.length * 3;
  const bytes = Buffer.alloc(44 + frames * 4);
  toWav(new Int16Array(0)).copy(bytes);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(48_000, 24);
  bytes.writeUInt32LE(192_000, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt32LE(frames * 4, 40);
  for (let i = 0; i < frames; i++) {
    const sample = Math.round((mono16k[Math.floor(i / 3)] ?? 0) * 32_767);
    bytes.writeInt16LE(sample, 44 + i * 4);
    bytes.writeInt16LE(sample, 46 + i * 4);
  }
  return bytes;
}

describe('a doctor’s own voice', () => {
  it('is stored as features, shown without them, replaced and deleted', async () => {
    const doctor = await world.aDoctor();
    expect(await send('GET', doctor, doctor.medicoId)).toMatchObject({ status: 404 });
    const stored = await put(doctor, toWav(reading(7)));
    expect(stored.status).toBe(200);
    const shown = voiceProfile.parse(stored.json);
    expect(shown).toMatchObject({ doctor_id: doctor.medicoId, usable: true });
    expect(Object.keys(stored.json as object).sort()).toEqual(Object.keys(shown).sort());
    const [row] = await world.query<{ whole: boolean }>(
      'select cardinality(features) % dimension = 0 as whole from voice_profiles where doctor_id = $1',
      [doctor.medicoId],
    );
    expect(row).toEqual({ whole: true });
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(stereo48k(reading(6)))]), 'voz.wav');
    expect(await send('PUT', doctor, doctor.medicoId, form)).toMatchObject({ status: 200 });
    expect(await send('GET', doctor, doctor.medicoId)).toMatchObject({ status: 200 });
    expect(await send('DELETE', doctor, doctor.medicoId)).toEqual({ status: 204, json: null });
    expect(await send('GET', doctor, doctor.medicoId)).toMatchObject({ status: 404 });
    const audited = await world.query<{ action: string }>(
      'select action from audit_logs where record_id = $1 order by seq',
      [doctor.medicoId],
    );
    expect(audited.map(({ action }) => action)).toEqual([
      'voice.enrolled',
      'voice.enrolled',
      'voice.forgotten',
    ]);
  });

  it('is nobody else’s to record, read or delete', async () => {
    const doctor = await world.aDoctor();
    await put(doctor, toWav(reading(6)));
    const colleague = await world.aDoctor({ clinicaId: doctor.clinicaId });
    const stranger = await world.aDoctor();
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const body = method === 'PUT' ? toWav(reading(6)) : undefined;
      for (const other of [colleague, stranger]) {
        expect(await send(method, other, doctor.medicoId, body)).toMatchObject({
          status: 404,
          json: { error: { code: 'not_found' } },
        });
      }
    }
    expect(await send('GET', doctor, doctor.medicoId)).toMatchObject({ status: 200 });
  });

  it.each([
    ['too short', toWav(reading(3)), 400, /curta/],
    ['too long', toWav(reading(17)), 400, /15 segundos/],
    ['too quiet', toWav(reading(7, 0.002)), 400, /baixa/],
    ['silence', toWav(silence(8)), 400, /pouca fala|baixa/],
    ['not a WAV', Buffer.from('OggS and so on'), 400, /WAV/],
    ['empty', Buffer.alloc(0), 400, /WAV/],
    ['broken', Buffer.concat([toWav(reading(6)).subarray(0, 40)]), 400, /ler este arquivo/],
    ['too large', Buffer.alloc(7_000_000), 413, /grande demais/],
  ])('is refused with its reason when the recording is %s', async (_what, wav, status, reason) => {
    const doctor = await world.aDoctor();
    const refused = await put(doctor, wav);
    expect(refused).toMatchObject({ status });
    expect(JSON.stringify(refused.json)).toMatch(reason);
    expect(await send('GET', doctor, doctor.medicoId)).toMatchObject({ status: 404 });
  });

  it('is gone when the doctor is deactivated', async () => {
    const doctor = await world.aDoctor();
    await put(doctor, toWav(reading(6)));
    await world.query('update medicos set active = false where id = $1', [doctor.medicoId]);
    const left = await world.query('select 1 from voice_profiles where doctor_id = $1', [
      doctor.medicoId,
    ]);
    expect(left).toEqual([]);
  });

  it('names the voices of a consultation, whoever speaks first', async () => {
    const consultation = await world.aConsultation({ type: 'PRESENCIAL' });
    await world.aConsent(consultation, 'care');
    await world.aConsent(consultation, 'ai');
    const screen = await inPerson(service, consultation);
    // Recorded while already in the room: what counts is what is stored at the first sound.
    await put(consultation.doctor, toWav(reading(7)));
    await ask(screen.socket, 'start-recording', { consultationId: consultation.id });
    await screen.hears(talk('mwmw'));
    await vi.waitFor(() => expect(screen.line()).toBe('PMPM'));
    expect(screen.finals().at(-1)).not.toHaveProperty('speakerTentative');
  });
});
