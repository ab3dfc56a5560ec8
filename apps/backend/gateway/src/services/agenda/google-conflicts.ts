import { enqueue, notFound, type Trx } from '@medcall/service-kit';
import { type CalendarConflict, calendarConflict } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { CalendarDeps } from '../../calendar/calendar-deps.ts';
import { anyEtag } from '../../calendar/calendar-provider.ts';
import { usualMinutes } from '../../calendar/outside-span.ts';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { medicoOf } from './booking-calendar.ts';

/** Where the doctor's Google calendar and his agenda disagree; he decides, booking by booking. */
export interface GoogleConflicts {
  list(calling: Calling): Promise<CalendarConflict[]>;
  /**
   * The agenda stays as it is, and its time goes into the calendar again.
   * @throws AppError not_found where the doctor changed nothing there
   */
  keep(calling: Calling, member: Member, consultationId: string): Promise<void>;
}

export function createGoogleConflicts({
  clock,
  db,
}: Pick<CalendarDeps, 'clock' | 'db'>): GoogleConflicts {
  return {
    list: (calling) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const { rows } = await sql<{
            consultation_id: string;
            scheduled_at: Date;
            kind: string;
            starts_at: Date | null;
            ends_at: Date | null;
          }>`select * from app.calendar_conflicts(${new Date(clock.now())}::timestamptz)`.execute(
            trx,
          );
          const minutes = await minutesOf(
            trx,
            rows.map((row) => row.consultation_id),
          );
          return rows.map((row) =>
            calendarConflict.parse({
              ...row,
              duration_minutes: minutes.get(row.consultation_id) ?? usualMinutes,
              scheduled_at: row.scheduled_at.toISOString(),
              starts_at: row.starts_at?.toISOString() ?? null,
              ends_at: row.ends_at?.toISOString() ?? null,
            }),
          );
        },
        { readOnly: true },
      ),

    async keep(calling, member, consultationId) {
      const doctorId = medicoOf(member);
      await db.asSystem('calendar: a doctor keeps the agenda as it is', async (trx) => {
        const connection = await trx
          .selectFrom('calendar_connections')
          .select('id')
          .where('doctor_id', '=', doctorId)
          .where('provider', '=', 'google')
          // First, as everywhere: see `lockConnection`.
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (!connection) throw notFound();
        const change = await trx
          .deleteFrom('calendar_changes')
          .where('connection_id', '=', connection.id)
          .where('consultation_id', '=', consultationId)
          .returning('overruled')
          .executeTakeFirst();
        if (!change) throw notFound();
        // The agenda's time stands there already.
        if (change.overruled) return;
        await trx
          .updateTable('calendar_events')
          // He has seen what is there, and does not want it.
          .set({ state: 'pushing', failures: 0, etag: anyEtag })
          .where('connection_id', '=', connection.id)
          .where('consultation_id', '=', consultationId)
          .execute();
        await enqueue(trx, 'calendar.push', consultationId);
      });
      await db.asUser(calling.caller, (trx) =>
        auditCall(trx, calling, {
          action: 'calendar.google_keep',
          tableName: 'consultations',
          recordId: consultationId,
        }),
      );
    },
  };
}

/** How long bookings of the caller's are in the agenda; those without a length of their own are left out. */
async function minutesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('consultations')
    .select(['id', 'duration_minutes'])
    .where('id', 'in', ids)
    .execute();
  return new Map(
    rows.flatMap(({ duration_minutes: minutes, id }) => (minutes === null ? [] : [[id, minutes]])),
  );
}
