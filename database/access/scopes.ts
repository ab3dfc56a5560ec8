import { createHash } from 'node:crypto';

/**
 * Whose row it is, seen from the acting doctor: his own patient's, a colleague's patient's in the
 * same clinic, or another clinic's. Seen from a room token: its own consultation, another one of the
 * clinic, another clinic's.
 */
export const scopeNames = ['own', 'other', 'foreign'] as const;
export type ScopeName = (typeof scopeNames)[number];

/** Who acts. All but `nobody` belong to the clinic of `own`. */
export const actorNames = [
  'doctor',
  'admin',
  'patient',
  'guest',
  'documents',
  'removed',
  'nobody',
] as const;
export type ActorName = (typeof actorNames)[number];

/** The people and places that the rows of one scope hang on. */
export interface Scope {
  readonly name: ScopeName;
  readonly clinic: string;
  readonly doctor: string;
  readonly doctorUser: string;
  readonly patient: string;
  /** Somebody of the clinic whom the doctor has no relation with. */
  readonly stranger: string;
  readonly consultation: string;
  readonly room: string;
  /** A second consultation of the same two people, in person, with nothing in it yet. */
  readonly bare: string;
  readonly bareRoom: string;
  /** A stable id for a row of this scope. */
  id(name: string): string;
}

/** A uuid made from a name. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const scopes: Record<ScopeName, Scope> = {
  own: makeScope('own', 'clinic-a'),
  other: makeScope('other', 'clinic-a'),
  foreign: makeScope('foreign', 'clinic-b'),
};

function makeScope(name: ScopeName, clinic: string): Scope {
  const id = (row: string) => idOf(`${name}:${row}`);
  return {
    name,
    clinic: idOf(clinic),
    doctor: id('doctor'),
    doctorUser: id('doctor-user'),
    patient: id('patient'),
    stranger: idOf(`${clinic}:stranger`),
    consultation: id('consultation'),
    room: `room-${name}`.padEnd(12, '-'),
    bare: id('bare'),
    bareRoom: `bare-${name}`.padEnd(12, '-'),
    id,
  };
}

/** `sub` of the tokens; the invitations of the `own` scope stand behind the three room tokens. */
export const subs: Record<ActorName, string> = {
  doctor: scopes.own.doctorUser,
  admin: idOf('admin-user'),
  patient: idOf('sub:patient'),
  guest: idOf('sub:guest'),
  documents: idOf('sub:documents'),
  removed: idOf('removed-user'),
  nobody: idOf('nobody'),
};

export function invitationOf(actor: 'patient' | 'guest' | 'documents'): string {
  return idOf(`invitation:${actor}`);
}

export interface Identity {
  readonly role: 'authenticated' | 'medcall_patient';
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Role and claims as `asUser` would set them. */
export function identityOf(actor: ActorName): Identity {
  const iat = Math.floor(Date.now() / 1000);
  switch (actor) {
    case 'doctor':
    case 'admin':
    case 'removed':
    case 'nobody':
      return { role: 'authenticated', claims: { sub: subs[actor], iat } };
    case 'patient':
    case 'guest':
    case 'documents':
      return {
        role: 'medcall_patient',
        claims: {
          sub: subs[actor],
          iat,
          room_id: scopes.own.room,
          consultation_id: scopes.own.consultation,
          invitation_id: invitationOf(actor),
        },
      };
  }
}
