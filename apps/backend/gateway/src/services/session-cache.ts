import type { Clock, Logger, Member, RedisClient } from '@medcall/service-kit';
import { z } from 'zod';

/** What is known of a signed-in session, so that each request need not ask the database again. */
export interface SessionCache {
  /** @param raised whether the token has two factors; what was found under the other says nothing */
  get(sessionId: string, raised: boolean): Promise<Member | undefined>;
  set(sessionId: string, member: Member, raised: boolean): Promise<void>;
  forget(sessionIds: readonly string[]): Promise<void>;
  /** Forgets every session of this process: after an event that names a person, not a session. */
  forgetAllLocal(): void;
}

const member = z.object({
  memberId: z.string(),
  clinicaId: z.string(),
  role: z.enum(['medico', 'admin']),
  medicoId: z.string().nullable(),
  name: z.string(),
});
/** With whether its token had two factors. */
const entry = member.extend({ raised: z.boolean() });
type Entry = z.infer<typeof entry>;

const redisSeconds = 3600;
const localMs = 30_000;
const localEntries = 5_000;

/** `session:{id}` in Redis for an hour; in this process for 30 s, also when Redis is away. */
export function createSessionCache(
  clock: Clock,
  logger: Logger,
  redis?: RedisClient,
): SessionCache {
  const local = new Map<string, { entry: Entry; until: number }>();

  const keep = (sessionId: string, value: Entry) => {
    const oldest = local.size >= localEntries ? local.keys().next().value : undefined;
    if (oldest !== undefined) local.delete(oldest);
    local.set(sessionId, { entry: value, until: clock.now() + localMs });
  };
  /** The cache may be away: then the database is asked. */
  const unlessAway = async <T>(
    work: (client: RedisClient) => Promise<T>,
  ): Promise<T | undefined> => {
    if (!redis) return undefined;
    try {
      return await work(redis);
    } catch (error) {
      logger.debug({ err: error }, 'session cache is away');
      return undefined;
    }
  };

  return {
    async get(sessionId, raised) {
      const known = local.get(sessionId);
      if (known && known.until > clock.now() && known.entry.raised === raised) {
        return memberOf(known.entry);
      }
      const found = await unlessAway(async (client) => {
        const text = await client.get(key(sessionId));
        // An entry of another version of this program is none.
        return text === null ? undefined : entry.safeParse(JSON.parse(text)).data;
      });
      if (found?.raised !== raised) return undefined;
      keep(sessionId, found);
      return memberOf(found);
    },
    async set(sessionId, found, raised) {
      const value: Entry = { ...found, raised };
      keep(sessionId, value);
      await unlessAway((client) =>
        client.set(key(sessionId), JSON.stringify(value), 'EX', redisSeconds),
      );
    },
    async forget(sessionIds) {
      if (sessionIds.length === 0) return;
      for (const sessionId of sessionIds) local.delete(sessionId);
      await unlessAway((client) => client.del(sessionIds.map(key)));
    },
    forgetAllLocal() {
      local.clear();
    },
  };
}

function memberOf({ raised: _known, ...found }: Entry): Member {
  return found;
}

function key(sessionId: string): string {
  return `session:${sessionId}`;
}
