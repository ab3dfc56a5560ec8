'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { settingsMessages } from '#messages/settings.ts';
import { calendarAnswerOf, readGoogleReturn } from './google-answer.ts';

const text = settingsMessages.calendar;

/**
 * Ends the visit to Google's page with the session of who is at this browser: the gateway takes it only from
 * the doctor who began it. What Google said leaves the address before anything is asked.
 */
export function GoogleReturn() {
  const gateway = useGateway();
  const router = useRouter();
  const begun = useRef(false);
  useEffect(() => {
    // A code is worth something once; React may run an effect twice.
    if (begun.current) return;
    begun.current = true;
    const said = readGoogleReturn(window.location.hash);
    window.history.replaceState(window.history.state, '', window.location.pathname);
    const outcome = said
      ? gateway.finishGoogle(said).then(
          (answer) => answer.outcome,
          () => 'failed' as const,
        )
      : Promise.resolve('failed' as const);
    void outcome.then((one) =>
      router.replace(`/configuracoes?calendario=${calendarAnswerOf(one)}`),
    );
  }, [gateway, router]);
  return <p role="status">{text.finishing}</p>;
}
