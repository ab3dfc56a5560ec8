import { createHash } from 'node:crypto';
import type { Trx } from '@medcall/service-kit';
import { outsideEventId } from './calendar-deps.ts';
import type { BusySpan, OutsideChange } from './calendar-provider.ts';
import type { Connection } from './connection-store.ts';
import { isSameSpan, spanOf } from './outside-span.ts';

/** What one reading of a calendar brought. */
export interface Reading extends BusySpan {
  changes: OutsideChange[];
  /** All events between `startsAt` and `endsAt`, not only what changed. */
  isWhole: boolean;
  began: number;
}

type There = Extract<OutsideChange, { kind: 'there' }>;
type OwnBooking = Awaited<ReturnType<typeof ownBookings>>[number];

const atOnce = 2_000;

/** Keeps when the doctor is busy elsewhere, and what he did there to bookings of ours. */
export async function applyReading(
  trx: Trx,
  connection: Connection,
  reading: Reading,
): Promise<void> {
  // An event on two pages is the one of the later page.
  const changes = new Map(reading.changes.map((change) => [change.id, change]));
  const own = await ownBookings(trx, connection.id, reading.isWhole ? null : [...changes.keys()]);
  const ownById = new Map(own.map((booking) => [outsideEventId(booking.consultation_id), booking]));
  await keepBusy(trx, connection, reading, changes, ownById);
  if (reading.isWhole) await forgetPast(trx, connection.id, reading.began);
  for (const [id, booking] of ownById) {
    const change = changes.get(id);
    if (change) await followOwn(trx, connection, booking, change, reading);
    else if (isDeletedThere(booking, reading)) {
      await followOwn(trx, connection, booking, { kind: 'gone', id }, reading);
    }
  }
}

/** Bookings that stand in the calendar. @param eventIds only these */
async function ownBookings(trx: Trx, connectionId: string, eventIds: string[] | null) {
  const ids = eventIds?.flatMap((id) => consultationOf(id) ?? []);
  if (ids?.length === 0) return [];
  return trx
    .selectFrom('calendar_events as e')
    .innerJoin('consultations as c', 'c.id', 'e.consultation_id')
    .select(['e.consultation_id', 'e.state', 'e.version as written_version', 'e.updated_at'])
    .select(['c.version', 'c.status', 'c.doctor_id', 'c.scheduled_at', 'c.duration_minutes'])
    .where('e.connection_id', '=', connectionId)
    .$if(ids !== undefined, (query) => query.where('c.id', 'in', ids ?? []))
    .execute();
}

/** The other way round of `outsideEventId`. */
function consultationOf(eventId: string): string | undefined {
  const [, a, b, c, d, e] =
    /^mc([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(eventId) ?? [];
  return a && [a, b, c, d, e].join('-');
}

async function keepBusy(
  trx: Trx,
  connection: Connection,
  { endsAt, isWhole, startsAt }: Reading,
  changes: ReadonlyMap<string, OutsideChange>,
  own: ReadonlyMap<string, OwnBooking>,
): Promise<void> {
  const ofConnection = trx.deleteFrom('calendar_busy').where('connection_id', '=', connection.id);
  const ids = [...changes.keys()];
  if (isWhole) await ofConnection.execute();
  else {
    for (const some of slices(ids)) {
      const hashes = some.map((id) => hashOf(connection.id, id));
      await ofConnection.where('event_hash', 'in', hashes).execute();
    }
  }
  const busy = [...changes.values()].filter(
    (change): change is There =>
      change.kind === 'there' &&
      change.isBusy &&
      change.endsAt > startsAt &&
      change.startsAt < endsAt &&
      !standsAsWritten(change, own.get(change.id)),
  );
  for (const some of slices(busy)) {
    await trx
      .insertInto('calendar_busy')
      .values(
        some.map((change) => ({
          connection_id: connection.id,
          doctor_id: connection.doctorId,
          starts_at: change.startsAt,
          ends_at: change.endsAt,
          event_hash: hashOf(connection.id, change.id),
          consultation_id: own.get(change.id)?.consultation_id ?? null,
        })),
      )
      .execute();
  }
}

/** The agenda itself says that a booking of ours takes its time. */
function standsAsWritten(change: There, booking: OwnBooking | undefined): boolean {
  if (!booking) return false;
  const wanted = change.written ?? spanOf(booking);
  return wanted !== null && isSameSpan(change, wanted);
}

/** What he did not decide in time is over with the booking. */
async function forgetPast(trx: Trx, connectionId: string, began: number): Promise<void> {
  await trx
    .deleteFrom('calendar_changes as x')
    .using('consultations as c')
    .whereRef('c.id', '=', 'x.consultation_id')
    .where('x.connection_id', '=', connectionId)
    .where('c.scheduled_at', '<=', new Date(began))
    .execute();
}

/** A proposal to the doctor where he changed it, none where it stands as we wrote it. */
async function followOwn(
  trx: Trx,
  connection: Connection,
  booking: OwnBooking,
  change: OutsideChange,
  { began }: Reading,
): Promise<void> {
  const key = { connection_id: connection.id, consultation_id: booking.consultation_id };
  if (change.kind === 'there' && standsAsWritten(change, booking)) {
    await trx
      .deleteFrom('calendar_changes')
      .where('connection_id', '=', key.connection_id)
      .where('consultation_id', '=', key.consultation_id)
      .where('overruled', '=', false)
      .execute();
    return;
  }
  // A try that is under way sees for itself what was changed, and says so.
  const isSettled = booking.state === 'there' && booking.written_version === booking.version;
  const isComing =
    booking.status === 'WAITING' &&
    booking.doctor_id === connection.doctorId &&
    booking.scheduled_at !== null &&
    booking.scheduled_at.getTime() > began;
  if (!isSettled || !isComing) return;
  const found = {
    starts_at: change.kind === 'there' ? change.startsAt : null,
    ends_at: change.kind === 'there' ? change.endsAt : null,
    overruled: false,
    version: booking.version,
  };
  await trx
    .insertInto('calendar_changes')
    .values({ ...key, ...found })
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'consultation_id']).doUpdateSet(found),
    )
    .execute();
}

/** A reading of the whole names no deleted events: who should be there and is not was deleted. */
function isDeletedThere(booking: OwnBooking, { began, endsAt, isWhole }: Reading): boolean {
  const at = booking.scheduled_at;
  return isWhole && at !== null && at < endsAt && booking.updated_at.getTime() < began;
}

function hashOf(connectionId: string, eventId: string): Buffer {
  return createHash('sha256').update(`${connectionId}:${eventId}`).digest();
}

function slices<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, n) =>
    all.slice(n * atOnce, (n + 1) * atOnce),
  );
}
