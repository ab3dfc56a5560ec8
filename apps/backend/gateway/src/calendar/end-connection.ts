import { AppError, type JobHandler } from '@medcall/service-kit';
import { type CalendarDeps, calendarTokenContext } from './calendar-deps.ts';

/**
 * The job `member.removed`: what a doctor who left allowed us at Google ends there and is forgotten here.
 * The sealed token stays until Google has answered, as it alone can end the permission.
 */
export function endConnection({ db, provider, seal }: CalendarDeps): JobHandler {
  return async ({ subjectId }) => {
    const left = await db.asSystem('calendar: a doctor left the clinic', (trx) =>
      trx
        .updateTable('calendar_connections as k')
        .from('medicos as d')
        .innerJoin('members as m', 'm.medico_id', 'd.id')
        .set({ status: 'revoked', busy_due_at: null })
        .whereRef('d.id', '=', 'k.doctor_id')
        .where('m.id', '=', subjectId)
        .where('d.active', '=', false)
        .where('k.provider', '=', 'google')
        .returning(['k.id', 'k.doctor_id', 'k.token_sealed'])
        .executeTakeFirst(),
    );
    if (!left) return;
    if (left.token_sealed && provider) {
      const token = seal.open(left.token_sealed, calendarTokenContext(left.doctor_id));
      const ended = await provider.revoke(token);
      if (ended.kind !== 'done') {
        throw new AppError('unavailable', { cause: new Error(`revoke: ${ended.why}`) });
      }
    }
    await db.asSystem('calendar: the connection of a doctor who left is forgotten', (trx) =>
      trx.deleteFrom('calendar_connections').where('id', '=', left.id).execute(),
    );
  };
}
