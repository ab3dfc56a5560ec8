import {
  type AuthError,
  isAuthRetryableFetchError,
  type SupabaseClient,
} from '@supabase/supabase-js';

/** What a code is shown for: an enrolment, the app's own code at a log-in, or a recovery code. */
export interface ShownCode {
  code: string;
  kind: 'app' | 'recovery';
  /** The factor that is being enrolled; left out for a log-in. */
  factorId?: string | undefined;
}

export type FactorFailure = 'wrong_code' | 'too_late' | 'limited' | 'unreachable';
/** Shows a code to the identity; afterwards the client's session is raised. @returns why it was not */
export async function raise(
  supabase: SupabaseClient,
  { code, factorId, kind }: ShownCode,
): Promise<AuthError | null> {
  const { mfa } = supabase.auth;
  if (kind === 'recovery') return (await mfa.recoveryCodes.verify({ code })).error;
  if (factorId !== undefined) return (await mfa.challengeAndVerify({ factorId, code })).error;
  const { data, error } = await mfa.listFactors();
  if (error) return error;
  let refused: AuthError | null = null;
  // Of two apps either may be at hand.
  for (const { id } of data.totp) {
    refused = (await mfa.challengeAndVerify({ factorId: id, code })).error;
    if (refused?.code !== 'mfa_verification_failed') return refused;
  }
  return refused;
}

/** The identity is away, or in trouble. */
export function isOutage(error: AuthError): boolean {
  return isAuthRetryableFetchError(error) || (error.status ?? 500) >= 500;
}

/** Why a code, or a deed that takes one, was refused. */
export function failureOf(error: AuthError): FactorFailure {
  if (error.status === 429) return 'limited';
  if (isOutage(error)) return 'unreachable';
  switch (error.code) {
    case 'mfa_verification_failed':
    case 'mfa_verification_rejected':
    case 'validation_failed':
      return 'wrong_code';
    case 'insufficient_aal':
    case 'session_not_found':
    case 'mfa_challenge_expired':
    case 'mfa_factor_not_found':
    case 'bad_jwt':
      return 'too_late';
    default:
      return 'unreachable';
  }
}
