import type { MedcallRole } from './roles.ts';

/** Who calls a route: a person by role, or another service of ours. */
export type CallerRole = MedcallRole | 'service';
export const callerRoles = [
  'medico',
  'admin',
  'paciente',
  'convidado',
  'service',
] as const satisfies readonly CallerRole[];

/**
 * Whose row a request speaks about, seen from the caller: his own (a doctor's patient by care relation,
 * the consultation that an invitation or a service's token names), another one of the same clinic, or
 * another clinic's.
 */
export const relations = ['own', 'other', 'foreign'] as const;
export type Relation = (typeof relations)[number];

/** How far a role reaches on a route. Nothing reaches into another clinic. */
export type Reach = 'own' | 'clinic';

/**
 * `public` asks for nothing. `signed` asks for a signature in place of a bearer token (a recording's
 * address, a vendor's webhook). Otherwise the roles that may call, and how far each reaches; a role that
 * is not named is refused.
 */
export type Permission = 'public' | 'signed' | Readonly<Partial<Record<CallerRole, Reach>>>;

/** Method and path as Express writes it, for example `GET /api/patients/:id`. */
export type RouteName = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /api/${string}`;

export function routeName(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}

/** True when the route answers without a bearer token. */
export function asksNoToken(permission: Permission): permission is 'public' | 'signed' {
  return permission === 'public' || permission === 'signed';
}

/** The roles that may call a route that asks for a token. */
export function rolesOf(permission: Permission): CallerRole[] {
  if (asksNoToken(permission)) return [];
  return callerRoles.filter((role) => permission[role] !== undefined);
}

/** What becomes of a request. A row out of reach is not found, never forbidden: existence is private. */
export type Verdict = 'allowed' | 'forbidden' | 'not_found';

export function verdictOn(permission: Permission, role: CallerRole, relation: Relation): Verdict {
  if (asksNoToken(permission)) return 'allowed';
  const reach = permission[role];
  if (reach === undefined) return 'forbidden';
  return relation === 'own' || (relation === 'other' && reach === 'clinic')
    ? 'allowed'
    : 'not_found';
}
