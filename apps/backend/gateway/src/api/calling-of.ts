import { AppError } from '@medcall/service-kit';
import type { Calling } from '../services/calling.ts';
import type { Member } from '../services/members.ts';
import type { RequestOrigin, RouteCaller } from './route.ts';

/** What services want to know of a request: who, from where, by which id. */
export function callingOf(context: RouteCaller & { origin: RequestOrigin }): Calling {
  return { caller: context.caller, ...context.origin };
}

/** The membership on a route that only people with an account reach. */
export function membershipOf(context: RouteCaller): Member {
  if (!context.member) throw new AppError('forbidden');
  return context.member;
}
