import { incidentDetail } from '@medcall/shared-types';
import { addWorkingDays, dateInSaoPaulo, endOfDayInSaoPaulo } from '@medcall/utils';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  facts,
  grave,
  hour,
  type IncidentWorld,
  incidentWorld,
  light,
} from '../testing/incident-world.ts';
import { ownerOf } from '../testing/owner-client.ts';
import { code } from '../testing/two-clinics.ts';

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

describe('the register of incidents', () => {
  it('is the administration’s of the clinic alone, and counts within it', async () => {
    const first = await world.anIncident();
    const second = await world.anIncident();
    expect(second.number).toBe(first.number + 1);
    const body = { title: 'x y z', detected_at: world.ago(hour) };
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
    const unknown = await world.anIncident({ known_at: null });
    expect(unknown.clock).toMatchObject({ due_on: null, days_left: null, waits_for: [] });
    const one = await world.anIncident();
    const today = dateInSaoPaulo(Date.parse(one.known_at ?? ''));
    expect(one.clock).toMatchObject({
      due_on: addWorkingDays(today, 3),
      overdue: false,
      waits_for: ['authority', 'people'],
    });
    const small = await world.anIncident({ small_agent: true });
    expect(small.clock.due_on).toBe(addWorkingDays(today, 6));
  });

  it('keeps what was known when, written by the database and nobody’s to change', async () => {
    const one = await world.anIncident({ known_at: null });
    const path = `/api/incidents/${one.id}`;
    const known = world.ago(hour);
    const changed = await world.admin('PATCH', path, {
      revision: 1,
      known_at: known,
      facts: { description: 'Furtaram um notebook.', affected_total: 3 },
    });
    expect(changed.body).toMatchObject({ revision: 2, facts: { affected_total: 3 } });
    const moved = { revision: 2, known_at: world.ago(90 * 60_000) };
    expect(code(await world.admin('PATCH', path, moved))).toEqual([400, 'validation_failed']);
    const again = await world.admin('PATCH', path, { ...moved, reason: 'O e-mail chegou antes.' });
    expect(again.status).toBe(200);
    expect(code(await world.admin('PATCH', path, { revision: 2, title: 'tarde' }))).toEqual([
      409,
      'version_conflict',
    ]);
    const history = await world.historyOf(one);
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
    expect((await world.historyOf(one))[0]).toMatchObject({
      revision: 4,
      changed: ['title'],
      by: null,
    });
  });

  it('refuses times that cannot be', async () => {
    const wrong = [
      { detected_at: world.ago(-hour) },
      { known_at: world.ago(-hour) },
      { detected_at: world.ago(hour), known_at: world.ago(2 * hour) },
    ];
    for (const body of wrong) {
      const made = await world.admin('POST', '/api/incidents', {
        title: 'Impossível',
        detected_at: world.ago(hour),
        ...body,
      });
      expect(code(made)).toEqual([400, 'validation_failed']);
    }
  });
});

