/** A second factor as Supabase Auth lists it: never its key. */
export interface FactorView {
  id: string;
  friendly_name: string | null;
  factor_type: 'totp' | 'recovery_code';
  status: 'unverified' | 'verified';
  created_at: string;
  updated_at: string;
  last_challenged_at: string | null;
}

/** A person of the embedded identity with what the clinic knows of them. */
export interface IdentityUser {
  id: string;
  email: string;
  user_metadata: unknown;
  email_confirmed_at: Date | null;
  invited_at: Date | null;
  banned_until: Date | null;
  last_sign_in_at: Date | null;
  created_at: Date;
  updated_at: Date;
  member_role: string | null;
  member_clinica_id: string | null;
  member_name: string | null;
  factors: FactorView[];
}

/** Whether a log-in takes a second factor. */
export function hasSecondFactor(user: IdentityUser): boolean {
  return user.factors.some(({ status }) => status === 'verified');
}

/** Informs the client only: who may do what is read from the database at every statement. */
export function appMetadata(user: IdentityUser): Record<string, unknown> {
  return {
    provider: 'email',
    providers: ['email'],
    ...(user.member_role ? { medcall_role: user.member_role } : {}),
    ...(user.member_clinica_id ? { clinica_id: user.member_clinica_id } : {}),
  };
}

export function userMetadata(user: IdentityUser): Record<string, unknown> {
  const own = isRecord(user.user_metadata) ? user.user_metadata : {};
  return user.member_name ? { name: user.member_name, ...own } : own;
}

/** The user as Supabase Auth shows it (`User` of auth-js). */
export function userView(user: IdentityUser): Record<string, unknown> {
  const lastSignIn = user.last_sign_in_at?.toISOString();
  const confirmed = user.email_confirmed_at?.toISOString();
  return {
    id: user.id,
    aud: 'authenticated',
    role: 'authenticated',
    email: user.email,
    phone: '',
    ...(confirmed ? { email_confirmed_at: confirmed, confirmed_at: confirmed } : {}),
    ...(user.invited_at ? { invited_at: user.invited_at.toISOString() } : {}),
    ...(lastSignIn ? { last_sign_in_at: lastSignIn } : {}),
    app_metadata: appMetadata(user),
    user_metadata: userMetadata(user),
    ...(user.factors.length > 0 ? { factors: user.factors.map(factorView) } : {}),
    identities: [
      {
        identity_id: user.id,
        id: user.id,
        user_id: user.id,
        identity_data: {
          sub: user.id,
          email: user.email,
          email_verified: confirmed !== undefined,
          phone_verified: false,
        },
        provider: 'email',
        email: user.email,
        ...(lastSignIn ? { last_sign_in_at: lastSignIn } : {}),
        created_at: user.created_at.toISOString(),
        updated_at: user.updated_at.toISOString(),
      },
    ],
    created_at: user.created_at.toISOString(),
    updated_at: user.updated_at.toISOString(),
    is_anonymous: false,
  };
}

/** Fields that are not there are left out, as Supabase does. */
export function factorView(factor: FactorView): Record<string, unknown> {
  const { friendly_name, last_challenged_at, ...rest } = factor;
  return {
    ...rest,
    ...(friendly_name === null ? {} : { friendly_name }),
    ...(last_challenged_at === null ? {} : { last_challenged_at }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
