import type { Database, Trx } from '@medcall/service-kit';
import type { Participant, RoomRole } from '@medcall/shared-types';
import { sql } from 'kysely';

/** A node that says nothing for this long is dead, and so are its connections. */
const staleSeconds = 25;
/** A dropped line becomes "left" after this. */
const awaySeconds = 60;

/** A person in a room as others see them. */
export interface Present extends Participant {
  roomId: string;
}

/** A change that the room has to be told of; each is returned to exactly one caller. */
export type PresenceChange =
  | { kind: 'away'; who: Present }
  | { kind: 'left'; who: Present; wasWaiting: boolean };

/**
 * Who is connected, in the database: every node sees everybody, and a node that dies takes nobody's
 * place with it. Admission is on the participant; a connection is a row that its node keeps fresh.
 */
export class Presence {
  private readonly database: Database;
  private readonly nodeId: string;

  constructor(database: Database, nodeId: string) {
    this.database = database;
    this.nodeId = nodeId;
  }

  /** Notes a connection of a participant who waits or is in. */
  async connect(
    participantId: string,
    connectionId: string,
    state: 'waiting' | 'joined',
  ): Promise<void> {
    await this.database.asSystem('connection opens', async (trx) => {
      await trx
        .insertInto('participant_connections')
        .values({ id: connectionId, participant_id: participantId, node_id: this.nodeId })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: new Date() }))
        .execute();
      await trx
        .updateTable('participants')
        .set((set) => ({
          state,
          away_since: null,
          left_at: null,
          joined_at: state === 'joined' ? set.fn.coalesce('joined_at', set.fn<Date>('now')) : null,
        }))
        .where('id', '=', participantId)
        .execute();
    });
  }

  /** Forgets a connection. @returns what changed when it was the person's last */
  disconnect(participantId: string, connectionId: string): Promise<PresenceChange | null> {
    return this.database.asSystem('connection closes', async (trx) => {
      await lockParticipant(trx, participantId);
      await trx.deleteFrom('participant_connections').where('id', '=', connectionId).execute();
      if (await isConnected(trx, participantId)) return null;
      return (await settleDisconnected(trx, [participantId]))[0] ?? null;
    });
  }

  /** The person goes on purpose, with this connection. @returns the change when it was the last one */
  leave(participantId: string, connectionId: string): Promise<PresenceChange | null> {
    return this.database.asSystem('participant leaves', async (trx) => {
      await lockParticipant(trx, participantId);
      await trx.deleteFrom('participant_connections').where('id', '=', connectionId).execute();
      if (await isConnected(trx, participantId)) return null;
      const [change] = await markLeft(trx, [participantId]);
      return change ?? null;
    });
  }

  /** Everybody who waits, is in, or dropped out for a moment. */
  list(consultationId: string): Promise<Present[]> {
    return this.database.asSystem('people of a room', async (trx) => {
      const rows = await trx
        .selectFrom('participants as p')
        .innerJoin('consultations as c', 'c.id', 'p.consultation_id')
        .select(presentColumns)
        .where('p.consultation_id', '=', consultationId)
        .where('p.state', 'in', ['waiting', 'joined', 'away'])
        .orderBy('p.created_at')
        .execute();
      return rows.map(toPresent);
    });
  }

  /** The connection of a joined person that came last: of two tabs, the newer one has the call. */
  newestConnection(consultationId: string, participantId: string): Promise<string | null> {
    return this.database.asSystem('target of a signal', async (trx) => {
      const row = await trx
        .selectFrom('participant_connections as k')
        .innerJoin('participants as p', 'p.id', 'k.participant_id')
        .select('k.id')
        .where('p.id', '=', participantId)
        .where('p.consultation_id', '=', consultationId)
        .where('p.state', '=', 'joined')
        .orderBy('k.connected_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.id ?? null;
    });
  }

  /** The person's other connections: tabs opened before, and lines whose end nobody has noticed yet. */
  otherConnections(participantId: string, connectionId: string): Promise<string[]> {
    return this.database.asSystem('earlier tabs of a person', async (trx) => {
      const rows = await trx
        .selectFrom('participant_connections')
        .select('id')
        .where('participant_id', '=', participantId)
        .where('id', '<>', connectionId)
        .execute();
      return rows.map((row) => row.id);
    });
  }

  /** Keeps this node's connections fresh and settles what dead nodes left behind. */
  async sweep(connectionIds: readonly string[]): Promise<PresenceChange[]> {
    return this.database.asSystem('presence sweep', async (trx) => {
      if (connectionIds.length > 0) {
        await trx
          .updateTable('participant_connections')
          .set({ seen_at: new Date() })
          .where('id', 'in', connectionIds)
          .execute();
      }
      const stale = await trx
        .deleteFrom('participant_connections')
        .where('seen_at', '<', sql<Date>`now() - make_interval(secs => ${staleSeconds})`)
        .returning('participant_id')
        .execute();
      const orphans = await trx
        .selectFrom('participants as p')
        .select('p.id')
        .where('p.state', 'in', ['waiting', 'joined'])
        .where('p.id', 'in', [...new Set(stale.map((row) => row.participant_id)), noParticipant])
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('participant_connections as k')
                .select('k.id')
                .whereRef('k.participant_id', '=', 'p.id'),
            ),
          ),
        )
        .forUpdate()
        .skipLocked()
        .execute();
      const gone = await trx
        .selectFrom('participants as p')
        .select('p.id')
        .where('p.state', '=', 'away')
        .where('p.away_since', '<', sql<Date>`now() - make_interval(secs => ${awaySeconds})`)
        .forUpdate()
        .skipLocked()
        .execute();
      return [
        ...(await settleDisconnected(
          trx,
          orphans.map((row) => row.id),
        )),
        ...(await markLeft(
          trx,
          gone.map((row) => row.id),
        )),
      ];
    });
  }

  /** A single node that starts knows that no connection of an earlier process lives. */
  async clear(): Promise<void> {
    await this.database.asSystem('presence after a restart', (trx) =>
      // The sweep then shows everybody as away, as if their lines had dropped just now.
      trx
        .updateTable('participant_connections')
        .set({ seen_at: new Date(0) })
        .execute(),
    );
  }
}

