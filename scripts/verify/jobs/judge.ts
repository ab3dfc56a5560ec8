import type { World } from '@medcall/service-kit/testing/world';
import { Webhook } from 'standardwebhooks';
import { outsideEventId } from '../../../apps/backend/gateway/src/calendar/calendar-deps.ts';
import type { GoogleEvent } from '../../../tests/fakes/google/google-words.ts';
import { calendarAccount, emailOf, phoneOf, type VerifiedClinic } from './clinic.ts';
import type { Vendors } from './vendors.ts';

export interface JobsReport {
  date: string;
  seed: number;
  messages: number;
  jobsDone: number;
  kills: number;
  seconds: number;
  email: { wanted: number; sent: number; lost: number; doubled: number; requests: number };
  sms: {
    wanted: number;
    sent: number;
    lost: number;
    doubled: number;
    /** Shown to a person, and not sent twice. */
    unknown: number;
    requests: number;
    lookUps: number;
    /** Tries after one of unknown outcome with no answered look-up between the two. */
    blindRepeats: number;
  };
  webhook: {
    wanted: number;
    arrived: number;
    lost: number;
    /** Events that came under more than one id, or ids with more than one event. */
    unstableIds: number;
    repeated: number;
    badSignatures: number;
  };
  calendar: {
    wanted: number;
    there: number;
    lost: number;
    /** Events put in more than once, or beside those that were wanted. */
    doubled: number;
    /** At another time than the booking. */
    wrong: number;
    requests: number;
  };
  left: { outbox: number; unfinishedJobs: number; deadLetters: number };
}

/** True while there is work that somebody has still to do. */
export async function unfinished(world: World): Promise<number> {
  const [row] = await world.query<{ n: number }>(`
    select (select count(*) from app.job_outbox where kind in (${kinds}))::int
      + (select count(*) from notifications where channel <> 'app' and status in ('queued', 'sending'))::int
      + (select count(*) from webhook_deliveries where status in ('pending', 'failed'))::int
      + (select count(*) from calendar_events where state = 'pushing')::int as n`);
  return Number(row?.n ?? 0);
}
const kinds = "'notification.send', 'consultation.created', 'webhook.deliver', 'calendar.push'";

/** Counts what arrived outside against what was asked for inside. */
export async function judge(
  world: World,
  clinic: VerifiedClinic,
  vendors: Vendors,
  run: { seed: number; bookings: number; kills: number; seconds: number },
): Promise<JobsReport> {
  const numbers = Array.from({ length: run.bookings }, (_, index) => index + 1);
  const statuses = await world.query<{ status: string; n: number }>(
    "select status, count(*)::int as n from notifications where channel = 'sms' group by status",
  );
  const [left] = await world.query<{
    outbox: number;
    unfinished: number;
    dead: number;
    done: number;
  }>(`
    select (select count(*) from app.job_outbox where kind in (${kinds}))::int as outbox,
      (select count(*) from pgboss.job where name in (${kinds}) and state in ('created', 'retry', 'active'))::int as unfinished,
      (select count(*) from pgboss.job where name = 'dead-letters')::int as dead,
      (select count(*) from pgboss.job where name in (${kinds}) and state = 'completed')::int as done`);
  return {
    date: new Date().toISOString().slice(0, 10),
    seed: run.seed,
    messages: run.bookings * 4,
    jobsDone: left?.done ?? 0,
    kills: run.kills,
    seconds: run.seconds,
    email: judgeEmail(vendors, numbers),
    sms: {
      ...judgeSms(vendors, numbers),
      unknown: Number(statuses.find(({ status }) => status === 'unknown')?.n ?? 0),
    },
    webhook: await judgeWebhook(world, clinic, vendors),
    calendar: await judgeCalendar(world, vendors),
    left: {
      outbox: left?.outbox ?? -1,
      unfinishedJobs: left?.unfinished ?? -1,
      deadLetters: left?.dead ?? -1,
    },
  };
}

export function isPassed(report: JobsReport): boolean {
  const { calendar, email, left, sms, webhook } = report;
  return (
    calendar.lost + calendar.doubled + calendar.wrong === 0 &&
    email.lost + email.doubled === 0 &&
    // What is unknown was shown to a person instead of being sent blindly.
    sms.lost <= sms.unknown &&
    sms.doubled + sms.blindRepeats === 0 &&
    webhook.lost + webhook.unstableIds + webhook.badSignatures === 0 &&
    left.outbox + left.unfinishedJobs + left.deadLetters === 0
  );
}

