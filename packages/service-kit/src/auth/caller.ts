/** Verified claims as they are handed to the database (`request.jwt.claims`). */
export type Claims = Readonly<Record<string, unknown>>;

/** A person with an account: doctor or administrator. Membership itself is read by the database. */
export interface MemberCaller {
  kind: 'member';
  sub: string;
  /** Seconds since the epoch; compared with `sessions_valid_after`. */
  iat: number;
  sessionId: string | null;
  claims: Claims;
}

/** Somebody invited into one room: no account, one consultation. */
export interface PatientCaller {
  kind: 'patient';
  sub: string;
  role: 'patient' | 'guest';
  roomId: string;
  consultationId: string;
  invitationId: string;
  claims: Claims;
}

/** Another service of ours; works through `asSystem`, never as a user. */
export interface ServiceCaller {
  kind: 'service';
  name: string;
  consultationId: string | null;
  clinicaId: string | null;
}

/** Who is asking, as proven by a token. */
export type Caller = MemberCaller | PatientCaller | ServiceCaller;
/** Callers that the database knows by role and claims. */
export type UserCaller = MemberCaller | PatientCaller;
