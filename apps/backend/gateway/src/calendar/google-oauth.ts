import { decodeJwt } from 'jose';
import { z } from 'zod';
import { callVendor, retryAfterMs, type VendorCall } from '../messages/vendor-call.ts';
import type { CalendarGrant, CalendarOutcome } from './calendar-provider.ts';

export interface GoogleOAuthOptions {
  clientId: string;
  clientSecret: string;
  /** Where Google sends the browser back. */
  redirectUri: string;
  /** https://accounts.google.com, https://oauth2.googleapis.com, or fakes that speak like them. */
  accountsUrl: string;
  oauthUrl: string;
  timeoutMs: number;
  now: () => number;
}

/** OAuth 2.0 for web server applications: https://developers.google.com/identity/protocols/oauth2/web-server */
export interface GoogleOAuth {
  authorizationUrl(visit: { state: string; codeChallenge: string }): string;
  exchange(code: string, codeVerifier: string): Promise<CalendarOutcome<CalendarGrant>>;
  /** @param fresh what was handed out before was refused */
  accessToken(
    refreshToken: string,
    signal: AbortSignal | undefined,
    fresh?: boolean,
  ): Promise<CalendarOutcome<string>>;
  revoke(refreshToken: string): Promise<CalendarOutcome<null>>;
}

/**
 * Events of calendars that are the doctor's own: to write ours, and to read when others are. Of those we ask
 * for times alone (google-reading.ts); Google has no narrower permission that also tells what changed.
 */
export const googleScopes = ['https://www.googleapis.com/auth/calendar.events.owned'] as const;

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
  id_token: z.string().optional(),
});
const refusal = z.object({ error: z.string() });
const identity = z.object({ aud: z.string(), email: z.string().optional() });

/** A token that ends within a minute may end on the way. */
const marginMs = 60_000;
const mostKept = 1_000;

export function createGoogleOAuth(options: GoogleOAuthOptions): GoogleOAuth {
  const { accountsUrl, clientId, clientSecret, now, oauthUrl, redirectUri, timeoutMs } = options;
  const kept = new Map<string, { token: string; until: number }>();

  const post = (path: string, form: Record<string, string>, signal?: AbortSignal) =>
    callVendor(new URL(path, oauthUrl).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      timeoutMs,
      signal,
    });
  const client = { client_id: clientId, client_secret: clientSecret };

  const remember = (refreshToken: string, answer: z.output<typeof granted>) => {
    const oldest = kept.keys().next().value;
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    const until = now() + answer.expires_in * 1000 - marginMs;
    kept.set(refreshToken, { token: answer.access_token, until });
  };

  return {
    authorizationUrl({ codeChallenge, state }) {
      const url = new URL('/o/oauth2/v2/auth', accountsUrl);
      url.search = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: ['openid', 'email', ...googleScopes].join(' '),
        // With `consent` there is a refresh token every time, not only the first.
        access_type: 'offline',
        prompt: 'consent',
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },

    async exchange(code, codeVerifier) {
      const form = { ...client, code, code_verifier: codeVerifier, redirect_uri: redirectUri };
      const answer = readToken(await post('/token', { ...form, grant_type: 'authorization_code' }));
      if (answer.kind !== 'done') return answer;
      const { id_token, refresh_token, scope = '' } = answer.value;
      const allowed = scope.split(' ');
      // Each permission can be unticked on Google's page.
      if (!refresh_token || !googleScopes.every((one) => allowed.includes(one))) {
        return { kind: 'refused', why: 'not all that is needed was allowed' };
      }
      remember(refresh_token, answer.value);
      const accountEmail = emailIn(id_token, clientId);
      return { kind: 'done', value: { refreshToken: refresh_token, accountEmail } };
    },

    async accessToken(refreshToken, signal, fresh = false) {
      const known = kept.get(refreshToken);
      if (known && !fresh && known.until > now()) return { kind: 'done', value: known.token };
      kept.delete(refreshToken);
      const form = { ...client, refresh_token: refreshToken, grant_type: 'refresh_token' };
      const answer = readToken(await post('/token', form, signal));
      if (answer.kind === 'refused') return { kind: 'disconnected', why: answer.why };
      if (answer.kind !== 'done') return answer;
      remember(refreshToken, answer.value);
      return { kind: 'done', value: answer.value.access_token };
    },

    async revoke(refreshToken) {
      kept.delete(refreshToken);
      const called = await post('/revoke', { token: refreshToken });
      if (called.kind !== 'answer') return { kind: 'later', why: called.why };
      // 400 `invalid_token`: it was no longer worth anything.
      return called.status === 200 || called.status === 400
        ? { kind: 'done', value: null }
        : { kind: 'later', why: `revoke ${called.status}` };
    },
  };
}

function readToken(called: VendorCall): CalendarOutcome<z.output<typeof granted>> {
  if (called.kind !== 'answer') return { kind: 'later', why: called.why };
  const { body, headers, status } = called;
  if (status === 200) {
    const parsed = granted.safeParse(body);
    return parsed.success
      ? { kind: 'done', value: parsed.data }
      : { kind: 'later', why: 'token unreadable' };
  }
  const error = refusal.safeParse(body).data?.error;
  // `invalid_grant`: the code or the permission is spent or was taken back. Anything else of ours is a
  // wrong configuration, which an operator may put right.
  if (status === 400 && error === 'invalid_grant') return { kind: 'refused', why: error };
  const wait = retryAfterMs(headers);
  return {
    kind: 'later',
    why: `token ${status} ${error ?? ''}`.trim(),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

/** The token came from Google itself over TLS: OpenID Connect Core 3.1.3.7 then asks for no signature. */
function emailIn(idToken: string | undefined, clientId: string): string | null {
  if (!idToken) return null;
  try {
    const claims = identity.safeParse(decodeJwt(idToken)).data;
    return claims?.aud === clientId ? (claims.email ?? null) : null;
  } catch {
    // The address is for the doctor's eye only: without it the connection stands all the same.
    return null;
  }
}
