import { signIn } from 'next-auth/react';
import type { ShownCode } from '#lib/auth/raise.ts';
import { type SignInFailure, signInFailure } from '#lib/auth/sign-in-failure.ts';
import { useAuthStore } from '#store/authStore.ts';

/** Raises this browser's session with a code. @returns why it was not, or null */
export async function showCode(shown: ShownCode): Promise<SignInFailure | null> {
  // The server may not renew the session outside of its one route: it gets a living token first.
  await useAuthStore.getState().getAccessToken();
  const { factorId, ...rest } = shown;
  const fields = { ...rest, ...(factorId === undefined ? {} : { factorId }), redirect: false };
  const result = await signIn('second-factor', fields).catch(() => null);
  if (result?.ok && !result.error) {
    await useAuthStore.getState().getAccessToken({ renew: true });
    return null;
  }
  return signInFailure.decode(result?.error);
}
