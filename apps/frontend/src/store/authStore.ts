import { create } from 'zustand';
import { type PageSession, pageSession } from '../lib/auth/session-types.ts';

/** `second-step`: the password was right, the code of the second factor is missing. */
export type AuthStatus =
  | 'loading'
  | 'signed-in'
  | 'second-step'
  | 'signed-out'
  | 'expired'
  | 'unavailable';

export interface AuthState {
  status: AuthStatus;
  user: PageSession['user'] | null;
  accessToken: string | null;
  /** Milliseconds since the epoch. */
  expiresAtMs: number;
  /** Asks `/api/auth/session`; calls that come meanwhile share the answer. */
  load: () => Promise<void>;
  /** A living access token, renewed by the server when needed; null when there is no session. */
  getAccessToken: (options?: { renew?: boolean }) => Promise<string | null>;
}

/**
 * A token that would die on the way is no token; nor is one that the server's actions refuse
 * (`leastLifeMs`).
 */
const marginMs = 120_000;
const deadlineMs = 10_000;

type Reading =
  | { kind: 'none' }
  | { kind: 'unreachable' }
  | { kind: 'session'; session: PageSession };

async function readSession(): Promise<Reading> {
  try {
    const response = await fetch('/api/auth/session', {
      cache: 'no-store',
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (!response.ok) return { kind: 'unreachable' };
    const parsed = pageSession.safeParse(await response.json());
    return parsed.success ? { kind: 'session', session: parsed.data } : { kind: 'none' };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** A whole load: nothing that this page keeps in memory reaches the next one. */
const startAnew = () => window.location.assign('/dashboard');

/** Builds the store; `now` and `leave` are injected for tests. */
export function createAuthStore(now: () => number = Date.now, leave: () => void = startAnew) {
  let inFlight: Promise<void> | null = null;
  /** Whose page this is: the first who was signed in here, until it is loaded anew. */
  let owner: string | null = null;

  return create<AuthState>((set, get) => {
    async function load(): Promise<void> {
      let reading = await readSession();
      // The loser of a race between two tabs is refused with the old cookie; the next request
      // already carries the winner's.
      if (reading.kind === 'session' && reading.session.error === 'session_expired') {
        reading = await readSession();
      }
      if (reading.kind === 'none') {
        set({ status: 'signed-out', user: null, accessToken: null, expiresAtMs: 0 });
        return;
      }
      if (reading.kind === 'unreachable') {
        set((state) => (state.accessToken ? state : { status: 'unavailable' }));
        return;
      }
      const { session } = reading;
      owner ??= session.user.id;
      // The cookie is shared by all tabs: somebody else signed in in another one. What is on the
      // screen is the owner's, and what is typed here must not go out with the other's token.
      if (session.user.id !== owner) {
        set({ status: 'expired', accessToken: null, expiresAtMs: 0 });
        leave();
        return;
      }
      const status =
        session.error === 'session_expired'
          ? 'expired'
          : session.error === 'identity_unavailable'
            ? 'unavailable'
            : session.secondStep
              ? 'second-step'
              : 'signed-in';
      set({
        status,
        user: session.user,
        // Without the second factor nothing is answered: no request goes out to be told so.
        accessToken: status === 'second-step' ? null : session.accessToken,
        expiresAtMs: session.accessTokenExpiresAt * 1000,
      });
    }

    return {
      status: 'loading',
      user: null,
      accessToken: null,
      expiresAtMs: 0,
      load: () => {
        inFlight ??= load().finally(() => {
          inFlight = null;
        });
        return inFlight;
      },
      getAccessToken: async ({ renew = false } = {}) => {
        const { accessToken, expiresAtMs } = get();
        if (!renew && accessToken && expiresAtMs > now() + marginMs) return accessToken;
        await get().load();
        return get().accessToken;
      },
    };
  });
}

export const useAuthStore = createAuthStore();