function judgeEmail({ resend }: Vendors, numbers: readonly number[]): JobsReport['email'] {
  const counts = countBy(resend.sent.flatMap(({ to }) => to));
  const arrived = numbers.map((number) => counts.get(emailOf(number)) ?? 0);
  return {
    wanted: numbers.length,
    sent: arrived.filter((n) => n > 0).length,
    lost: arrived.filter((n) => n === 0).length,
    doubled: arrived.filter((n) => n > 1).length,
    requests: resend.requests.length,
  };
}

function judgeSms({ twilio }: Vendors, numbers: readonly number[]) {
  const counts = countBy(twilio.messages.map(({ to }) => to));
  const arrived = numbers.map((number) => counts.get(phoneOf(number)) ?? 0);
  let blindRepeats = 0;
  /** Per number: whether a try of unknown outcome stands without a look-up. */
  const open = new Set<string>();
  for (const { kind, status, to } of twilio.log) {
    if (kind === 'look_up') {
      open.delete(to);
      continue;
    }
    if (open.has(to)) blindRepeats += 1;
    // 429 is never processed: a certain answer.
    if (status !== 429) open.add(to);
  }
  return {
    wanted: numbers.length,
    sent: arrived.filter((n) => n > 0).length,
    lost: arrived.filter((n) => n === 0).length,
    doubled: arrived.filter((n) => n > 1).length,
    requests: twilio.log.filter(({ kind }) => kind === 'try').length,
    lookUps: twilio.lookUps.length,
    blindRepeats,
  };
}

async function judgeWebhook(
  world: World,
  clinic: VerifiedClinic,
  { receiver }: Vendors,
): Promise<JobsReport['webhook']> {
  const rows = await world.query<{ id: string }>('select id from consultations');
  const idsOf = new Map<string, Set<string>>();
  const eventsOf = new Map<string, Set<string>>();
  const verifier = new Webhook(clinic.webhookSecret);
  const real = Date.now;
  let badSignatures = 0;
  for (const { body, headers } of receiver.received) {
    const id = headers['webhook-id'] ?? '';
    // As of the moment of the try: the verifier refuses what is older than five minutes.
    Date.now = () => Number(headers['webhook-timestamp']) * 1000;
    try {
      verifier.verify(body, headers);
    } catch {
      badSignatures += 1;
    }
    const event = body.match(/"consultation_id":\s*"([^"]+)"/)?.[1] ?? '';
    add(idsOf, event, id);
    add(eventsOf, id, event);
  }
  Date.now = real;
  const arrived = rows.filter(({ id }) => idsOf.has(id)).length;
  return {
    wanted: rows.length,
    arrived,
    lost: rows.length - arrived,
    unstableIds:
      [...idsOf.values()].filter((ids) => ids.size > 1).length +
      [...eventsOf.values()].filter((events) => events.size > 1).length,
    repeated: receiver.received.length - arrived,
    badSignatures,
  };
}

async function judgeCalendar(world: World, { google }: Vendors): Promise<JobsReport['calendar']> {
  const rows = await world.query<{ id: string; scheduled_at: Date }>(
    'select id, scheduled_at from consultations where scheduled_at is not null',
  );
  const events = google.events.get(calendarAccount) ?? new Map<string, GoogleEvent>();
  const found = rows.map((row) => ({ ...row, event: events.get(outsideEventId(row.id)) }));
  const there = found.filter(({ event }) => event?.status === 'confirmed');
  return {
    wanted: rows.length,
    there: there.length,
    lost: rows.length - there.length,
    doubled:
      [...events.values()].filter(({ inserts }) => inserts > 1).length + events.size - there.length,
    wrong: there.filter(
      ({ event, scheduled_at }) =>
        new Date(event?.start.dateTime ?? 0).getTime() !== new Date(scheduled_at).getTime(),
    ).length,
    requests: google.log.length,
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key) ?? new Set<string>();
  values.add(value);
  map.set(key, values);
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
