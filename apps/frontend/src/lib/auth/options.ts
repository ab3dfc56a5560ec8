import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { serverEnv } from '../env.ts';
import { shownCodeInput, signInInput } from '../validations.ts';
import { readCookieSession } from './cookie-session.ts';
import { endSession, refreshTokens, signInWithPassword } from './identity.ts';
import { showCode } from './second-factor.ts';
import { sessionCookie } from './session-cookie.ts';
import { SessionRefresher } from './session-refresher.ts';
import type { PageSession } from './session-types.ts';
import { signInFailure } from './sign-in-failure.ts';

const sessionDays = 30;
export const secondFactorProvider = 'second-factor';

const refresher = new SessionRefresher({ refresh: refreshTokens, nowMs: Date.now });

/** What happened to the session within one request. */
export interface SessionRequest {
  /** Only the handler of `/api/auth/session` may spend a refresh token: nobody else can write the cookie. */
  mayRefresh: boolean;
  /** Set when new tokens must reach the cookie. */
  refreshed: boolean;
}

/** next-auth's configuration for one request. */
export function authOptions(request: SessionRequest): NextAuthOptions {
  const env = serverEnv();
  return {
    secret: env.authSecret,
    session: { strategy: 'jwt', maxAge: sessionDays * 24 * 3600 },
    pages: { signIn: '/login', error: '/login' },
    useSecureCookies: env.frontendUrl.startsWith('https://'),
    cookies: sessionCookie(env.frontendUrl).cookies,
    providers: [
      CredentialsProvider({
        name: 'MedCall',
        credentials: { email: {}, password: {} },
        authorize: async (credentials) => {
          const input = signInInput.safeParse(credentials);
          if (!input.success) throw new Error(signInFailure.encode({ code: 'wrong' }));
          const answer = await signInWithPassword(input.data.email, input.data.password);
          switch (answer.kind) {
            case 'ok':
              return answer.person;
            case 'wrong':
              throw new Error(signInFailure.encode({ code: 'wrong' }));
            case 'limited':
              throw new Error(
                signInFailure.encode({ code: 'limited', seconds: answer.retryAfterSeconds }),
              );
            case 'unreachable':
              throw new Error(signInFailure.encode({ code: 'unreachable' }));
          }
        },
      }),
      // The second step: the cookie says whose, the code raises that session.
      CredentialsProvider({
        id: secondFactorProvider,
        name: 'MedCall',
        credentials: { code: {}, kind: {}, factorId: {} },
        authorize: async (credentials) => {
          const input = shownCodeInput.safeParse(credentials);
          if (!input.success) throw new Error(signInFailure.encode({ code: 'wrong_code' }));
          const answer = await showCode(input.data);
          if (answer.kind === 'ok') return answer.person;
          const { kind: code, retryAfterSeconds: seconds } = answer;
          throw new Error(signInFailure.encode(code === 'limited' ? { code, seconds } : { code }));
        },
      }),
    ],
    callbacks: {
      // It may not throw: next-auth would clear the cookie, and a lost race must not log anyone out.
      jwt: async ({ token, user }) => {
        if (user) return { ...token, role: user.role, tokens: user.tokens };
        if (!token.tokens || !request.mayRefresh) return token;
        const outcome = await refresher.ensureFresh(token.tokens).catch((cause: unknown) => {
          console.error('[auth] refresh failed', cause);
          return null;
        });
        const { trouble: _past, ...rest } = token;
        switch (outcome?.kind) {
          case 'current':
            return rest;
          case 'refreshed':
            request.refreshed = true;
            return { ...rest, tokens: outcome.tokens };
          case 'expired':
            return { ...rest, trouble: 'session_expired' };
          default:
            return { ...rest, trouble: 'identity_unavailable' };
        }
      },
      session: ({ session, token }) => {
        const page: PageSession = {
          user: {
            id: token.sub ?? '',
            name: token.name ?? '',
            email: token.email ?? null,
            role: token.role ?? null,
          },
          accessToken: token.trouble ? null : (token.tokens?.accessToken ?? null),
          accessTokenExpiresAt: token.tokens?.expiresAt ?? 0,
          expires: session.expires,
          ...(token.tokens?.secondStep ? { secondStep: true } : {}),
          ...(token.trouble ? { error: token.trouble } : {}),
        };
        return page;
      },
    },
    events: {
      // Somebody signs in over a session that still stands: the browser forgets it, so it ends. The second
      // step raises the very session of the cookie, which goes on.
      signIn: async ({ account }) => {
        if (account?.provider === secondFactorProvider) return;
        const before = await readCookieSession();
        if (before?.tokens) await endSession(before.tokens.accessToken);
      },
      signOut: async ({ token }) => {
        if (token?.tokens) await endSession(token.tokens.accessToken);
      },
    },
  };
}
