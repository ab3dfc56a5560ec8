import { type Database, type Member, type MemberCaller, membershipOf } from '@medcall/service-kit';
import type { SessionCache } from './session-cache.ts';

export type { Member };

export interface Members {
  /**
   * The caller's membership. It decides which routes answer; which rows exist is decided by the database
   * at every statement, so a cached membership opens nothing.
   * @throws AppError as membershipOf does
   */
  of(caller: MemberCaller): Promise<Member>;
}

export function createMembers(db: Database, cache: SessionCache): Members {
  return {
    async of(caller) {
      const { sessionId } = caller;
      // A session has tokens of one factor and, after the second, of two: what is known of the ones says
      // nothing of the others.
      const raised = caller.claims.aal === 'aal2';
      const cached = sessionId ? await cache.get(sessionId, raised) : undefined;
      if (cached) return cached;
      const member = await membershipOf(db, caller);
      if (sessionId) await cache.set(sessionId, member, raised);
      return member;
    },
  };
}
