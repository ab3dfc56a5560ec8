import { audit } from '@medcall/service-kit';
import {
  type IncidentDetail,
  type IncidentFacts,
  incidentCandidates,
  incidentDetail,
  incidentNotice,
  incidentPerson,
  incidentVersion,
  listOf,
} from '@medcall/shared-types';
import { addWorkingDays, dateInSaoPaulo, endOfDayInSaoPaulo } from '@medcall/utils';
import { strFromU8, unzipSync } from 'fflate';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { warnOfDeadlines } from '../services/incidents/warn-of-deadlines.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aPatient } from '../testing/world.ts';

let world: TwoClinics;
let owner: pg.Client;

beforeAll(async () => {
  world = await twoClinics();
  owner = new pg.Client({ connectionString: world.gateway.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
});

const hour = 3_600_000;
const ago = (ms: number) => new Date(world.gateway.clock.now() - ms).toISOString();

const facts: Partial<IncidentFacts> = {
  description: 'Um notebook da recepção foi furtado <do carro>.',
  data_kinds: ['identification', 'health'],
  affected_total: 12,
  processed_total: 400,
  measures_before: 'Disco cifrado.',
  measures_after: 'Sessões encerradas.',
  risks: 'Alguém pode ligar em nome da clínica.',
  mitigation: 'Senhas trocadas.',
  officer_name: 'Encarregada da clínica',
  officer_contact: 'dados@clinica.test',
};

async function anIncident(body: Record<string, unknown> = {}): Promise<IncidentDetail> {
  const made = await world.admin('POST', '/api/incidents', {
    title: 'Notebook furtado',
    detected_at: ago(2 * hour),
    known_at: ago(hour),
    ...body,
  });
  expect(made.status, made.text).toBe(201);
  return incidentDetail.parse(made.body);
}

async function step(one: IncidentDetail, body: Record<string, unknown>): Promise<IncidentDetail> {
  const answer = await world.admin('POST', `/api/incidents/${one.id}/steps`, {
    revision: one.revision,
    ...body,
  });
  expect(answer.status, answer.text).toBe(200);
  return incidentDetail.parse(answer.body);
}

const grave = {
  step: 'assess',
  significant: true,
  criteria: ['sensitive', 'secrecy'],
  assessment: 'Dados de saúde em mãos de terceiros.',
};
const light = { ...grave, significant: false, criteria: [], assessment: 'O disco estava cifrado.' };

const tells = (one: IncidentDetail, body: Record<string, unknown>) =>
  world.admin('POST', `/api/incidents/${one.id}/steps`, { revision: one.revision, ...body });

const historyOf = async (one: IncidentDetail) =>
  z
    .object({ items: z.array(incidentVersion) })
    .parse((await world.admin('GET', `/api/incidents/${one.id}/history`)).body).items;

describe('the register of incidents', () => {
  it('is the administration’s of the clinic alone, and counts within it', async () => {
    const first = await anIncident();
    const second = await anIncident();
    expect(second.number).toBe(first.number + 1);
    const body = { title: 'x y z', detected_at: ago(hour) };
    expect(code(await world.doctor('POST', '/api/incidents', body))).toEqual([403, 'forbidden']);
    expect(code(await world.doctor('GET', '/api/incidents'))).toEqual([403, 'forbidden']);
    const path = `/api/incidents/${first.id}`;
    expect(code(await world.strangerAdmin('GET', path))).toEqual([404, 'not_found']);
    expect(
      code(await world.strangerAdmin('PATCH', path, { revision: 1, title: 'alheio' })),
    ).toEqual([404, 'not_found']);
    expect((await world.strangerAdmin('GET', '/api/incidents')).body.items).toEqual([]);
    expect((await world.strangerAdmin('POST', '/api/incidents', body)).body.number).toBe(1);
  });

  it('has three working days after the day on which the clinic knew, six as a small agent', async () => {
    const unknown = await anIncident({ known_at: null });
    expect(unknown.clock).toMatchObject({ due_on: null, days_left: null, waits_for: [] });
    const one = await anIncident();
    const today = dateInSaoPaulo(Date.parse(one.known_at ?? ''));
    expect(one.clock).toMatchObject({
      due_on: addWorkingDays(today, 3),
      overdue: false,
      waits_for: ['authority', 'people'],
    });
    const small = await anIncident({ small_agent: true });
    expect(small.clock.due_on).toBe(addWorkingDays(today, 6));
  });

  it('keeps what was known when, written by the database and nobody’s to change', async () => {
    const one = await anIncident({ known_at: null });
    const path = `/api/incidents/${one.id}`;
    const known = ago(hour);
    const changed = await world.admin('PATCH', path, {
      revision: 1,
      known_at: known,
      facts: { description: 'Furtaram um notebook.', affected_total: 3 },
    });
    expect(changed.body).toMatchObject({ revision: 2, facts: { affected_total: 3 } });
    const moved = { revision: 2, known_at: ago(90 * 60_000) };
    expect(code(await world.admin('PATCH', path, moved))).toEqual([400, 'validation_failed']);
    const again = await world.admin('PATCH', path, { ...moved, reason: 'O e-mail chegou antes.' });
    expect(again.status).toBe(200);
    expect(code(await world.admin('PATCH', path, { revision: 2, title: 'tarde' }))).toEqual([
      409,
      'version_conflict',
    ]);
    const history = await historyOf(one);
    expect(
      history.map(({ revision, changed: parts, reason }) => ({ revision, parts, reason })),
    ).toEqual([
      { revision: 3, parts: ['known_at'], reason: 'O e-mail chegou antes.' },
      { revision: 2, parts: ['affected_total', 'description', 'known_at'], reason: null },
      { revision: 1, parts: expect.arrayContaining(['title', 'detected_at']), reason: null },
    ]);
    expect(history.every(({ by }) => by === world.clinic.admin.name)).toBe(true);
    const tamper = [
      'update incident_versions set by_name = null where incident_id = $1',
      'delete from incident_versions where incident_id = $1',
      'delete from incidents where id = $1',
      'update incidents set number = 99 where id = $1',
    ];
    for (const text of tamper) {
      await expect(owner.query(text, [one.id]), text).rejects.toMatchObject({ code: '23001' });
    }
    // Even past the service a change leaves its version.
    await owner.query("update incidents set title = 'por fora' where id = $1", [one.id]);
    expect((await historyOf(one))[0]).toMatchObject({ revision: 4, changed: ['title'], by: null });
  });

  it('refuses times that cannot be', async () => {
    const wrong = [
      { detected_at: ago(-hour) },
      { known_at: ago(-hour) },
      { detected_at: ago(hour), known_at: ago(2 * hour) },
    ];
    for (const body of wrong) {
      const made = await world.admin('POST', '/api/incidents', {
        title: 'Impossível',
        detected_at: ago(hour),
        ...body,
      });
      expect(code(made)).toEqual([400, 'validation_failed']);
    }
  });
});

describe('the way of an incident', () => {
  it('goes from assessment over both communications to its end, and stays as it was', async () => {
    let one = await anIncident({ facts });
    const early = await tells(one, { step: 'told_people', at: ago(0), channel: 'individual' });
    expect(code(early)).toEqual([409, 'conflict']);
    one = await step(one, grave);
    expect(one).toMatchObject({ status: 'assessed', significant: true });
    one = await step(one, {
      step: 'told_authority',
      at: ago(60_000),
      protocol: '00261.000001/2026-11',
      preliminary: true,
    });
    expect(one).toMatchObject({
      status: 'assessed',
      clock: { waits_for: ['people', 'completion'] },
    });
    one = await step(one, { step: 'told_people', at: ago(60_000), channel: 'both' });
    const told = dateInSaoPaulo(Date.parse(one.authority_at ?? ''));
    expect(one).toMatchObject({
      status: 'communicated',
      clock: { waits_for: ['completion'], complete_by: addWorkingDays(told, 20) },
    });
    expect(code(await tells(one, { step: 'close', note: 'Fim.' }))).toEqual([409, 'conflict']);
    one = await step(one, { step: 'completed', at: ago(0) });
    one = await step(one, { step: 'close', note: 'Notebook recuperado.' });
    expect(one).toMatchObject({ status: 'closed', clock: { days_left: null, waits_for: [] } });
    const path = `/api/incidents/${one.id}`;
    const late = await world.admin('PATCH', path, { revision: one.revision, title: 'outro' });
    expect(code(late)).toEqual([409, 'conflict']);
    await expect(
      owner.query("update incidents set title = 'outro' where id = $1", [one.id]),
    ).rejects.toMatchObject({ code: '23001' });
  });

  it('is completed in its own twenty days, long after the three of the first word', async () => {
    const day = 24 * hour;
    let one = await anIncident({ detected_at: ago(15 * day), known_at: ago(15 * day), facts });
    one = await step(one, grave);
    const at = ago(15 * day - hour);
    const preliminary = { step: 'told_authority', at, protocol: '1', preliminary: true };
    one = await step(one, preliminary);
    one = await step(one, { step: 'told_people', at, channel: 'both' });
    const known = { revision: one.revision, reason: 'Soube-se depois.', known_at: ago(day) };
    const path = `/api/incidents/${one.id}`;
    expect(code(await world.admin('PATCH', path, known))).toEqual([400, 'validation_failed']);
    const small = { revision: one.revision, small_agent: true };
    expect(code(await world.admin('PATCH', path, small))).toEqual([400, 'validation_failed']);
    one = await step(one, { step: 'completed', at: ago(0) });
    expect(one).toMatchObject({ status: 'communicated', clock: { waits_for: [] } });
  });

  it('is not communicated only with a reason, and not against its own assessment', async () => {
    let one = await step(await anIncident(), grave);
    const reason = 'O disco estava cifrado e a chave não saiu da clínica.';
    expect(code(await tells(one, { step: 'not_required', reason }))).toEqual([409, 'conflict']);
    one = await step(one, light);
    expect(code(await tells(one, { step: 'not_required', reason: 'não' }))).toEqual([
      400,
      'validation_failed',
    ]);
    one = await step(one, { step: 'not_required', reason });
    expect(one).toMatchObject({ status: 'not_required', clock: { days_left: null } });
    one = await step(one, { step: 'reopen', reason: 'A chave estava no notebook.' });
    expect(one).toMatchObject({ status: 'assessed', not_required_reason: null });
    expect(one.clock.waits_for).toEqual(['authority', 'people']);
    const reopened = (await historyOf(one))[1];
    expect(reopened?.snapshot).toMatchObject({ not_required_reason: reason });
  });

  it('asks for the reasons of a delay once the last day is over', async () => {
    let one = await step(await anIncident({ facts: { ...facts, delay_reason: null } }), grave);
    const { clock } = world.gateway;
    const late = endOfDayInSaoPaulo(one.clock.due_on ?? '') + hour - clock.now();
    clock.advance(late);
    try {
      const told = { step: 'told_authority', at: ago(0), protocol: '1', preliminary: false };
      expect((await tells(one, told)).body.error).toMatchObject({
        code: 'conflict',
        message: 'Fora do prazo: registre antes os motivos da demora.',
      });
      const path = `/api/incidents/${one.id}`;
      const read = incidentDetail.parse((await world.admin('GET', path)).body);
      expect(read.clock).toMatchObject({ overdue: true, days_left: expect.any(Number) });
      expect(read.missing).toContain('Motivos da demora');
      const explained = await world.admin('PATCH', path, {
        revision: one.revision,
        facts: { delay_reason: 'A investigação da polícia pediu sigilo.' },
      });
      one = await step(incidentDetail.parse(explained.body), told);
      expect(one.clock.waits_for).toEqual(['people']);
    } finally {
      clock.advance(-late);
    }
  });
});

describe('people whose data were affected', () => {
  it('are found in the audit log by who read in which time, and linked all at once', async () => {
    const one = await anIncident();
    const { database } = world.gateway.database;
    const child = await aPatient(world.gateway, world.clinic, 'Caio Criança');
    const old = await aPatient(world.gateway, world.clinic, 'Olga Idosa');
    const later = await aPatient(world.gateway, world.clinic, 'Lia Depois');
    await owner.query("update patients set birth_date = now() - interval '5 years' where id = $1", [
      child.id,
    ]);
    await owner.query(
      "update patients set birth_date = '1940-01-01', email = 'olga@example.com' where id = $1",
      [old.id],
    );
    const read = (patientId: string, userId: string) =>
      database.asSystem('arrange a test', (trx) =>
        audit(trx, {
          action: 'patient.read',
          tableName: 'patients',
          recordId: patientId,
          patientId,
          userId,
          clinicaId: world.clinic.id,
          actorKind: 'medico',
        }),
      );
    const from = new Date().toISOString();
    const { sub } = world.clinic.otherDoctor;
    await read(child.id, sub);
    await read(child.id, sub);
    await read(old.id, sub);
    await read(later.id, world.clinic.doctor.sub);
    const to = new Date(Date.now() + hour).toISOString();

    const path = `/api/incidents/${one.id}`;
    const query = new URLSearchParams({ from, to, user_id: sub });
    const found = incidentCandidates.parse(
      (await world.admin('GET', `${path}/candidates?${query}`)).body,
    );
    expect(found.total).toBe(2);
    expect(found.items).toMatchObject([
      { name: 'Caio Criança', times: 2, linked: false },
      { name: 'Olga Idosa', times: 1, linked: false },
    ]);
    const filter = { from, to, user_id: sub };
    expect((await world.admin('POST', `${path}/people`, { filter })).body).toEqual({
      added: 2,
      people: { linked: 2, children: 1, adolescents: 0, elderly: 1, age_unknown: 0 },
    });
    expect((await world.admin('POST', `${path}/people`, { filter })).body.added).toBe(0);
    const foreign = await aPatient(world.gateway, world.foreign, 'De Outra Clínica');
    const mixed = { patient_ids: [later.id, foreign.id] };
    expect(code(await world.admin('POST', `${path}/people`, mixed))).toEqual([404, 'not_found']);
    const added = await world.admin('POST', `${path}/people`, { patient_ids: [later.id] });
    expect(added.body.people).toMatchObject({ linked: 3, age_unknown: 1 });

    const pages: string[] = [];
    let cursor = '';
    do {
      const page = listOf(incidentPerson).parse(
        (await world.admin('GET', `${path}/people?limit=1${cursor}`)).body,
      );
      pages.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor !== '');
    expect(pages.toSorted()).toEqual(['Caio Criança', 'Lia Depois', 'Olga Idosa']);

    expect((await world.admin('DELETE', `${path}/people/${child.id}`)).status).toBe(204);
    expect(code(await world.admin('DELETE', `${path}/people/${child.id}`))).toEqual([
      404,
      'not_found',
    ]);
    const { rows } = await owner.query(
      'select removed_by from incident_people where incident_id = $1 and patient_id = $2',
      [one.id, child.id],
    );
    expect(rows).toEqual([{ removed_by: world.clinic.admin.sub }]);
    await expect(
      owner.query('delete from incident_people where incident_id = $1', [one.id]),
    ).rejects.toMatchObject({ code: '23001' });
    // What was not stated by hand is counted.
    const detail = incidentDetail.parse((await world.admin('GET', path)).body);
    expect(detail.form.find(({ key }) => key === 'affected')?.value).toBe(
      '2 no total (crianças: 0; adolescentes: 0; idosos: 1)',
    );
  });
});

describe('what leaves the register', () => {
  it('is a draft in plain words that names its gaps', async () => {
    const one = await anIncident({ facts: { ...facts, risks: null } });
    const notice = incidentNotice.parse(
      (await world.admin('GET', `/api/incidents/${one.id}/notice`)).body,
    );
    expect(notice.missing).toEqual(['os riscos para a pessoa']);
    for (const text of [notice.individual, notice.public]) {
      expect(text).toContain('O que isso pode causar\n[os riscos para a pessoa]');
      expect(text).toContain('Encarregada da clínica · dados@clinica.test');
      expect(text).not.toContain('Por que avisamos só agora');
    }
  });

  it('is an archive with the authority’s fields, in which nobody’s name reaches the authority', async () => {
    await owner.query('update clinicas set cnpj = $2 where id = $1', [
      world.clinic.id,
      '11222333000181',
    ]);
    const one = await anIncident({ facts });
    await world.admin('POST', `/api/incidents/${one.id}/people`, {
      patient_ids: [world.joao.id],
    });
    const path = `/api/incidents/${one.id}/export`;
    const files = unzipSync((await world.admin('GET', path)).bytes);
    expect(Object.keys(files).toSorted()).toEqual([
      'aviso-aos-titulares.txt',
      'comunicacao.html',
      'incidente.json',
      'leia-me.txt',
      'pessoas-afetadas.csv',
    ]);
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    const page = text('comunicacao.html');
    expect(page).toContain('furtado &lt;do carro&gt;');
    for (let item = 1; item <= 12; item += 1) {
      const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
      expect(page).toContain(`art. 6º, § 2º, ${roman[item - 1]}<`);
    }
    expect(page).toContain('CNPJ 11.222.333/0001-81');
    expect(text('pessoas-afetadas.csv')).toContain(world.joao.name);
    for (const name of ['comunicacao.html', 'incidente.json', 'aviso-aos-titulares.txt']) {
      expect(text(name)).not.toContain(world.joao.name);
    }
    const json = (await world.admin('GET', `${path}?format=json`)).body;
    expect(json).toMatchObject({ format: 'medcall-incident/1', incident: { missing: [] } });
    expect(code(await world.strangerAdmin('GET', path))).toEqual([404, 'not_found']);
    const log = (await world.admin('GET', '/api/audit?action=incident.export')).body.items;
    expect(log.map((entry: { changes: unknown }) => entry.changes)).toEqual([
      { format: 'json' },
      { format: 'zip' },
    ]);
  });
});

describe('the warning before a deadline', () => {
  it('reaches the administrators of the clinic once before the last day and once after it', async () => {
    const one = await anIncident();
    const { clock, jobs } = world.gateway;
    const told = async () => {
      await warnOfDeadlines(jobs.db, clock.now());
      const box = await world.admin('GET', '/api/notifications?box=own&limit=200');
      const { rows } = await owner.query<{ kind: string }>(
        `select kind from notifications where clinica_id = $1 and params ->> 'incident_id' = $2
         order by created_at`,
        [world.clinic.id, one.id],
      );
      expect(box.body.items.length).toBeGreaterThanOrEqual(rows.length);
      return rows.map(({ kind }) => kind);
    };
    expect(await told()).toEqual([]);
    // The eve of the last day, and the first hour after it.
    const eve = endOfDayInSaoPaulo(addWorkingDays(dateInSaoPaulo(clock.now()), 2)) - hour;
    const ahead = eve - clock.now();
    clock.advance(ahead);
    expect(await told()).toEqual(['incident.due_soon']);
    expect(await told()).toEqual(['incident.due_soon']);
    const after = endOfDayInSaoPaulo(one.clock.due_on ?? '') + hour - clock.now();
    clock.advance(after);
    expect(await told()).toEqual(['incident.due_soon', 'incident.overdue']);
    expect(await told()).toHaveLength(2);
    clock.advance(-ahead - after);
    const settled = await step(await step(await anIncident(), light), {
      step: 'not_required',
      reason: 'O disco estava cifrado.',
    });
    clock.advance(ahead + after);
    await warnOfDeadlines(jobs.db, clock.now());
    clock.advance(-ahead - after);
    const { rowCount } = await owner.query(
      'select 1 from incident_warnings where incident_id = $1',
      [settled.id],
    );
    expect(rowCount).toBe(0);
  });
});
