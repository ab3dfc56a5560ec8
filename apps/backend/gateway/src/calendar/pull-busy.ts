import type { JobHandler } from '@medcall/service-kit';
import type { CalendarDeps } from './calendar-deps.ts';
import type { BusySpan } from './calendar-provider.ts';
import { connectionFailed, openConnection, readBusySoon } from './connection-store.ts';

const dayMs = 86_400_000;
/** Google answers for about two months at a time; a clinic may offer a year. */
const windowDays = 50;
const windows = 8;

/**
 * The job `calendar.pull`: reads when the doctor is busy elsewhere, which `app.free_slots` leaves out.
 * Our own events are among it; a reading after each change of theirs frees what they freed.
 */
export function pullBusy(deps: CalendarDeps): JobHandler {
  const { backOff, clock, db, logger, provider } = deps;
  return async ({ signal, subjectId }) => {
    if (!provider) return;
    const connection = await db.asSystem('calendar: a connection to read', async (trx) => {
      // Whoever changes something from here on asks for another reading; one that cannot be read is not due.
      await trx
        .updateTable('calendar_connections')
        .set({ busy_due_at: null })
        .where('id', '=', subjectId)
        .execute();
      return openConnection(deps, trx, subjectId);
    });
    if (!connection) return;
    const began = clock.now();
    const spans: BusySpan[] = [];
    for (let n = 0; n < windows; n += 1) {
      const span = {
        startsAt: new Date(began + n * windowDays * dayMs),
        endsAt: new Date(began + (n + 1) * windowDays * dayMs),
      };
      const outcome = await provider.busy(connection.refreshToken, span, signal);
      if (outcome.kind === 'disconnected') {
        return db.asSystem('calendar: a connection ended', (trx) =>
          connectionFailed(deps, trx, connection, outcome.why),
        );
      }
      if (outcome.kind !== 'done') {
        // What was read before stays: rather an old span too many than a double booking.
        const asked = outcome.kind === 'later' ? (outcome.retryAfterMs ?? 0) : 0;
        const pause = Math.min(Math.max(asked, 6 * backOff.firstMs), backOff.longestMs);
        logger.warn({ connectionId: subjectId, why: outcome.why }, 'busy times were not read');
        return db.asSystem('calendar: read later', (trx) =>
          readBusySoon(trx, subjectId, new Date(clock.now() + pause)),
        );
      }
      spans.push(...outcome.value);
    }
    await db.asSystem('calendar: what is busy', async (trx) => {
      // One reading after the other, and none for a connection that ended meanwhile.
      const still = await trx
        .updateTable('calendar_connections')
        .set({ busy_read_at: new Date(began) })
        .where('id', '=', connection.id)
        .where('status', '=', 'active')
        .where((eb) =>
          eb.or([eb('busy_read_at', 'is', null), eb('busy_read_at', '<=', new Date(began))]),
        )
        .returning('id')
        .executeTakeFirst();
      if (!still) return;
      await trx.deleteFrom('calendar_busy').where('connection_id', '=', connection.id).execute();
      if (spans.length === 0) return;
      await trx
        .insertInto('calendar_busy')
        .values(
          spans.map((span) => ({
            connection_id: connection.id,
            doctor_id: connection.doctorId,
            starts_at: span.startsAt,
            ends_at: span.endsAt,
          })),
        )
        .execute();
    });
  };
}

const staleMs = 5 * 60_000;
const atOnce = 200;

/** Asks for readings of what was not read for a while: calendars change without telling us. */
export function refreshBusy({ clock, db, provider }: CalendarDeps): Promise<void> {
  if (!provider) return Promise.resolve();
  return db.asSystem('calendar: which connections to read again', async (trx) => {
    const now = new Date(clock.now());
    const stale = await trx
      .selectFrom('calendar_connections as k')
      .innerJoin('medicos as d', 'd.id', 'k.doctor_id')
      .select('k.id')
      .where('d.active', '=', true)
      .where('k.provider', '=', 'google')
      .where('k.status', '=', 'active')
      .where((eb) =>
        eb.or([
          eb('busy_read_at', 'is', null),
          eb('busy_read_at', '<', new Date(now.getTime() - staleMs)),
        ]),
      )
      .orderBy('busy_read_at', (order) => order.asc().nullsFirst())
      .limit(atOnce)
      .execute();
    for (const { id } of stale) await readBusySoon(trx, id, now);
  });
}
