'use client';
import { consentTexts } from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import { errorSentence, namesField } from '#lib/api/api-error.ts';
import type { ConsentCalls } from '#lib/api/calls/consent-calls.ts';
import { patientMessages } from '#messages/patient.ts';
import { type GuardianSigner, nobodyYet, signerFor } from '../guardian-signer.ts';
import { lastConsent } from './last-consent.ts';

const text = patientMessages.call;

export interface AiChoiceProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  consultationId: string;
  gateway: ConsentCalls;
}

type Notice = { tone: 'ok' | 'danger'; title: string; text?: string };

/** The choice about artificial intelligence as the service has it, and a change of it. */
export function useAiChoice({ open, onOpenChange, consultationId, gateway }: AiChoiceProps) {
  const [accepted, setAccepted] = useState<boolean | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  // Shown once the server says that a guardian has to sign, anew for each acceptance.
  const [guardian, setGuardian] = useState<GuardianSigner | null>(null);
  // Said in the dialog itself, beside the choice: the patient's page loads no toasts.
  const [notice, setNotice] = useState<Notice | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  /** Grows when a choice is sent and when it is answered: what was asked before says nothing of it. */
  const chosen = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a new question.
  useEffect(() => {
    if (!open) return;
    let gone = false;
    const before = chosen.current;
    const outdated = () => gone || chosen.current !== before;
    gateway.consents(consultationId).then(
      ({ items }) => {
        if (outdated()) return;
        setUnread(null);
        setAccepted(lastConsent(items, 'ai')?.accepted ?? false);
      },
      (error: unknown) => {
        if (!outdated()) setUnread(errorSentence(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [open, consultationId, gateway, attempt]);

  const askAgain = () => setAttempt((count) => count + 1);

  async function choose(next: boolean): Promise<void> {
    const signed = signerFor(next, guardian);
    if (signed === 'missing') {
      setNotice({ tone: 'danger', title: patientMessages.consent.guardianMissing });
      return;
    }
    chosen.current += 1;
    setBusy(true);
    setNotice(null);
    try {
      await gateway.giveConsent(consultationId, {
        type: 'ai',
        accepted: next,
        textVersion: consentTexts.ai.version,
        ...signed,
      });
      setGuardian(null);
      setAccepted(next);
      setUnread(null);
      setNotice(
        next
          ? { tone: 'ok', title: text.granted }
          : { tone: 'ok', title: text.withdrawn, text: text.withdrawnText },
      );
    } catch (error) {
      if (next && namesField(error, 'signer')) setGuardian((now) => now ?? nobodyYet);
      setNotice({ tone: 'danger', title: errorSentence(error) });
      // Who has closed the dialog meanwhile would take the choice for made.
      onOpenChange(true);
      // Without an answer it may hold all the same.
      askAgain();
    } finally {
      chosen.current += 1;
      setBusy(false);
    }
  }

  function show(next: boolean): void {
    // Gone when it was read, not when the dialog opens: it may open to say it.
    if (!next) setNotice(null);
    onOpenChange(next);
  }

  return {
    accepted,
    busy,
    choose,
    guardian,
    setGuardian,
    notice,
    unread,
    askAgain,
    show,
  };
}
