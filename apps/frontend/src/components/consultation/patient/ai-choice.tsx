'use client';
import { type Consent, consentTexts } from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { PlainDialog } from '#components/ui/plain-dialog.ts';
import { errorSentence, namesField } from '#lib/api/api-error.ts';
import type { ConsentCalls } from '#lib/api/calls/consent-calls.ts';
import { patientMessages } from '#messages/patient.ts';
import { GuardianFields } from '../guardian-fields.tsx';
import { type GuardianSigner, nobodyYet, signerFor } from '../guardian-signer.ts';

const text = patientMessages.call;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  consultationId: string;
  gateway: ConsentCalls;
}

type Notice = { tone: 'ok' | 'danger'; title: string; text?: string };

/** The patient may change his mind at any moment of the call. */
export function AiChoice({ open, onOpenChange, consultationId, gateway }: Props) {
  const [accepted, setAccepted] = useState<boolean | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  // Shown once the server says that a guardian has to sign, anew for each acceptance.
  const [guardian, setGuardian] = useState<GuardianSigner | null>(null);
  // Said in the dialog itself, beside the choice: the patient's page loads no toasts.
  const [notice, setNotice] = useState<Notice | null>(null);

  useEffect(() => {
    if (!open) return;
    let gone = false;
    setNotice(null);
    gateway.consents(consultationId).then(
      ({ items }) => {
        if (!gone) setAccepted(lastChoice(items));
      },
      (error: unknown) => {
        if (!gone) setNotice({ tone: 'danger', title: errorSentence(error) });
      },
    );
    return () => {
      gone = true;
    };
  }, [open, consultationId, gateway]);

  async function choose(next: boolean): Promise<void> {
    const signed = signerFor(next, guardian);
    if (signed === 'missing') {
      setNotice({ tone: 'danger', title: patientMessages.consent.guardianMissing });
      return;
    }
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
      setNotice(
        next
          ? { tone: 'ok', title: text.granted }
          : { tone: 'ok', title: text.withdrawn, text: text.withdrawnText },
      );
    } catch (error) {
      if (next && namesField(error, 'signer')) setGuardian((now) => now ?? nobodyYet);
      setNotice({ tone: 'danger', title: errorSentence(error) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <PlainDialog open={open} onOpenChange={onOpenChange} title={text.choices}>
      <Checkbox
        checked={accepted ?? false}
        disabled={busy || accepted === undefined}
        onCheckedChange={(next) => void choose(next)}
        label={consentTexts.ai.title}
        description={consentTexts.ai.text}
      />
      {notice ? (
        <Alert tone={notice.tone} title={notice.title}>
          {notice.text}
        </Alert>
      ) : null}
      {guardian ? (
        <div className="flex flex-col gap-4">
          <GuardianFields value={guardian} onChange={setGuardian} asked />
          <Button busy={busy} onClick={() => void choose(true)}>
            {text.guardianAllows}
          </Button>
        </div>
      ) : null}
    </PlainDialog>
  );
}

/** Consents are only ever added: the newest one holds. */
function lastChoice(consents: readonly Consent[]): boolean {
  const given = consents
    .filter(({ type }) => type === 'ai')
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return given[0]?.accepted ?? false;
}
