import { describe, expect, it } from 'vitest';
import {
  aBooking,
  account,
  appoint,
  aTime,
  comeBack,
  connect,
  drain,
  eventsOf,
  finish,
  google,
  pageAfter,
  readAgain,
  rowsOf,
  statusOf,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { code, twoClinics } from '../testing/two-clinics.ts';
import { outsideEventId } from './calendar-deps.ts';

useGoogleWorld();

describe('connecting', () => {
  it('goes to Google and back with state and PKCE, and keeps the permission sealed', async () => {
    expect(await statusOf()).toMatchObject({ available: true, status: 'disconnected' });
    expect(await connect()).toBe('connected');
    expect(await statusOf()).toMatchObject({ status: 'active', account_email: account });
    const { rows } = await world.gateway.database.database.asSystem('test', async (trx) => ({
      rows: await trx.selectFrom('calendar_connections').selectAll().execute(),
    }));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.token_sealed?.toString('latin1')).not.toContain('1//');
  });

  it('takes a state once, from who asked for it, and not for ever', async () => {
    const ask = async () =>
      google.visit((await world.doctor('POST', '/api/calendar/google/connect')).body.url);
    const back = await ask();
    expect(await comeBack(back)).toBe('connected');
    expect(await comeBack(back)).toBe('failed');
    const forged = await ask();
    forged.searchParams.set('state', 'of-nobody');
    expect(await comeBack(forged)).toBe('failed');
    // A code that was asked for with another verifier: Google refuses it, and so do we.
    const [mine, theirs] = [await ask(), await ask()];
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect(await comeBack(mine)).toBe('refused');
    const late = await ask();
    world.gateway.clock.advance(11 * 60_000);
    expect(await comeBack(late)).toBe('failed');
  });

  it('says so when the doctor refuses, unticks a permission, or Google is out of order', async () => {
    expect(await connect(world.doctor, { denies: true })).toBe('refused');
    const without = ['https://www.googleapis.com/auth/calendar.events.owned'];
    expect(await connect(world.doctor, { without })).toBe('refused');
    google.tokenFaults.next({ kind: 'server_error_before' });
    expect(await connect()).toBe('failed');
    expect((await statusOf()).status).toBe('disconnected');
  });

  it('is a doctor’s own: neither a colleague’s nor the administration’s', async () => {
    await connect();
    expect((await statusOf(world.otherDoctor)).status).toBe('disconnected');
    expect(code(await world.admin('POST', '/api/calendar/google/connect'))).toEqual([
      403,
      'forbidden',
    ]);
  });

  it('ends with who began it: another doctor’s session takes nothing from it, and gives nothing', async () => {
    const before = google.permissions();
    const asked = await world.doctor('POST', '/api/calendar/google/connect');
    // Somebody else was led to Google’s page with the doctor’s address, and allows it for his own account.
    const page = await pageAfter(google.visit(asked.body.url, { email: 'vitima@gmail.test' }));
    expect([page.pathname, page.search]).toEqual(['/configuracoes/google', '']);
    for (const other of [world.otherDoctor, world.stranger]) {
      const answer = await finish(page, other);
      expect([answer.status, answer.body]).toEqual([200, { outcome: 'failed' }]);
      expect((await statusOf(other)).status).toBe('disconnected');
    }
    expect((await finish(page, world.nobody)).status).toBe(401);
    expect((await statusOf()).status).toBe('disconnected');
    expect(google.permissions()).toBe(before);
    // The visit is still the doctor’s own.
    expect((await finish(page, world.doctor)).body).toEqual({ outcome: 'connected' });
  });
});

