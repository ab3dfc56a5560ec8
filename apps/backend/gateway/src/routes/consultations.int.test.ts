import { consultation, listOf } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('consultations', () => {
  it('are created by the doctor with a room, and read back', async () => {
    const made = await world.aConsultation({ ai_enabled: false });
    expect(made).toMatchObject({
      status: 'WAITING',
      type: 'ONLINE',
      ai_enabled: false,
      doctor_id: world.clinic.doctor.medicoId,
      clinica_id: world.clinic.id,
      patient: { id: world.joao.id, name: world.joao.name },
    });
    expect(made.roomId).toBe(made.room_id);
    const read = await world.doctor('GET', `/api/consultations/${made.id}`);
    expect(consultation.parse(read.body)).toEqual(made);
  });

  it('are listed by the day of the clinic, page by page, without loss or repetition', async () => {
    const day = '2031-03-10';
    const ids: string[] = [];
    // 22:30 in São Paulo is the next day in UTC.
    for (const time of ['08:00', '09:00', '12:00', '18:00', '22:30']) {
      const made = await world.aConsultation({ scheduled_at: `${day}T${time}:00-03:00` });
      ids.push(made.id);
    }
    await world.aConsultation({ scheduled_at: '2031-03-11T00:00:00-03:00' });
    await world.aConsultation({ scheduled_at: '2031-03-09T23:00:00-03:00' });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await world.doctor(
        'GET',
        `/api/consultations?day=${day}&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      const parsed = listOf(consultation).parse(page.body);
      seen.push(...parsed.items.map(({ id }) => id));
      cursor = parsed.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(ids);
    expect((await world.otherDoctor('GET', `/api/consultations?day=${day}`)).body.items).toEqual(
      [],
    );
    expect((await world.admin('GET', `/api/consultations?day=${day}`)).body.items).toHaveLength(5);
    const bad = await world.doctor('GET', `/api/consultations?cursor=abc`);
    expect(code(bad)).toEqual([400, 'validation_failed']);
  });

  it('say how far the note is, to the doctor alone, and can be asked for those without a signed one', async () => {
    const made = await world.aConsultation();
    const path = `/api/consultations/${made.id}`;
    expect(made.note_status).toBeNull();
    const unsigned = async () => {
      const page = await world.doctor('GET', '/api/consultations?note=unsigned&limit=200');
      return listOf(consultation)
        .parse(page.body)
        .items.some(({ id }) => id === made.id);
    };
    const sections = { subjetivo: [{ text: 'Dor há dois dias.' }] };
    expect((await world.doctor('PUT', `${path}/note`, { sections })).status).toBe(200);
    expect((await world.doctor('GET', path)).body.note_status).toBe('rascunho');
    expect((await world.admin('GET', path)).body.note_status).toBeNull();
    expect(await unsigned()).toBe(true);
    expect((await world.doctor('POST', `${path}/note/sign`, { version: 1 })).status).toBe(200);
    expect((await world.doctor('GET', path)).body.note_status).toBe('assinada');
    expect(await unsigned()).toBe(false);
  });

  it('never share a slot of one doctor', async () => {
    const slot = { scheduled_at: '2031-04-01T10:00:00-03:00', duration_minutes: 30 };
    const first = await world.aConsultation(slot);
    const second = await world.doctor('POST', '/api/consultations', {
      patient_id: world.joao.id,
      type: 'ONLINE',
      scheduled_at: '2031-04-01T10:15:00-03:00',
    });
    expect(code(second)).toEqual([409, 'conflict']);
    expect(
      (await world.doctor('POST', `/api/consultations/${first.id}/cancel`, {})).body.status,
    ).toBe('CANCELLED');
    await world.aConsultation(slot);
  });

  it('give one slot to one of many who ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        world.doctor('POST', '/api/consultations', {
          patient_id: world.joao.id,
          type: 'ONLINE',
          scheduled_at: '2031-05-01T10:00:00-03:00',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 39 }, () => 409),
    ]);
    expect(answers.find(({ status }) => status === 409)?.body.error.message).toBe(
      'O médico já tem uma consulta neste horário.',
    );
  });

  it('change while open, and end by cancel or no-show', async () => {
    const made = await world.aConsultation();
    const changed = await world.doctor('PATCH', `/api/consultations/${made.id}`, {
      ai_enabled: false,
      cost_cap_brl: '2.5',
    });
    expect(changed).toMatchObject({ status: 200, body: { ai_enabled: false } });
    expect(Number(changed.body.cost_cap_brl)).toBe(2.5);
    expect((await world.doctor('POST', `/api/consultations/${made.id}/no-show`)).body.status).toBe(
      'NO_SHOW',
    );
    const late = await world.doctor('PATCH', `/api/consultations/${made.id}`, { ai_enabled: true });
    expect(code(late)).toEqual([410, 'consultation_ended']);
    const again = await world.doctor('POST', `/api/consultations/${made.id}/cancel`, {});
    expect(code(again)).toEqual([410, 'consultation_ended']);
  });

  it('become in-person with a reason', async () => {
    const made = await world.aConsultation();
    const path = `/api/consultations/${made.id}/convert`;
    expect(code(await world.doctor('POST', path, {}))).toEqual([400, 'validation_failed']);
    const done = await world.doctor('POST', path, { reason: 'Paciente preferiu presencial' });
    expect(done.body.type).toBe('PRESENCIAL');
    expect(code(await world.doctor('POST', path, { reason: 'de novo' }))).toEqual([
      409,
      'conflict',
    ]);
  });

  it('are booked by the front desk for a doctor whom it names', async () => {
    const without = await world.admin('POST', '/api/consultations', {
      patient_id: world.joao.id,
      type: 'ONLINE',
    });
    expect(code(without)).toEqual([400, 'validation_failed']);
    const made = await world.admin('POST', '/api/consultations', {
      patient_id: world.joao.id,
      type: 'PRESENCIAL',
      doctor_id: world.clinic.doctor.medicoId,
    });
    expect(made.status).toBe(201);
    const elsewhere = await world.admin('POST', '/api/consultations', {
      patient_id: world.joao.id,
      type: 'ONLINE',
      doctor_id: world.foreign.doctor.medicoId,
    });
    expect(code(elsewhere)).toEqual([404, 'not_found']);
  });

  it('of another doctor may be read with a care relation, and not changed', async () => {
    const made = await world.aConsultation();
    const path = `/api/consultations/${made.id}`;
    expect(code(await world.otherDoctor('GET', path))).toEqual([404, 'not_found']);
    const related = await world.otherDoctor(
      'POST',
      `/api/patients/${world.joao.id}/care-relations`,
      {
        reason: 'Substituição nas férias',
      },
    );
    expect(related.status).toBe(201);
    expect((await world.otherDoctor('GET', path)).status).toBe(200);
    expect(code(await world.otherDoctor('PATCH', path, { ai_enabled: false }))).toEqual([
      403,
      'forbidden',
    ]);
  });
});
