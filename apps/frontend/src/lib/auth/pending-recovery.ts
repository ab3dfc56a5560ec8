import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { serverEnv } from '../env.ts';
import type { PendingRecovery, RecoveryStore } from './recover-by-link.ts';

const salt = 'medcall.recovery';
const lifeSeconds = 10 * 60;
const kept = z.object({ accessToken: z.string(), refreshToken: z.string() });

/** Over HTTPS `__Host-`, as the session's own: this host's alone. */
function cookieName(): string {
  return serverEnv().frontendUrl.startsWith('https://') ? `__Host-${salt}` : salt;
}

/**
 * The session of a mailed link while its bearer looks for the code of the second factor: the link is spent,
 * the password not yet changed. Encrypted as the session's own cookie is, for ten minutes.
 */
async function keepRecovery(recovery: PendingRecovery): Promise<void> {
  const env = serverEnv();
  const value = await encode({
    token: { ...recovery },
    secret: env.authSecret,
    salt,
    maxAge: lifeSeconds,
  });
  (await cookies()).set(cookieName(), value, {
    httpOnly: true,
    sameSite: 'strict',
    secure: env.frontendUrl.startsWith('https://'),
    path: '/',
    maxAge: lifeSeconds,
  });
}

async function readRecovery(): Promise<PendingRecovery | null> {
  const value = (await cookies()).get(cookieName())?.value;
  if (value === undefined) return null;
  try {
    const token = await decode({ token: value, secret: serverEnv().authSecret, salt });
    return kept.safeParse(token).data ?? null;
  } catch {
    // Of another installation, or changed on the way: as good as none.
    return null;
  }
}

async function forgetRecovery(): Promise<void> {
  const secure = serverEnv().frontendUrl.startsWith('https://');
  (await cookies()).delete({ name: cookieName(), path: '/', secure });
}

export const pendingRecovery: RecoveryStore = {
  keep: keepRecovery,
  read: readRecovery,
  forget: forgetRecovery,
};