/** Keeps `in ()` from being empty. */
const noParticipant = '00000000-0000-0000-0000-000000000000';

const presentColumns = ['p.id', 'p.sub', 'p.name', 'p.role', 'p.state', 'c.room_id'] as const;

interface PresentRow {
  id: string;
  sub: string;
  name: string;
  role: string;
  state: string;
  room_id: string;
}

function toPresent(row: PresentRow): Present {
  return {
    id: row.id,
    userId: row.sub,
    name: row.name,
    // Both columns have check constraints; the queries leave `denied` and `left` out.
    role: row.role as RoomRole,
    state: row.state as Participant['state'],
    roomId: row.room_id,
  };
}

/** Two last connections that close at once must not both believe that the other is still there. */
async function lockParticipant(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('participants').select('id').where('id', '=', id).forUpdate().execute();
}

async function isConnected(trx: Trx, participantId: string): Promise<boolean> {
  const left = await trx
    .selectFrom('participant_connections')
    .select('id')
    .where('participant_id', '=', participantId)
    .limit(1)
    .executeTakeFirst();
  return left !== undefined;
}

/** People without a connection: who was in is away for a while, who waited is gone. */
async function settleDisconnected(trx: Trx, ids: readonly string[]): Promise<PresenceChange[]> {
  if (ids.length === 0) return [];
  const waiting = await trx
    .selectFrom('participants')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .execute();
  const left = await markLeft(
    trx,
    waiting.map((row) => row.id),
  );
  const away = await trx
    .updateTable('participants as p')
    .from('consultations as c')
    .set({ state: 'away', away_since: new Date() })
    .whereRef('c.id', '=', 'p.consultation_id')
    .where('p.id', 'in', ids)
    .where('p.state', '=', 'joined')
    .returning(presentColumns)
    .execute();
  return [...left, ...away.map((row) => ({ kind: 'away' as const, who: toPresent(row) }))];
}

async function markLeft(trx: Trx, ids: readonly string[]): Promise<PresenceChange[]> {
  if (ids.length === 0) return [];
  const before = await trx
    .selectFrom('participants as p')
    .innerJoin('consultations as c', 'c.id', 'p.consultation_id')
    .select(presentColumns)
    .where('p.id', 'in', ids)
    .where('p.state', 'in', ['waiting', 'joined', 'away'])
    .execute();
  await trx
    .updateTable('participants')
    .set({ state: 'left', left_at: new Date(), away_since: null })
    .where('id', 'in', ids)
    .execute();
  return before.map((row) => ({
    kind: 'left' as const,
    who: toPresent(row),
    wasWaiting: row.state === 'waiting',
  }));
}
