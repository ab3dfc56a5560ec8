'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { useAuthStore } from '#store/authStore.ts';

const retryMs = 10_000;

/** Loads the session once, and says so when it has ended instead of throwing away what is on the screen. */
export function SessionWatch() {
  const status = useAuthStore((state) => state.status);
  const load = useAuthStore((state) => state.load);
  const from = usePathname();

  useEffect(() => void load(), [load]);

  useEffect(() => {
    if (status !== 'unavailable') return;
    const timer = setInterval(() => void load(), retryMs);
    return () => clearInterval(timer);
  }, [status, load]);

  const login = (reason: string) => `/login?de=${encodeURIComponent(from)}${reason}`;
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
  return (
    <Dialog
      open={status === 'expired'}
      onOpenChange={() => {}}
      title={text.expiredTitle}
      description={text.expiredText}
      footer={
        <Button asChild>
          <a href={login('&motivo=expirada')}>{text.expiredAction}</a>
        </Button>
      }
    />
  );
}
