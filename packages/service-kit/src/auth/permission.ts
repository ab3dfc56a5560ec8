import { asksNoToken, type CallerRole, type Permission } from '@medcall/shared-types/permission';
import type { MedcallRole } from '@medcall/shared-types/roles';
import { AppError, notFound } from '../errors/app-error.ts';
import type { Caller, UserCaller } from './caller.ts';
import type { Member } from './membership.ts';

/** The role that the permission table knows a caller by. `member` is there for people with an account. */
export function roleOf(caller: UserCaller, member: Member | null): MedcallRole;
export function roleOf(caller: Caller, member: Member | null): CallerRole;
export function roleOf(caller: Caller, member: Member | null): CallerRole {
  switch (caller.kind) {
    case 'service':
      return 'service';
    case 'patient':
      return caller.role === 'guest' ? 'convidado' : 'paciente';
    case 'member':
      if (!member) throw new AppError('forbidden');
      return member.role;
  }
}

export function mayCall(permission: Permission, role: CallerRole): boolean {
  return !asksNoToken(permission) && permission[role] !== undefined;
}

/**
 * A room token is for its own room. Policies would find nothing elsewhere either; here it is refused
 * before a query. How far members and services reach is known by the database alone.
 * @param path the route's pattern
 * @throws AppError not_found
 */
export function mustNameOwnRoom(
  caller: Caller,
  path: string,
  params: Readonly<Record<string, unknown>>,
): void {
  if (caller.kind !== 'patient') return;
  if (path.startsWith('/api/consultations/:id') && params.id !== caller.consultationId) {
    throw notFound();
  }
  if (path.startsWith('/api/rooms/:roomId') && params.roomId !== caller.roomId) throw notFound();
}
