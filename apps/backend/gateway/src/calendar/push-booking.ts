import { enqueue, type JobHandler, type Trx } from '@medcall/service-kit';
import { pauseAfter } from '../jobs/back-off.ts';
import { type Booking, bookings, doctorEntry } from '../services/agenda/booking-calendar.ts';
import type { BookingTask } from './booking-task.ts';
import { type CalendarDeps, outsideEventId } from './calendar-deps.ts';
import {
  anyEtag,
  type CalendarOutcome,
  type OutsideEvent,
  type WrittenEvent,
} from './calendar-provider.ts';
import {
  connectionFailed,
  lockConnection,
  openConnection,
  readBusySoon,
} from './connection-store.ts';
import { noteOverruled } from './note-overruled.ts';

const minuteMs = 60_000;

/**
 * The job `calendar.push`: makes the doctor's calendar say of a booking what the agenda says: put in,
 * moved, taken out, also out of a former doctor's. A row says that a try is under way before Google is
 * asked, and keeps others from trying at the same time; afterwards the booking is read again (decision 80).
 */
export function pushBooking(deps: CalendarDeps): JobHandler {
  return async ({ signal, subjectId }) => {
    const { db, provider } = deps;
    if (!provider) return;
    const tasks = await db.asSystem('calendar: what a booking asks for', (trx) =>
      takeTasks(deps, trx, subjectId),
    );
    for (const task of tasks) {
      const { refreshToken } = task.connection;
      const soon = AbortSignal.any([signal, AbortSignal.timeout(deps.tryForMs)]);
      const outcome = task.event
        ? await provider.put(refreshToken, task.event, task.etag, soon)
        : await provider.remove(refreshToken, outsideEventId(subjectId), soon);
      await db.asSystem('calendar: note the outcome', (trx) => settle(deps, trx, task, outcome));
    }
  };
}

async function takeTasks(
  deps: CalendarDeps,
  trx: Trx,
  consultationId: string,
): Promise<BookingTask[]> {
  const booking = await bookings(trx)
    .select(['c.doctor_id', 'k.timezone'])
    .where('c.id', '=', consultationId)
    // Not against a settling, which may note beside its connection that this booking was changed.
    .forNoKeyUpdate('c')
    .executeTakeFirst();
  if (!booking) return [];
  const tasks: BookingTask[] = [];
  for (const row of await calendarsOf(trx, consultationId, booking.doctor_id)) {
    const event = row.doctor_id === booking.doctor_id ? eventOf(booking, deps.frontendUrl) : null;
    if (isSettled(row, booking.version, event !== null)) continue;
    const now = deps.clock.now();
    if (row.try_until !== null && row.try_until.getTime() > now) {
      await enqueue(trx, 'calendar.push', consultationId, row.try_until);
      continue;
    }
    const connection = await openConnection(deps, trx, row.id);
    if (!connection) continue;
    const number = (row.tries ?? 0) + 1;
    const failures = row.version === booking.version ? (row.failures ?? 0) : 0;
    // What we took out ourselves, or are about to, nobody else has deleted.
    const etag = event === null || row.state === 'gone' ? anyEtag : row.etag;
    const begun = {
      state: 'pushing' as const,
      tries: number,
      failures,
      version: booking.version,
      try_until: new Date(now + (deps.tryForMs * 4) / 3),
      etag,
    };
    await trx
      .insertInto('calendar_events')
      .values({ connection_id: row.id, consultation_id: consultationId, ...begun })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'consultation_id']).doUpdateSet(begun),
      )
      .execute();
    const { version } = booking;
    tasks.push({ connection, consultationId, number, failures, version, event, etag });
  }
  return tasks;
}