describe('the way of an incident', () => {
  it('goes from assessment over both communications to its end, and stays as it was', async () => {
    let one = await world.anIncident({ facts });
    const early = await world.tells(one, {
      step: 'told_people',
      at: world.ago(0),
      channel: 'individual',
    });
    expect(code(early)).toEqual([409, 'conflict']);
    one = await world.step(one, grave);
    expect(one).toMatchObject({ status: 'assessed', significant: true });
    one = await world.step(one, {
      step: 'told_authority',
      at: world.ago(60_000),
      protocol: '00261.000001/2026-11',
      preliminary: true,
    });
    expect(one).toMatchObject({
      status: 'assessed',
      clock: { waits_for: ['people', 'completion'] },
    });
    one = await world.step(one, { step: 'told_people', at: world.ago(60_000), channel: 'both' });
    const told = dateInSaoPaulo(Date.parse(one.authority_at ?? ''));
    expect(one).toMatchObject({
      status: 'communicated',
      clock: { waits_for: ['completion'], complete_by: addWorkingDays(told, 20) },
    });
    expect(code(await world.tells(one, { step: 'close', note: 'Fim.' }))).toEqual([
      409,
      'conflict',
    ]);
    one = await world.step(one, { step: 'completed', at: world.ago(0) });
    one = await world.step(one, { step: 'close', note: 'Notebook recuperado.' });
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
    let one = await world.anIncident({
      detected_at: world.ago(15 * day),
      known_at: world.ago(15 * day),
      facts,
    });
    one = await world.step(one, grave);
    const at = world.ago(15 * day - hour);
    const preliminary = { step: 'told_authority', at, protocol: '1', preliminary: true };
    one = await world.step(one, preliminary);
    one = await world.step(one, { step: 'told_people', at, channel: 'both' });
    const known = { revision: one.revision, reason: 'Soube-se depois.', known_at: world.ago(day) };
    const path = `/api/incidents/${one.id}`;
    expect(code(await world.admin('PATCH', path, known))).toEqual([400, 'validation_failed']);
    const small = { revision: one.revision, small_agent: true };
    expect(code(await world.admin('PATCH', path, small))).toEqual([400, 'validation_failed']);
    one = await world.step(one, { step: 'completed', at: world.ago(0) });
    expect(one).toMatchObject({ status: 'communicated', clock: { waits_for: [] } });
  });

  it('is not communicated only with a reason, and not against its own assessment', async () => {
    let one = await world.step(await world.anIncident(), grave);
    const reason = 'O disco estava cifrado e a chave não saiu da clínica.';
    expect(code(await world.tells(one, { step: 'not_required', reason }))).toEqual([
      409,
      'conflict',
    ]);
    one = await world.step(one, light);
    expect(code(await world.tells(one, { step: 'not_required', reason: 'não' }))).toEqual([
      400,
      'validation_failed',
    ]);
    one = await world.step(one, { step: 'not_required', reason });
    expect(one).toMatchObject({ status: 'not_required', clock: { days_left: null } });
    one = await world.step(one, { step: 'reopen', reason: 'A chave estava no notebook.' });
    expect(one).toMatchObject({ status: 'assessed', not_required_reason: null });
    expect(one.clock.waits_for).toEqual(['authority', 'people']);
    const reopened = (await world.historyOf(one))[1];
    expect(reopened?.snapshot).toMatchObject({ not_required_reason: reason });
  });

  it('turns out to need no communication after the authority was told, and keeps that it was', async () => {
    const reason = 'A perícia mostrou que nenhum arquivo foi aberto.';
    let one = await world.step(await world.anIncident(), grave);
    const at = world.ago(0);
    one = await world.step(one, { step: 'told_authority', at, protocol: '55', preliminary: true });
    // Not against the assessment that stands.
    expect(code(await world.tells(one, { step: 'not_required', reason }))).toEqual([
      409,
      'conflict',
    ]);
    one = await world.step(one, light);
    one = await world.step(one, { step: 'not_required', reason });
    expect(one).toMatchObject({
      status: 'not_required',
      authority_at: at,
      authority_protocol: '55',
      clock: { waits_for: ['completion'] },
    });
    // The authority waits for the end of what was begun with it.
    const note = 'Nada foi aberto.';
    expect(code(await world.tells(one, { step: 'close', note }))).toEqual([409, 'conflict']);
    one = await world.step(one, { step: 'completed', at: world.ago(0) });
    expect(one).toMatchObject({ status: 'not_required', clock: { waits_for: [] } });
    one = await world.step(one, { step: 'close', note });
    const history = (await world.historyOf(one)).map(({ snapshot }) => snapshot);
    expect(history[0]).toMatchObject({ status: 'closed', authority_protocol: '55' });
    expect(history.map(({ status }) => status)).toContain('not_required');
    expect(history.map(({ significant }) => significant)).toContain(true);
  });

  it('asks for the reasons of a delay once the last day is over', async () => {
    let one = await world.step(
      await world.anIncident({ facts: { ...facts, delay_reason: null } }),
      grave,
    );
    const { clock } = world.gateway;
    const late = endOfDayInSaoPaulo(one.clock.due_on ?? '') + hour - clock.now();
    clock.advance(late);
    try {
      const told = { step: 'told_authority', at: world.ago(0), protocol: '1', preliminary: false };
      expect((await world.tells(one, told)).body.error).toMatchObject({
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
      one = await world.step(incidentDetail.parse(explained.body), told);
      expect(one.clock.waits_for).toEqual(['people']);
    } finally {
      clock.advance(-late);
    }
  });
});
