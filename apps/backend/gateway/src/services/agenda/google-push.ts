import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError, type Clock, type Database } from '@medcall/service-kit';
import { readBusySoon } from '../../calendar/connection-store.ts';

/** What Google's headers say; nothing of it is known to be Google's yet. */
export interface GoogleNotice {
  channelId: string;
  token: string;
  resourceId: string;
  /** `sync` right after the channel was opened, `exists` for a change; of others nothing is known. */
  state: string;
}

/** Google says that something changed in a calendar, and nothing of what. */
export interface GooglePush {
  /**
   * Asks for one reading, however often it is told.
   * @throws AppError forbidden for whoever is not that channel's Google: of an unknown channel as of a known one
   */
  receive(notice: GoogleNotice): Promise<void>;
}

const nobody = Buffer.alloc(32);

export function createGooglePush({ clock, db }: { clock: Clock; db: Database }): GooglePush {
  return {
    receive: ({ channelId, resourceId, state, token }) =>
      db.asSystem('calendar: Google says that something changed', async (trx) => {
        const channel = await trx
          .selectFrom('calendar_channels')
          .select(['connection_id', 'token_hash', 'resource_id'])
          .where('id', '=', channelId)
          .executeTakeFirst();
        // Compared also where there is no channel: how long it takes says nothing.
        const given = createHash('sha256').update(token).digest();
        const isRight = timingSafeEqual(given, channel?.token_hash ?? nobody);
        if (!channel || !isRight) throw new AppError('forbidden');
        // The first message may come before Google has told us the name of what is watched.
        if (channel.resource_id !== null && channel.resource_id !== resourceId) {
          throw new AppError('forbidden');
        }
        if (state === 'sync') return;
        await readBusySoon(trx, channel.connection_id, new Date(clock.now()));
      }),
  };
}