/** The doctor's connection, and those in which the booking stands or stood. */
function calendarsOf(trx: Trx, consultationId: string, doctorId: string) {
  return trx
    .selectFrom('calendar_connections as k')
    .leftJoin('calendar_events as e', (join) =>
      join.onRef('e.connection_id', '=', 'k.id').on('e.consultation_id', '=', consultationId),
    )
    .select(['k.id', 'k.doctor_id', 'e.state', 'e.tries', 'e.failures', 'e.try_until', 'e.version'])
    .select('e.etag')
    .where('k.provider', '=', 'google')
    .where('k.status', '=', 'active')
    .where((eb) =>
      eb.or([eb('k.doctor_id', '=', doctorId), eb('e.consultation_id', 'is not', null)]),
    )
    .execute();
}

/** Nothing is to be done: it is so already, was given up as it is now, or was never to be there. */
function isSettled(
  row: { state: string | null; version: number | null },
  version: number,
  isWanted: boolean,
): boolean {
  if (row.state === null) return !isWanted;
  if (row.state === 'pushing' || row.version !== version) return false;
  return row.state === 'failed' || (row.state === 'there') === isWanted;
}

function eventOf(
  booking: Booking & { timezone: string },
  frontendUrl: string,
): OutsideEvent | null {
  if (booking.scheduled_at === null) return null;
  const entry = doctorEntry(booking, booking.scheduled_at, frontendUrl);
  if (entry.cancelled) return null;
  return {
    id: outsideEventId(booking.id),
    summary: entry.summary,
    description: entry.description ?? '',
    location: entry.location,
    url: entry.url ?? frontendUrl,
    startsAt: entry.startsAt,
    endsAt: new Date(entry.startsAt.getTime() + entry.minutes * minuteMs),
    timeZone: booking.timezone,
  };
}

async function settle(
  deps: CalendarDeps,
  trx: Trx,
  task: BookingTask,
  outcome: CalendarOutcome<WrittenEvent | null>,
): Promise<void> {
  const { connection, consultationId, version } = task;
  const { isAnew } = await lockConnection(trx, connection);
  if (outcome.kind === 'disconnected') {
    return connectionFailed(deps, trx, connection, outcome.why);
  }
  const note = (values: object) => noteOutcome(trx, task, values, isAnew);
  if (outcome.kind === 'later') {
    const pause = pauseAfter(task.failures + 1, deps.backOff, outcome.retryAfterMs);
    if (pause !== null) {
      if (await note({ failures: task.failures + 1 })) {
        await enqueue(trx, 'calendar.push', consultationId, new Date(deps.clock.now() + pause));
      }
      return;
    }
  }
  if (outcome.kind !== 'done') {
    const { why } = outcome;
    deps.logger.warn(
      { connectionId: connection.id, consultationId, why },
      'an event was not written',
    );
    await note({ state: 'failed' });
    return;
  }
  const written = outcome.value;
  const state = task.event ? 'there' : 'gone';
  if (await note({ state, failures: 0, etag: written?.etag ?? anyEtag })) {
    await noteOverruled(trx, task, written?.before ?? null);
  }
  const now = await trx
    .selectFrom('consultations')
    .select('version')
    .where('id', '=', consultationId)
    .executeTakeFirst();
  // Changed while this was under way: its own job found this try and may be gone.
  if (now && now.version !== version) await enqueue(trx, 'calendar.push', consultationId);
  await readBusySoon(trx, connection.id, new Date(deps.clock.now()));
}

/**
 * Lets the next one try. A try that was given up for lost and came through after all may have overwritten
 * a later one, and one of a connection before says nothing of this one: the booking is pushed once more.
 */
async function noteOutcome(
  trx: Trx,
  task: BookingTask,
  values: object,
  isAnew: boolean,
): Promise<boolean> {
  const ofBooking = () =>
    trx
      .updateTable('calendar_events')
      .where('connection_id', '=', task.connection.id)
      .where('consultation_id', '=', task.consultationId);
  const mine =
    !isAnew &&
    (await ofBooking()
      .set({ ...values, try_until: null })
      .where('tries', '=', task.number)
      .returning('tries')
      .executeTakeFirst());
  if (mine) return true;
  const overtaken = await ofBooking()
    .set({ state: 'pushing' })
    .returning('tries')
    .executeTakeFirst();
  if (overtaken) await enqueue(trx, 'calendar.push', task.consultationId);
  return false;
}
