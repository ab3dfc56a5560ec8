import type { IncidentDetail } from '@medcall/shared-types';
import { addWorkingDays, dateInSaoPaulo, endOfDayInSaoPaulo } from '@medcall/utils';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import { warnOfDeadlines } from '../services/incidents/warn-of-deadlines.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import {
  facts,
  grave,
  hour,
  type IncidentWorld,
  incidentWorld,
  light,
} from '../testing/incident-world.ts';
import { ownerOf } from '../testing/owner-client.ts';

let world: IncidentWorld;
let owner: pg.Client;
let resend: FakeResend;
let ahead = 0;

beforeAll(async () => {
  resend = await startFakeResend();
  world = await incidentWorld({
    MAIL_PROVIDER: 'resend',
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'MedCall <nao-responda@medcall.test>',
  });
  owner = await ownerOf(world.gateway);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
  await resend?.close();
});
// Tokens and the clinic's day are of now again.
afterEach(() => {
  world.gateway.clock.advance(-ahead);
  ahead = 0;
});

function goTo(atMs: number): void {
  const ms = atMs - world.gateway.clock.now();
  world.gateway.clock.advance(ms);
  ahead += ms;
}

/** What the watch finds, and what the job of messages makes of it. */
async function warned(): Promise<void> {
  await warnOfDeadlines(world.gateway.jobs.db, world.gateway.clock.now());
  await drainJobs(world.gateway);
}

/** Kind, channel and fate of what was written about an incident, in its order. */
async function toldOf({ id }: IncidentDetail): Promise<string[]> {
  const { rows } = await owner.query<{ kind: string; channel: string; status: string }>(
    `select kind, channel, status from notifications where params ->> 'incident_id' = $1
     order by created_at, channel`,
    [id],
  );
  return rows.map(({ channel, kind, status }) => `${kind} ${channel} ${status}`);
}

const mailsOf = ({ number }: IncidentDetail) =>
  resend.sent.filter(
    ({ subject, to }) =>
      to.includes(world.clinic.admin.email) && subject.includes(`Incidente nº ${number}:`),
  );

/** Of the days that an incident of now has. */
const eveOf = () =>
  endOfDayInSaoPaulo(addWorkingDays(dateInSaoPaulo(world.gateway.clock.now()), 2));

const soon = ['incident.due_soon app delivered', 'incident.due_soon email sent'];
const late = ['incident.overdue app delivered', 'incident.overdue email sent'];

describe('the warning before a deadline', () => {
  it('reaches the administrators of the clinic once before the last day and once after it, by mail too', async () => {
    const one = await world.anIncident();
    await warned();
    expect(await toldOf(one)).toEqual([]);
    goTo(eveOf() - hour);
    await warned();
    await warned();
    expect(await toldOf(one)).toEqual(soon);
    const box = await world.admin('GET', '/api/notifications?box=own&limit=200');
    const kinds = box.body.items.map(({ channel, kind }: Record<string, string>) => [
      channel,
      kind,
    ]);
    expect(kinds).toEqual([['app', 'incident.due_soon']]);

    goTo(endOfDayInSaoPaulo(one.clock.due_on ?? '') + hour);
    await warned();
    await warned();
    expect(await toldOf(one)).toEqual([...soon, ...late]);
    const day = (one.clock.due_on ?? '').split('-').reverse().join('/');
    expect(mailsOf(one).map(({ subject }) => subject)).toEqual([
      `Incidente nº ${one.number}: o prazo termina em ${day} · MedCall`,
      `Incidente nº ${one.number}: o prazo terminou em ${day} · MedCall`,
    ]);
    const [first] = mailsOf(one);
    expect(first?.text).toContain('http://frontend.test/admin?aba=incidentes');
    // What it is about stays in the register.
    expect(JSON.stringify(mailsOf(one))).not.toContain('Notebook');
    for (const { email } of [world.clinic.doctor, world.foreign.admin]) {
      expect(resend.sent.filter(({ to }) => to.includes(email))).toEqual([]);
    }
  });

  it('is not mailed any more where the communication was made in the meantime', async () => {
    let one = await world.step(await world.anIncident({ facts }), grave);
    goTo(eveOf() - hour);
    await warnOfDeadlines(world.gateway.jobs.db, world.gateway.clock.now());
    const at = world.ago(0);
    const told = { step: 'told_authority', at, protocol: '1', preliminary: false };
    one = await world.step(one, told);
    one = await world.step(one, { step: 'told_people', at, channel: 'both' });
    await drainJobs(world.gateway);
    expect(await toldOf(one)).toEqual([
      'incident.due_soon app delivered',
      'incident.due_soon email cancelled',
    ]);
    expect(mailsOf(one)).toEqual([]);
  });

  it('is not mailed to who administers the clinic no more when it is sent', async () => {
    const one = await world.anIncident();
    goTo(eveOf() - hour);
    await warnOfDeadlines(world.gateway.jobs.db, world.gateway.clock.now());
    const { admin, id } = world.clinic;
    const { rows } = await owner.query<{ id: string }>(
      "insert into medicos (nome, crm, clinica_id) values ('Dra. Nova', '987654/SP', $1) returning id",
      [id],
    );
    const become = (role: string, medicoId: string | undefined) =>
      owner.query('update members set role = $2, medico_id = $3 where user_auth = $1', [
        admin.sub,
        role,
        medicoId,
      ]);
    await become('medico', rows[0]?.id);
    await drainJobs(world.gateway);
    await become('admin', undefined);
    expect(await toldOf(one)).toEqual([
      'incident.due_soon app delivered',
      'incident.due_soon email cancelled',
    ]);
    expect(mailsOf(one)).toEqual([]);
  });

  it('does not come for what need not be communicated, but for a preliminary word that is open', async () => {
    const reason = 'O disco estava cifrado.';
    const settled = await world.step(await world.step(await world.anIncident(), light), {
      step: 'not_required',
      reason,
    });
    let open = await world.step(await world.anIncident(), light);
    const at = world.ago(0);
    open = await world.step(open, { step: 'told_authority', at, protocol: '7', preliminary: true });
    open = await world.step(open, { step: 'not_required', reason });
    expect(open.clock.waits_for).toEqual(['completion']);
    goTo(endOfDayInSaoPaulo(open.clock.complete_by ?? '') - hour);
    await warned();
    expect(await toldOf(settled)).toEqual([]);
    expect(await toldOf(open)).toEqual(soon);
  });
});
