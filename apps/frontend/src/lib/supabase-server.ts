import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { headers } from 'next/headers.js';
import { serverEnv } from './env.ts';

const authDeadlineMs = 8_000;

/** What an answer of the identity said beside its body. */
export interface AuthAnswer {
  retryAfterSeconds: number | null;
}

/**
 * A client of Supabase Auth for one request of this server. It keeps no session: the refresh token
 * lives in the httpOnly cookie alone. `answer` holds the wait that a 429 asked for, which
 * supabase-js does not pass on.
 */
export function createServerSupabase(): { supabase: SupabaseClient; answer: AuthAnswer } {
  const env = serverEnv();
  const answer: AuthAnswer = { retryAfterSeconds: null };
  const supabase = createClient(env.supabaseUrl, env.supabaseAnonKey, {
    auth: {
      persistSession: false,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      experimental: { recoveryCodes: true },
    },
    global: {
      fetch: async (input, init) => {
        const sent = new Headers(init?.headers);
        const agent = await agentOfVisitor();
        if (agent !== null) sent.set('user-agent', agent);
        const response = await fetch(input, {
          ...init,
          headers: sent,
          cache: 'no-store',
          signal: AbortSignal.timeout(authDeadlineMs),
        });
        const wait = Number(response.headers.get('retry-after'));
        answer.retryAfterSeconds = Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : null;
        return response;
      },
    },
  });
  return { supabase, answer };
}

/**
 * The browser on whose behalf this server asks: the person sees it in the list of devices. Null outside
 * of a request.
 */
async function agentOfVisitor(): Promise<string | null> {
  try {
    return (await headers()).get('user-agent');
  } catch {
    return null;
  }
}
