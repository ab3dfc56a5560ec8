import { errorBody } from '@medcall/shared-types';
import * as z from '@medcall/shared-types/lean';
import { serverEnv } from '../env.ts';
import { assuranceOf } from './assurance.ts';
import { cookieClient } from './cookie-client.ts';

/**
 * What the signed-in person has to do before the clinic's pages open. `none`: nothing; `expired`: sign in
 * again; `renewal`: the page has to have the session renewed first; `unreachable`: nobody can say now.
 */
export type VerificationNeed =
  | 'none'
  | 'code'
  | 'enrolment'
  | 'expired'
  | 'renewal'
  | 'unreachable';

const deadlineMs = 8_000;

export async function verificationNeed(): Promise<VerificationNeed> {
  const client = await cookieClient();
  if ('refused' in client) {
    if (!client.refused) return 'renewal';
    const status = client.refused.status ?? 400;
    return status >= 500 || status === 0 ? 'unreachable' : 'expired';
  }
  const { accessToken } = client.session.tokens;
  if (assuranceOf(accessToken) === 'aal2') return 'none';
  const { data, error } = await client.supabase.auth.mfa.listFactors();
  if (error) return 'unreachable';
  if (data.all.some(({ status }) => status === 'verified')) return 'code';
  return (await isRefused(accessToken)) ?? 'unreachable';
}

/** The gateway alone knows what the clinic asks for. Null: it does not answer. */
async function isRefused(accessToken: string): Promise<'none' | 'enrolment' | null> {
  try {
    const answer = await fetch(`${serverEnv().gatewayUrl}/api/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (answer.status >= 500) return null;
    const body = z.safeParse(errorBody, await answer.json());
    return body.data?.error.code === 'second_factor_required' ? 'enrolment' : 'none';
  } catch (cause) {
    console.error('[auth] the gateway did not say what the clinic asks for', cause);
    return null;
  }
}
