import { audit } from '@medcall/service-kit';
import { incidentCandidates, incidentDetail, incidentPerson, listOf } from '@medcall/shared-types';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hour, type IncidentWorld, incidentWorld } from '../testing/incident-world.ts';
import { ownerOf } from '../testing/owner-client.ts';
import { code } from '../testing/two-clinics.ts';
import { aPatient } from '../testing/world.ts';

let world: IncidentWorld;
let owner: pg.Client;

beforeAll(async () => {
  world = await incidentWorld();
  owner = await ownerOf(world.gateway);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
});

/** A reading of a card, as the audit log has it. */
const read = (patientId: string, userId: string) =>
  world.gateway.database.database.asSystem('arrange a test', (trx) =>
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

describe('people whose data were affected', () => {
  it('are found in the audit log by who read in which time, and linked all at once', async () => {
    const one = await world.anIncident();
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

  it('are each one person, with however many cards', async () => {
    const one = await world.anIncident();
    const path = `/api/incidents/${one.id}`;
    const cards = [];
    for (const name of ['Marta Uma', 'Marta Duas', 'Marta Três']) {
      cards.push(await aPatient(world.gateway, world.clinic, name));
    }
    const [standing, second, third] = cards.map(({ id }) => id);
    if (!standing || !second || !third) throw new Error('no cards');
    await owner.query('update patients set cpf = null where id = any($1)', [[second, third]]);
    // Linked before anybody knew that they are of one person.
    await world.admin('POST', `${path}/people`, { patient_ids: [second, third] });
    for (const merged_id of [second, third]) {
      const joined = await world.admin('POST', `/api/patients/${standing}/merge`, { merged_id });
      expect(joined.status, joined.text).toBeLessThan(300);
    }
    const from = new Date().toISOString();
    // An account of which the log says nothing else.
    const sub = crypto.randomUUID();
    for (const id of [standing, second, third]) await read(id, sub);
    const filter = { from, to: new Date(Date.now() + hour).toISOString(), user_id: sub };
    const found = async () =>
      incidentCandidates.parse(
        (await world.admin('GET', `${path}/candidates?${new URLSearchParams(filter)}`)).body,
      );
    const listed = async () =>
      listOf(incidentPerson)
        .parse((await world.admin('GET', `${path}/people`)).body)
        .items.map(({ name, patient_id }) => [patient_id, name]);
    expect(await found()).toMatchObject({
      total: 1,
      items: [{ patient_id: standing, name: 'Marta Uma', times: 3, linked: true }],
    });
    expect(await listed()).toEqual([[standing, 'Marta Uma']]);
    for (const again of [{ filter }, { patient_ids: [standing] }, { patient_ids: [third] }]) {
      const answer = await world.admin('POST', `${path}/people`, again);
      expect(answer.body).toMatchObject({ added: 0, people: { linked: 1 } });
    }
    // Taken out, he is out with every card; found again he is linked by the one that stands.
    expect((await world.admin('DELETE', `${path}/people/${standing}`)).status).toBe(204);
    expect(await listed()).toEqual([]);
    expect((await found()).items).toMatchObject([{ linked: false }]);
    const back = await world.admin('POST', `${path}/people`, { filter });
    expect(back.body).toMatchObject({ added: 1, people: { linked: 1 } });
    const { rows } = await owner.query(
      'select patient_id from incident_people where incident_id = $1 and removed_at is null',
      [one.id],
    );
    expect(rows).toEqual([{ patient_id: standing }]);
  });
});
