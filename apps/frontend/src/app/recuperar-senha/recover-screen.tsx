'use client';
import { useEffect, useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { type MailedLink, readMailedLink } from '#lib/auth/mailed-link.ts';
import { recoverMessages as text } from '#messages/recover-password.ts';
import { AskForm } from './ask-form.tsx';
import { ChooseForm } from './choose-form.tsx';

type Step =
  | { name: 'reading' }
  | { name: 'ask'; expired: boolean }
  | { name: 'choose'; link: MailedLink };

/** Asks for a link, or uses the one that the visitor came by. */
export function RecoverScreen() {
  const [step, setStep] = useState<Step>({ name: 'reading' });

  useEffect(() => {
    const link = readMailedLink(window.location);
    // The token leaves the address before anything else happens: history and bookmarks keep it otherwise.
    window.history.replaceState(null, '', window.location.pathname);
    if (link === null || link === 'expired') setStep({ name: 'ask', expired: link === 'expired' });
    else setStep({ name: 'choose', link });
  }, []);

  switch (step.name) {
    case 'reading':
      return <Skeleton className="h-64" />;
    case 'choose':
      return (
        <ChooseForm link={step.link} onExpired={() => setStep({ name: 'ask', expired: true })} />
      );
    case 'ask':
      return (
        <>
          {step.expired ? (
            <Alert tone="warning" className="mb-6">
              {text.failures.expired}
            </Alert>
          ) : null}
          <AskForm />
        </>
      );
  }
}
