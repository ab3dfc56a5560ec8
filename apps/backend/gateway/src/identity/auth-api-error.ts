/** Refusals of the embedded identity, by the names that supabase-js knows, with the status Supabase gives each. */
const refusals = {
  invalid_credentials: { status: 400, msg: 'Invalid login credentials' },
  validation_failed: { status: 400, msg: 'The request is not valid' },
  bad_json: { status: 400, msg: 'Could not parse request body as JSON' },
  unsupported_grant_type: { status: 400, msg: 'unsupported_grant_type' },
  refresh_token_not_found: {
    status: 400,
    msg: 'Invalid Refresh Token: Refresh Token Not Found',
  },
  refresh_token_already_used: { status: 400, msg: 'Invalid Refresh Token: Already Used' },
  session_expired: { status: 400, msg: 'Invalid Refresh Token: Session Expired' },
  user_banned: { status: 400, msg: 'User is banned' },
  email_not_confirmed: { status: 400, msg: 'Email not confirmed' },
  otp_expired: { status: 403, msg: 'Email link is invalid or has expired' },
  signup_disabled: { status: 422, msg: 'Signups not allowed for this instance' },
  email_exists: {
    status: 422,
    msg: 'A user with this email address has already been registered',
  },
  not_admin: { status: 403, msg: 'User not allowed' },
  no_authorization: { status: 401, msg: 'This endpoint requires a valid Bearer token' },
  bad_jwt: { status: 403, msg: 'invalid JWT: unable to parse or verify signature' },
  session_not_found: {
    status: 403,
    msg: 'Session from session_id claim in JWT does not exist',
  },
  user_not_found: { status: 403, msg: 'User from sub claim in JWT does not exist' },
  same_password: {
    status: 422,
    msg: 'New password should be different from the old password.',
  },
  reauthentication_needed: {
    status: 400,
    msg: 'Password update requires reauthentication',
  },
  weak_password: { status: 422, msg: 'Password should be at least 10 characters.' },
  insufficient_aal: { status: 403, msg: 'AAL2 session is required' },
  mfa_factor_not_found: { status: 404, msg: 'Factor not found' },
  mfa_factor_name_conflict: {
    status: 422,
    msg: 'A factor with this friendly name for this user already exists',
  },
  too_many_enrolled_mfa_factors: {
    status: 422,
    msg: 'Maximum number of verified factors reached, unenroll to continue',
  },
  mfa_verified_factor_exists: {
    status: 422,
    msg: 'Recovery codes are already enrolled for this user, use regenerate to rotate them',
  },
  mfa_recovery_codes_sole_factor: {
    status: 422,
    msg: 'At least one other verified factor is required to generate recovery codes',
  },
  mfa_ip_address_mismatch: {
    status: 422,
    msg: 'Challenge and verify IP addresses mismatch.',
  },
  mfa_challenge_expired: {
    status: 422,
    msg: 'MFA challenge has expired, verify against another challenge or create a new challenge.',
  },
  mfa_verification_failed: { status: 422, msg: 'Invalid TOTP code entered' },
  mfa_recovery_codes_locked: {
    status: 429,
    msg: 'Too many failed verification attempts, try again later',
  },
  over_request_rate_limit: { status: 429, msg: 'Request rate limit reached' },
  unexpected_failure: { status: 500, msg: 'Unexpected failure, please check server logs' },
  service_unavailable: { status: 503, msg: 'Service unavailable' },
} as const;

export type AuthApiErrorCode = keyof typeof refusals;

/** A refusal of the embedded identity. Its wording is Supabase's, in English: the frontend translates by code. */
export class AuthApiError extends Error {
  readonly code: AuthApiErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly reasons: readonly string[] | undefined;
  readonly status: number;

  constructor(
    code: AuthApiErrorCode,
    options: {
      cause?: unknown;
      retryAfterMs?: number;
      reasons?: readonly string[];
      /** Where Supabase gives the same code another status or other words. */
      status?: number;
      msg?: string;
    } = {},
  ) {
    super(options.msg ?? refusals[code].msg, { cause: options.cause });
    this.name = 'AuthApiError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.reasons = options.reasons;
    this.status = options.status ?? refusals[code].status;
  }
}

/** The version of the error shape that a client asks for (header X-Supabase-Api-Version). */
export const apiVersionHeader = 'X-Supabase-Api-Version';
export const apiVersion = '2024-01-01';

/**
 * The body of a refusal: `{ code, message }` since API version 2024-01-01, `{ code, error_code, msg }`
 * for clients that name no version.
 */
export function errorAnswer(error: AuthApiError, askedVersion: string | undefined): object {
  const weak = error.reasons ? { weak_password: { reasons: error.reasons } } : {};
  const modern = askedVersion !== undefined && askedVersion >= apiVersion;
  return modern
    ? { code: error.code, message: error.message, ...weak }
    : { code: error.status, error_code: error.code, msg: error.message, ...weak };
}
