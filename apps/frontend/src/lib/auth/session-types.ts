import { z } from 'zod';

/**
 * supabase-js renews a session with less than 90 s by itself, at any call. In a server action the new refresh
 * token would be lost with the request, and the cookie's, spent, be taken for a stolen one at its next use:
 * with less than this no action calls the identity.
 */
export const leastLifeMs = 95_000;

/** The tokens of one Supabase session. They stay in the httpOnly cookie. */
export interface AuthTokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds since the epoch, as in the token's `exp`. */
  expiresAt: number;
  /** The password was right; the person has a second factor, which is still missing. */
  secondStep?: boolean;
}

/** `session_expired`: sign in again. `identity_unavailable`: keep the page and try later. */
export const sessionTrouble = z.enum(['session_expired', 'identity_unavailable']);
export type SessionTrouble = z.infer<typeof sessionTrouble>;

/** What `/api/auth/session` tells the page: never the refresh token. */
export const pageSession = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.string().nullable(),
  }),
  accessToken: z.string().nullable(),
  /** Seconds since the epoch. */
  accessTokenExpiresAt: z.number(),
  expires: z.string(),
  /** Signed in with the password; the code of the second factor is missing. */
  secondStep: z.boolean().optional(),
  error: sessionTrouble.optional(),
});
export type PageSession = z.infer<typeof pageSession>;
