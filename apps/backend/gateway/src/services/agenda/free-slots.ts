import { notFound, type Trx } from '@medcall/service-kit';
import type { FreeSlot, FreeSlots } from '@medcall/shared-types';
import { sql } from 'kysely';

export interface SlotSearch {
  doctorId: string;
  /** First day, by the clinic's calendar. */
  from: string;
  days: number;
  /** Length of the consultation; null for the slot length of the doctor's hours. */
  minutes: number | null;
  /** Slots begin later than this. */
  after: Date;
}

/**
 * Free slots by day, for a caller of the doctor's clinic or for the system. The rule stands in the
 * database (`app.free_slots`), where time zones are and where other people's bookings may count unseen.
 * @throws AppError not_found for a doctor whom the caller does not see
 */
export async function freeSlotsOf(trx: Trx, search: SlotSearch): Promise<FreeSlots> {
  const doctor = await trx
    .selectFrom('medicos as d')
    .innerJoin('clinicas as k', 'k.id', 'd.clinica_id')
    .select('k.timezone')
    .where('d.id', '=', search.doctorId)
    .where('d.active', '=', true)
    .executeTakeFirst();
  if (!doctor) throw notFound();
  const { rows } = await sql<{ day: string; starts_at: Date; ends_at: Date; local: string }>`
    select day::text, starts_at, ends_at, local from app.free_slots(${search.doctorId}::uuid,
      ${search.from}::date, ${search.days}::integer, ${search.after}::timestamptz,
      ${search.minutes}::integer)`.execute(trx);
  const byDay = new Map<string, FreeSlot[]>(
    datesFrom(search.from, search.days).map((date) => [date, []]),
  );
  for (const row of rows) {
    byDay.get(row.day)?.push({
      starts_at: row.starts_at.toISOString(),
      ends_at: row.ends_at.toISOString(),
      local: row.local,
    });
  }
  return {
    doctor_id: search.doctorId,
    timezone: doctor.timezone,
    days: [...byDay].map(([date, slots]) => ({ date, slots })),
  };
}

/** Calendar days in a row, AAAA-MM-DD. */
function datesFrom(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, n) =>
    new Date(start + n * 86_400_000).toISOString().slice(0, 10),
  );
}
