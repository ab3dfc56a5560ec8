import { listOf, patient, patientCard } from '@medcall/shared-types';
import { testCpf } from '@medcall/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('patients', () => {
  it('are found without accents, mistyped, by CPF and by telephone', async () => {
    const made = await world.doctor('POST', '/api/patients', {
      name: 'Antônia Gonçalves de Araújo',
      cpf: testCpf(77),
      birth_date: '1980-02-29',
      sex: 'F',
      phone: '+55 (11) 98877-6655',
      email: 'antonia@example.test',
    });
    expect(made.status).toBe(201);
    expect(patient.parse(made.body).cpf).toBe(testCpf(77));
    const searches = ['antonia goncalves', 'GONÇALVES', 'antonya', testCpf(77), '988776655'];
    for (const text of searches) {
      const found = await world.doctor('GET', `/api/patients?search=${encodeURIComponent(text)}`);
      const { items } = listOf(patientCard).parse(found.body);
      expect(
        items.map(({ id }) => id),
        text,
      ).toContain(made.body.id);
    }
    const none = await world.doctor('GET', `/api/patients?search=${encodeURIComponent('%_%')}`);
    expect(none.body.items).toEqual([]);
  });

  it('come by name and by pages whose cursor holds no name', async () => {
    const { admin } = world;
    for (const name of ['Quirino Página', 'Quirino Página', 'Quésia Página']) {
      expect((await admin('POST', '/api/patients', { name })).status).toBe(201);
    }
    const whole = listOf(patientCard).parse((await admin('GET', '/api/patients?limit=200')).body);
    const byPages: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await admin('GET', `/api/patients?limit=1${query}`);
      const { items, nextCursor } = listOf(patientCard).parse(page.body);
      byPages.push(...items.map(({ id }) => id));
      const plain = Buffer.from(nextCursor ?? '', 'base64url').toString();
      for (const { name } of items) expect(plain).not.toContain(name.split(' ')[0]);
      cursor = nextCursor;
    } while (cursor !== null);
    expect(whole.items.length).toBeGreaterThan(3);
    expect(byPages).toEqual(whole.items.map(({ id }) => id));
  });

  it('are not registered twice: the same CPF answers with the patient', async () => {
    const wanted = { name: 'Maria Souza', cpf: '529.982.247-25' };
    const first = await world.doctor('POST', '/api/patients', wanted);
    const second = await world.admin('POST', '/api/patients', { ...wanted, cpf: '52998224725' });
    expect(code(second)).toEqual([409, 'conflict']);
    expect(second.body.error.details).toEqual({ patient_id: first.body.id });
    // Another clinic may treat the same person and learns nothing of it.
    expect((await world.stranger('POST', '/api/patients', wanted)).status).toBe(201);
    const wrong = await world.doctor('POST', '/api/patients', { name: 'X Y', cpf: '52998224724' });
    expect(wrong.body.error).toMatchObject({
      code: 'validation_failed',
      details: [{ path: 'cpf' }],
    });
  });

  it('show allergies and medicines to who cares for them only', async () => {
    const made = await world.doctor('POST', '/api/patients', { name: 'Pedro Alérgico' });
    const path = `/api/patients/${made.body.id}`;
    const allergies = { allergies: ['dipirona'] };
    expect((await world.doctor('GET', path)).body).not.toHaveProperty('allergies');
    expect(code(await world.doctor('PATCH', path, allergies))).toEqual([403, 'forbidden']);
    await world.doctor('POST', `${path}/care-relations`, { reason: 'Primeiro atendimento' });
    const changed = await world.doctor('PATCH', path, { ...allergies, phone: '11 5555-0000' });
    expect(changed.body).toMatchObject({ allergies: ['dipirona'], phone: '11 5555-0000' });
    for (const api of [world.otherDoctor, world.admin]) {
      expect((await api('GET', path)).body).not.toHaveProperty('allergies');
    }
  });

  it('are found by CPF without it standing in the address', async () => {
    const found = await world.doctor('POST', '/api/patients/search', { search: world.joao.cpf });
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([world.joao.id]);
  });

  it('keep what two people add at once, and refuse a list made from an older one', async () => {
    const { body: made } = await world.doctor('POST', '/api/patients', { name: 'Rita Alérgica' });
    const path = `/api/patients/${made.id}`;
    for (const api of [world.doctor, world.otherDoctor]) {
      await api('POST', `${path}/care-relations`, { reason: 'cuidado conjunto' });
    }
    const add = (api: typeof world.doctor, name: string) =>
      api('PATCH', path, { health: { add_allergies: [name] } });
    const both = await Promise.all([
      add(world.doctor, 'dipirona'),
      add(world.otherDoctor, 'látex'),
      add(world.otherDoctor, 'Dipirona'),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body: now } = await world.doctor('GET', path);
    expect(now.allergies).toHaveLength(2);
    expect(now.allergies).toContain('látex');
    const late = await world.otherDoctor('PATCH', path, { allergies: ['só esta'] });
    expect(code(late)).toEqual([409, 'version_conflict']);
    expect(late.body.error.details).toEqual({ version: now.health_version });
    const seen = await world.otherDoctor('PATCH', path, {
      allergies: ['só esta'],
      health_version: now.health_version,
    });
    expect(seen.body.allergies).toEqual(['só esta']);
    const removed = await world.doctor('PATCH', path, {
      health: { remove_allergies: ['SÓ ESTA'] },
    });
    expect(removed.body.allergies).toEqual([]);
  });

  it('come from a file: each line with its outcome, the same in a dry run, which writes nothing', async () => {
    const file = [
      'Nome;CPF;Nascimento;Sexo;Telefone',
      'Conceição Importada;390.533.447-05;17/05/1990;F;(11) 98888-7777',
      `Outro Nome;${world.joao.cpf};;;`,
      'Conceicao importada;;17/05/1990;;',
      'Sem Data;123;31/02/2000;;',
    ].join('\r\n');
    const body = { content_base64: Buffer.from(file, 'latin1').toString('base64'), dry_run: true };
    const statuses = (report: { lines: { status: string }[] }) =>
      report.lines.map(({ status }) => status);
    const dry = await world.admin('POST', '/api/patients/import', body);
    expect(dry.status, dry.text).toBe(200);
    expect(dry.body).toMatchObject({ encoding: 'latin1', separator: ';' });
    expect(statuses(dry.body)).toEqual(['created', 'duplicate', 'duplicate', 'invalid']);
    const search = () =>
      world.admin('POST', '/api/patients/search', { search: 'Conceição Importada' });
    const found = async () =>
      (await search()).body.items.filter((one: { cpf: string }) => one.cpf === '39053344705');
    expect(await found()).toEqual([]);
    const real = await world.admin('POST', '/api/patients/import', { ...body, dry_run: false });
    expect(statuses(real.body)).toEqual(statuses(dry.body));
    expect(real.body.lines[1]).toMatchObject({ line: 3, patient_id: world.joao.id });
    expect(await found()).toMatchObject([{ birth_date: '1990-05-17', sex: 'F' }]);
    const again = await world.admin('POST', '/api/patients/import', { ...body, dry_run: false });
    expect(again.body.totals).toEqual({ created: 0, duplicate: 3, invalid: 1 });
  });
});