describe('connecting over a connection', () => {
  it('of another account ends that one’s channels and permission at Google', async () => {
    await connect();
    await drain();
    const [first] = google.channels.open.keys();
    const permissions = google.permissions();
    expect(await connect(world.doctor, { email: 'outra@gmail.test' })).toBe('connected');
    expect(google.channels.open.has(first ?? '')).toBe(false);
    expect(google.permissions()).toBe(permissions);
    await drain();
    expect([...google.channels.open.values()]).toMatchObject([{ email: 'outra@gmail.test' }]);
    expect(await statusOf()).toMatchObject({ status: 'active', problem: null });
  });

  it('of the same account closes its channels and keeps the permission, which is one', async () => {
    await connect();
    await drain();
    const [first] = google.channels.open.keys();
    await connect();
    expect(google.channels.open.has(first ?? '')).toBe(false);
    await drain();
    expect(google.channels.open.size).toBe(1);
    expect(await statusOf()).toMatchObject({ status: 'active', synced_at: expect.any(String) });
  });

  it('is done although Google ends nothing of the one before', async () => {
    await connect();
    await drain();
    google.faults.next({ kind: 'server_error_before' });
    google.revokeFaults.next({ kind: 'server_error_before' });
    expect(await connect(world.doctor, { email: 'outra@gmail.test' })).toBe('connected');
    await drain();
    expect(await statusOf()).toMatchObject({ status: 'active', account_email: 'outra@gmail.test' });
  });
});

describe('disconnecting', () => {
  it('forgets token, account and busy times, here and at Google', async () => {
    const at = aTime();
    appoint(at);
    await connect();
    const { id } = await aBooking();
    await drain();
    google.calendars.remove(account, outsideEventId(id));
    await readAgain();
    // What there is to forget is there.
    expect(google.channels.open.size).toBe(1);
    for (const table of ['calendar_busy', 'calendar_changes', 'calendar_channels'] as const) {
      expect(await rowsOf(table)).toHaveLength(1);
    }
    const permissions = google.permissions();
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
    expect(google.permissions()).toBe(permissions - 1);
    expect(await statusOf()).toMatchObject({ status: 'disconnected', account_email: null });
    const left = await world.gateway.database.database.asSystem('test', async (trx) => ({
      connections: await trx
        .selectFrom('calendar_connections')
        .select(['status', 'token_sealed', 'account_email', 'sync_token', 'busy_read_at'])
        .select(['read_whole_at', 'watch_due_at'])
        .execute(),
      busy: await trx.selectFrom('calendar_busy').select('id').execute(),
      channels: await trx.selectFrom('calendar_channels').select('id').execute(),
      changes: await trx.selectFrom('calendar_changes').select('version').execute(),
      etags: await trx
        .selectFrom('calendar_events')
        .select('etag')
        .where('etag', 'is not', null)
        .execute(),
    }));
    const nothing = { status: 'revoked', token_sealed: null, account_email: null };
    const unread = {
      sync_token: null,
      busy_read_at: null,
      read_whole_at: null,
      watch_due_at: null,
    };
    expect(left).toEqual({
      connections: [{ ...nothing, ...unread }],
      busy: [],
      channels: [],
      changes: [],
      etags: [],
    });
    expect(google.channels.open.size).toBe(0);
    google.log.length = 0;
    await aBooking();
    await drain();
    expect(google.log).toEqual([]);
    // Connected again with the same account: the events are the same ones, not second ones.
    await connect();
    await drain();
    expect(
      [...(google.events.get(account)?.values() ?? [])].every(({ inserts }) => inserts === 1),
    ).toBe(true);
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
  });

  it('and connecting again takes out what was cancelled, moved away or forgotten in between', async () => {
    await connect();
    const [cancelled, movedAway, kept] = [await aBooking(), await aBooking(), await aBooking()];
    await drain();
    expect(eventsOf()).toHaveLength(3);
    await world.doctor('DELETE', '/api/calendar/google');
    await world.doctor('POST', `/api/consultations/${cancelled.id}/cancel`, {});
    const moved = await world.admin('POST', `/api/consultations/${movedAway.id}/move`, {
      scheduled_at: aTime().toISOString(),
      doctor_id: world.clinic.otherDoctor.medicoId,
      version: movedAway.version,
    });
    expect(moved.status, moved.text).toBe(200);
    await drain();
    expect(eventsOf()).toHaveLength(3);
    await connect();
    await drain();
    expect(eventsOf().map(({ id }) => id)).toEqual([outsideEventId(kept.id)]);
  });
});

describe('without a client at Google', () => {
  it('there is nothing to connect', async () => {
    const other = await twoClinics();
    try {
      const { body } = await other.doctor('GET', '/api/calendar');
      expect(body.google.available).toBe(false);
      const asked = await other.doctor('POST', '/api/calendar/google/connect');
      expect(code(asked)).toEqual([503, 'unavailable']);
    } finally {
      await other.gateway.stop();
    }
  });
});
