import { type Database, type Member, type MemberCaller, membershipOf } from '@medcall/service-kit';
import type { SessionCache } from './session-cache.ts';

export type { Member };

export interface Members {
  /**
   * The caller's membership. It decides which routes answer; which rows exist is decided by the database
   * at every statement, so a cached membership opens nothing.
   * @throws AppError unauthenticated for an ended session, forbidden for a person of no clinic
   */
  of(caller: MemberCaller): Promise<Member>;
}

export function createMembers(db: Database, cache: SessionCache): Members {
  return {
    async of(caller) {
      const cached = caller.sessionId ? await cache.get(caller.sessionId) : undefined;
      if (cached) return cached;
      const member = await membershipOf(db, caller);
      if (caller.sessionId) await cache.set(caller.sessionId, member);
      return member;
    },
  };
}
