import type { Trx } from '@medcall/service-kit';
import type { BookingTask } from './booking-task.ts';
import type { OutsideChange, OutsideEvent } from './calendar-provider.ts';
import { isSameSpan } from './outside-span.ts';

/**
 * After the agenda was written into the calendar: what the doctor had proposed there is settled. Where he and
 * the agenda had both changed the booking, the agenda's time stands now, and he is told which one was his.
 */
export async function noteOverruled(
  trx: Trx,
  { connection, consultationId, event, version }: BookingTask,
  before: OutsideChange | null,
): Promise<void> {
  const key = { connection_id: connection.id, consultation_id: consultationId };
  await trx
    .deleteFrom('calendar_changes')
    .where('connection_id', '=', key.connection_id)
    .where('consultation_id', '=', key.consultation_id)
    .execute();
  if (!event || !before || !isElsewhere(before, event)) return;
  const was = before.kind === 'there' ? before : null;
  await trx
    .insertInto('calendar_changes')
    .values({
      ...key,
      starts_at: was?.startsAt ?? null,
      ends_at: was?.endsAt ?? null,
      overruled: true,
      version,
    })
    .execute();
}

/** Neither where we had put it, nor where it is wanted now: a title or a colour is no change of ours. */
function isElsewhere(before: OutsideChange, wanted: OutsideEvent): boolean {
  if (before.kind === 'gone') return true;
  const isOurs = before.written !== null && isSameSpan(before, before.written);
  return !isOurs && !isSameSpan(before, wanted);
}
