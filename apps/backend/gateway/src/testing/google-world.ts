import type { DB } from '@medcall/service-kit';
import { type CalendarStatus, calendarStatus, googleOutcome } from '@medcall/shared-types';
import { type Selectable, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import {
  type AtGoogle,
  type FakeGoogle,
  startFakeGoogle,
} from '../../../../../tests/fakes/google/fake-google.ts';
import { outsideEventId } from '../calendar/calendar-deps.ts';
import { readBusySoon } from '../calendar/connection-store.ts';
import { refreshBusy } from '../calendar/read-calendar.ts';
import { drainJobs } from './drain-jobs.ts';
import { type TwoClinics, twoClinics } from './two-clinics.ts';
import type { Api, ApiAnswer } from './world.ts';

export const account = 'medica@gmail.test';
export const dayMs = 86_400_000;
export let world: TwoClinics;
export let google: FakeGoogle;

/** Two clinics with a client at a fake Google; before each test nothing is booked and nobody connected. */
export function useGoogleWorld(): void {
  beforeAll(async () => {
    google = await startFakeGoogle();
    world = await twoClinics({
      ...google.env,
      MESSAGE_TIMEOUT_MS: '3000',
      // Google opens channels to https alone; an entrance would stand in front.
      PUBLIC_GATEWAY_URL: 'https://gateway.test',
    });
    google.channels.now = () => world.gateway.clock.now();
  });
  afterAll(async () => {
    await world?.gateway.stop();
    await google?.close();
  });
  beforeEach(async () => {
    await world.gateway.database.database.asSystem('test', async (trx) => {
      await trx
        .updateTable('consultations')
        .set({ status: 'CANCELLED', cancelled_at: new Date() })
        .where('status', '=', 'WAITING')
        .execute();
    });
    await drain();
    for (const api of [world.doctor, world.otherDoctor]) {
      await api('DELETE', '/api/calendar/google');
    }
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx.deleteFrom('calendar_connections').execute(),
    );
    await google.channels.told();
    google.events.clear();
    google.channels.entrance = null;
    google.channels.open.clear();
    google.channels.sent.length = 0;
    google.log.length = 0;
  });
}

export const drain = () =>
  drainJobs(world.gateway, { only: ['calendar.push', 'calendar.pull', 'calendar.watch'] });

/** Another appointment of the doctor's, half an hour long. @returns the event's id */
export const appoint = (at: Date, more: object = {}) =>
  google.appoint(account, {
    start: { dateTime: at.toISOString() },
    end: { dateTime: new Date(at.getTime() + 1_800_000).toISOString() },
    ...more,
  });

/** Reads every connected calendar at once. */
export async function readNow(): Promise<void> {
  const now = new Date(world.gateway.clock.now());
  const connections = await rowsOf('calendar_connections');
  await world.gateway.database.database.asSystem('test', async (trx) => {
    for (const { id } of connections) await readBusySoon(trx, id, now);
  });
  await drain();
}

/** Reads calendars again, a while later. */
export async function readAgain(): Promise<void> {
  world.gateway.clock.advance(61 * 60_000);
  await refreshBusy(world.gateway.jobs.outsideCalendar);
  await drain();
}

export function rowsOf<
  T extends 'calendar_busy' | 'calendar_changes' | 'calendar_channels' | 'calendar_connections',
>(table: T): Promise<Selectable<DB[T]>[]> {
  return world.gateway.database.database.asSystem('test', async (trx) => {
    const { rows } = await sql<Selectable<DB[T]>>`select * from ${sql.table(table)}`.execute(trx);
    return rows;
  });
}

/** Moves the clock past every pause and does what waits, until nothing does. */
export async function settleAll(): Promise<void> {
  for (let n = 0; n < 6; n += 1) {
    world.gateway.clock.advance(60_000);
    await drain();
  }
}

/** @returns how it ended */
export async function connect(api: Api = world.doctor, person: AtGoogle = {}): Promise<string> {
  const asked = await api('POST', '/api/calendar/google/connect');
  expect(asked.status, asked.text).toBe(200);
  return comeBack(google.visit(asked.body.url, person), api);
}

/** The browser is sent on from the gateway to the page, whose script asks with the session that is there. */
export async function comeBack(back: URL, api: Api = world.doctor): Promise<string> {
  const answer = await finish(await pageAfter(back), api);
  expect(answer.status, answer.text).toBe(200);
  return googleOutcome.parse(answer.body).outcome;
}

/** @returns the page of ours that the browser ends at */
export async function pageAfter(back: URL): Promise<URL> {
  const answer = await fetch(`${world.gateway.url}${back.pathname}${back.search}`, {
    redirect: 'manual',
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

export function finish(page: URL, api: Api): Promise<ApiAnswer> {
  const said = Object.fromEntries(new URLSearchParams(page.hash.slice(1)));
  return api('POST', '/api/calendar/google/callback', said);
}

export async function statusOf(api: Api = world.doctor): Promise<CalendarStatus['google']> {
  return calendarStatus.parse((await api('GET', '/api/calendar')).body).google;
}

/** Noon in São Paulo, some days from now, each booking on another day. */
let days = 2;
export function aTime(): Date {
  days += 1;
  const at = new Date(world.gateway.clock.now() + days * dayMs);
  at.setUTCHours(15, 0, 0, 0);
  return at;
}

export const aBooking = (at = aTime(), more: object = {}) =>
  world.aConsultation({ scheduled_at: at.toISOString(), duration_minutes: 30, ...more });

export const eventsOf = (email = account) =>
  [...(google.events.get(email)?.values() ?? [])].filter(({ status }) => status === 'confirmed');

export const eventOf = (id: string, email = account) =>
  google.events.get(email)?.get(outsideEventId(id));
