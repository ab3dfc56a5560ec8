import { consent, patient } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

async function aCard(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const made = await world.admin('POST', '/api/patients', { name, ...more });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

/** A birthday that is today, on the wall calendar of the clinics. */
function yearsAgo(years: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Sao_Paulo' }).format();
  // Not every year has the leap day.
  const [year, ...monthAndDay] = today.replace(/-02-29$/, '-02-28').split('-');
  return [Number(year) - years, ...monthAndDay].join('-');
}
const card = async (id: string) =>
  patient.parse((await world.doctor('GET', `/api/patients/${id}`)).body);

/** A child with a mother on the card, and a consultation of it. */
async function aChildSeen(type: 'ONLINE' | 'PRESENCIAL') {
  const child = await aCard('Davi Menor', { birth_date: yearsAgo(7) });
  const mother = await aCard('Rosa Mãe', { birth_date: yearsAgo(35) });
  await world.admin('PUT', `/api/patients/${child}/guardians/${mother}`, { relation: 'mãe' });
  const { id } = await world.aConsultation({ patient_id: child, type });
  return { child, mother, id, path: `/api/consultations/${id}/consents` };
}

describe('guardians', () => {
  it('stand on the card, several for one and one for several, until they are taken off', async () => {
    const [child, sister] = [await aCard('Caio Menor'), await aCard('Lia Menor')];
    const [mother, father] = [await aCard('Ana Mãe'), await aCard('Beto Pai')];
    const put = await world.doctor('PUT', `/api/patients/${child}/guardians/${mother}`, {
      relation: 'mãe',
    });
    expect(put.status, put.text).toBe(200);
    expect(put.body.guardians).toEqual([{ id: mother, name: 'Ana Mãe', relation: 'mãe' }]);
    await world.admin('PUT', `/api/patients/${child}/guardians/${father}`, {});
    await world.admin('PUT', `/api/patients/${sister}/guardians/${mother}`, { relation: 'tia' });
    expect((await card(child)).guardians?.map(({ name }) => name)).toEqual(['Ana Mãe', 'Beto Pai']);
    expect((await card(mother)).guardian_of).toBe(child);

    const ended = await world.doctor('DELETE', `/api/patients/${child}/guardians/${mother}`);
    expect(ended.status).toBe(204);
    expect((await card(child)).guardians?.map(({ name }) => name)).toEqual(['Beto Pai']);
    // The one column of the seed follows: she still answers for the other child.
    expect((await card(mother)).guardian_of).toBe(sister);
    const twice = await world.doctor('DELETE', `/api/patients/${child}/guardians/${mother}`);
    expect(code(twice)).toEqual([404, 'not_found']);
    await world.doctor('PUT', `/api/patients/${child}/guardians/${mother}`, {});
    expect((await card(child)).guardians?.[0]).toMatchObject({ id: mother, relation: 'mãe' });
  });

  it('are not oneself, not each other, and not of another clinic', async () => {
    const [child, mother] = [await aCard('Enzo Menor'), await aCard('Ivone Mãe')];
    const put = (a: string, b: string, api = world.admin) =>
      api('PUT', `/api/patients/${a}/guardians/${b}`, {});
    expect(code(await put(child, child))).toEqual([409, 'conflict']);
    expect((await put(child, mother)).status).toBe(200);
    expect(code(await put(mother, child))).toEqual([409, 'conflict']);
    const foreign = await world.stranger('POST', '/api/patients', { name: 'Fora Daqui' });
    expect(code(await put(child, foreign.body.id))).toEqual([404, 'not_found']);
    expect(code(await put(child, mother, world.stranger))).toEqual([404, 'not_found']);
  });
});

describe('the consent for a minor', () => {
  it('is accepted by a guardian, never by the child, on the link and in person', async () => {
    for (const type of ['ONLINE', 'PRESENCIAL'] as const) {
      const { id, path } = await aChildSeen(type);
      const api = type === 'ONLINE' ? (await world.anInvitation(id)).api : world.doctor;
      const give = (signer?: object) =>
        api('POST', path, { type: 'care', accepted: true, ...(signer ? { signer } : {}) });
      const refuses = async (signer?: object) => {
        const refused = await give(signer);
        expect(code(refused), JSON.stringify(signer)).toEqual([400, 'validation_failed']);
        expect(refused.body.error.details).toMatchObject([{ path: 'signer' }]);
      };
      await refuses();
      await refuses({ name: 'davi menor', relation: 'filho' });
      for (const relation of [
        'Paciente',
        'O Próprio  Paciente',
        'a própria paciente',
        'Eu mesmo',
      ]) {
        await refuses({ name: 'Rosa Mãe', relation });
      }
      for (const relation of ['mãe', 'mãe do paciente', 'Responsável pela paciente']) {
        const given = await give({ name: 'Rosa Mãe', relation });
        expect(given.status, given.text).toBe(201);
        expect(z.parse(consent, given.body)).toMatchObject({ signer_relation: relation });
      }
      const father = await give({ name: 'Davi Menor', relation: 'pai' });
      expect(father.status, father.text).toBe(201);
      // Another tick without a name may be the child's, whoever signed before.
      await refuses();
    }
  });

  it('may be taken back without a name, which is then nobody’s', async () => {
    const { id, path } = await aChildSeen('ONLINE');
    const { api } = await world.anInvitation(id);
    const signer = { name: 'Rosa Mãe', relation: 'mãe' };
    await api('POST', path, { type: 'ai', accepted: true, signer });
    const withdrawn = await api('POST', path, { type: 'ai', accepted: false });
    expect(withdrawn.status, withdrawn.text).toBe(201);
    expect(z.parse(consent, withdrawn.body)).toMatchObject({
      accepted: false,
      signer_name: null,
      signer_relation: null,
    });
  });

  it('names no card over the link: which one it is only the clinic says', async () => {
    const { id, mother, path } = await aChildSeen('ONLINE');
    const refused = await (await world.anInvitation(id)).api('POST', path, {
      type: 'care',
      accepted: true,
      signer: { name: 'Rosa Mãe', relation: 'mãe', guardian_id: mother },
    });
    expect(code(refused)).toEqual([400, 'validation_failed']);
    expect(refused.body.error.details).toMatchObject([{ path: 'signer.guardian_id' }]);
  });

  it('names the card of a guardian who is on the record, and nobody else’s', async () => {
    const { mother, path } = await aChildSeen('PRESENCIAL');
    const stranger = await aCard('Sem Parentesco');
    const give = (guardian_id: string) =>
      world.doctor('POST', path, {
        type: 'care',
        accepted: true,
        signer: { name: 'Qualquer Nome', relation: 'avó', guardian_id },
      });
    const refused = await give(stranger);
    expect(refused.body.error.details).toMatchObject([{ path: 'signer.guardian_id' }]);
    expect((await give(mother)).body).toMatchObject({
      signer_name: 'Rosa Mãe',
      signer_relation: 'mãe',
      guardian_id: mother,
    });
  });

  it('may be taken back by anybody, and is an adult’s own', async () => {
    const { path } = await aChildSeen('PRESENCIAL');
    const withdrawn = await world.doctor('POST', path, { type: 'ai', accepted: false });
    expect(withdrawn.status).toBe(201);
    const adult = await aCard('Dezoito Anos', { birth_date: yearsAgo(18) });
    const { id } = await world.aConsultation({ patient_id: adult, type: 'PRESENCIAL' });
    const adults = `/api/consultations/${id}/consents`;
    const signer = { name: 'Rosa Mãe', relation: 'mãe' };
    await world.doctor('POST', adults, { type: 'ai', accepted: true, signer });
    // Also after somebody was named once.
    const own = await world.doctor('POST', adults, { type: 'care', accepted: true });
    expect(own.body).toMatchObject({
      signer_name: 'Dezoito Anos',
      signer_relation: 'o próprio paciente',
    });
  });
});
