import { AppError, type JobHandler, type Trx } from '@medcall/service-kit';
import { type CalendarDeps, calendarTokenContext, outsideEventId } from './calendar-deps.ts';
import { type ClosingChannel, closeChannels } from './connection-store.ts';

interface Left {
  id: string;
  /** Null where Google takes no request any more. */
  refreshToken: string | null;
  /** Bookings to come that may stand in the calendar, each with until when a try of another job may last. */
  bookings: { id: string; tryUntil: Date | null }[];
  channels: ClosingChannel[];
}

/**
 * The job `member.removed`: a doctor who left has no bookings of the clinic in his private calendar any more,
 * and what he allowed us at Google ends there and is forgotten here. The sealed token stays until Google has
 * answered, as it alone can do both.
 */
export function endConnection(deps: CalendarDeps): JobHandler {
  const { clock, db, provider } = deps;
  return async ({ signal, subjectId }) => {
    const left = await db.asSystem('calendar: a doctor left the clinic', (trx) =>
      leave(deps, trx, subjectId, new Date(clock.now())),
    );
    if (!left) return;
    if (left.refreshToken !== null && provider) {
      await takeOut(deps, left, left.refreshToken, signal);
      await closeChannels(deps, left.refreshToken, left.channels, signal);
      const ended = await provider.revoke(left.refreshToken);
      if (ended.kind !== 'done') throw notYet(`revoke: ${ended.why}`);
    }
    await db.asSystem('calendar: the connection of a doctor who left is forgotten', (trx) =>
      trx.deleteFrom('calendar_connections').where('id', '=', left.id).execute(),
    );
  };
}

/** From here on no other job begins anything in this calendar. */
async function leave(
  { seal }: CalendarDeps,
  trx: Trx,
  memberId: string,
  now: Date,
): Promise<Left | undefined> {
  const row = await trx
    .updateTable('calendar_connections as k')
    .from('medicos as d')
    .innerJoin('members as m', 'm.medico_id', 'd.id')
    .set({ status: 'revoked', busy_due_at: null })
    .whereRef('d.id', '=', 'k.doctor_id')
    .where('m.id', '=', memberId)
    .where('d.active', '=', false)
    .where('k.provider', '=', 'google')
    .returning(['k.id', 'k.doctor_id', 'k.token_sealed'])
    .executeTakeFirst();
  if (!row) return undefined;
  const bookings = await trx
    .selectFrom('calendar_events as e')
    .innerJoin('consultations as c', 'c.id', 'e.consultation_id')
    .select(['e.consultation_id as id', 'e.try_until as tryUntil'])
    .where('e.connection_id', '=', row.id)
    .where('e.state', '<>', 'gone')
    .where('c.scheduled_at', '>', now)
    .orderBy('c.scheduled_at')
    .execute();
  const channels = await trx
    .selectFrom('calendar_channels')
    .select(['id', 'resource_id'])
    .where('connection_id', '=', row.id)
    .execute();
  return {
    id: row.id,
    refreshToken:
      row.token_sealed && seal.open(row.token_sealed, calendarTokenContext(row.doctor_id)),
    bookings,
    channels,
  };
}

/** What is taken out is noted at once: the next try of this job begins behind it. */
async function takeOut(
  { clock, db, logger, provider }: CalendarDeps,
  left: Left,
  refreshToken: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { id, tryUntil } of left.bookings) {
    // A try that began before may still put the event in.
    if (tryUntil && tryUntil.getTime() > clock.now()) throw notYet('a try is under way');
    const outcome = await provider?.remove(refreshToken, outsideEventId(id), signal);
    switch (outcome?.kind) {
      case 'later':
        throw notYet(`remove: ${outcome.why}`);
      case 'disconnected':
        // He took the permission back himself: nobody can take anything out.
        return;
      case 'refused':
        logger.warn(
          { connectionId: left.id, consultationId: id, why: outcome.why },
          'an event of a doctor who left was not taken out',
        );
    }
    await db.asSystem('calendar: a booking left with its doctor', (trx) =>
      trx
        .updateTable('calendar_events')
        .set({ state: 'gone', try_until: null })
        .where('connection_id', '=', left.id)
        .where('consultation_id', '=', id)
        .execute(),
    );
  }
}

/** The job is asked for again. */
function notYet(why: string): AppError {
  return new AppError('unavailable', { cause: new Error(why) });
}
