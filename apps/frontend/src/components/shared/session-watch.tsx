'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { useAuthStore } from '#store/authStore.ts';
import { SignInAgain } from './sign-in-again.tsx';

const retryMs = 10_000;

/** Loads the session once, and says so when it has ended instead of throwing away what is on the screen. */
export function SessionWatch() {
  const status = useAuthStore((state) => state.status);
  const email = useAuthStore((state) => state.user?.email ?? null);
  const load = useAuthStore((state) => state.load);
  const from = usePathname();

  useEffect(() => void load(), [load]);

  useEffect(() => {
    if (status !== 'unavailable') return;
    const timer = setInterval(() => void load(), retryMs);
    return () => clearInterval(timer);
  }, [status, load]);

  const signedOut = status === 'signed-out';
  useEffect(() => {
    if (signedOut) window.location.assign(`/login?de=${encodeURIComponent(from)}`);
  }, [signedOut, from]);

  if (status === 'unavailable') {
    return (
      <Alert tone="warning" className="rounded-none">
        {text.identityDown}
      </Alert>
    );
  }
  if (status !== 'expired' && status !== 'second-step') return null;
  const step = status === 'second-step' ? 'code' : 'password';
  return <SignInAgain email={email} from={from} step={step} onDone={load} />;
}
