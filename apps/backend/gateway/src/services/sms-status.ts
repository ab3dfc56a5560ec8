import type { Clock, Database } from '@medcall/service-kit';
import { uuid } from '@medcall/shared-types';
import { fail, markSent } from '../messages/outcome.ts';

export interface SmsStatusReport {
  /** Our notification, from the callback's address. */
  reference: string | undefined;
  providerId: string;
  status: string;
}

/** What the vendor says became of a message: repeated, late, in any order. */
export interface SmsStatuses {
  report(report: SmsStatusReport): Promise<void>;
}

/** A message that is delivered is not un-delivered by a report that comes late. */
const final = ['delivered', 'failed', 'cancelled'];

export function createSmsStatuses(deps: {
  db: Database;
  clock: Clock;
  provider: string;
}): SmsStatuses {
  const { clock, db, provider } = deps;
  return {
    report: ({ providerId, reference, status }) =>
      db.asSystem('messages: the vendor reports a status', async (trx) => {
        const row = await trx
          .selectFrom('notifications')
          .select(['id', 'status', 'provider_id'])
          .where('channel', '=', 'sms')
          .where((eb) =>
            eb.or([
              eb.and([eb('provider', '=', provider), eb('provider_id', '=', providerId)]),
              ...(reference !== undefined && uuid.safeParse(reference).success
                ? [eb.and([eb('id', '=', reference), eb('provider_id', 'is', null)])]
                : []),
            ]),
          )
          .forUpdate()
          .executeTakeFirst();
        if (!row || final.includes(row.status)) return;
        // A report about a message whose answer we never got: that is its outcome.
        if (row.provider_id === null)
          await markSent(trx, row.id, provider, providerId, clock.now());
        switch (status) {
          case 'delivered':
          case 'read':
            await trx
              .updateTable('notifications')
              .set({ status: 'delivered' })
              .where('id', '=', row.id)
              .execute();
            return;
          case 'failed':
          case 'undelivered':
          case 'canceled':
            await fail(trx, row.id, 'refused');
            return;
          default:
          // accepted, scheduled, queued, sending, sent: on its way.
        }
      }),
  };
}
