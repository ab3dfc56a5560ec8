import type { Clock, Logger, Member, RedisClient } from '@medcall/service-kit';
import { z } from 'zod';

/** What is known of a signed-in session, so that each request need not ask the database again. */
export interface SessionCache {
  get(sessionId: string): Promise<Member | undefined>;
  set(sessionId: string, member: Member): Promise<void>;
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

const redisSeconds = 3600;
const localMs = 30_000;
const localEntries = 5_000;

/** `session:{id}` in Redis for an hour; in this process for 30 s, also when Redis is away. */
export function createSessionCache(
  clock: Clock,
  logger: Logger,
  redis?: RedisClient,
): SessionCache {
  const local = new Map<string, { member: Member; until: number }>();

  const keep = (sessionId: string, value: Member) => {
    const oldest = local.size >= localEntries ? local.keys().next().value : undefined;
    if (oldest !== undefined) local.delete(oldest);
    local.set(sessionId, { member: value, until: clock.now() + localMs });
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
    async get(sessionId) {
      const known = local.get(sessionId);
      if (known && known.until > clock.now()) return known.member;
      const found = await unlessAway(async (client) => {
        const text = await client.get(key(sessionId));
        return text === null ? undefined : member.parse(JSON.parse(text));
      });
      if (found) keep(sessionId, found);
      return found;
    },
    async set(sessionId, value) {
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

function key(sessionId: string): string {
  return `session:${sessionId}`;
}
