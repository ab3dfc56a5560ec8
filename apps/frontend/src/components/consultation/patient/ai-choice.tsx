'use client';
import { consentTexts } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence, namesField } from '#lib/api/api-error.ts';
import type { Gateway } from '#lib/api/gateway.ts';
import { patientMessages } from '#messages/patient.ts';
import { GuardianFields } from '../guardian-fields.tsx';
import { type GuardianSigner, nobodyYet, signerFor } from '../guardian-signer.ts';

const text = patientMessages.call;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  consultationId: string;
  gateway: Gateway;
}

/** The patient may change his mind at any moment of the call. */
export function AiChoice({ open, onOpenChange, consultationId, gateway }: Props) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  // Shown once the server says that a guardian has to sign, anew for each acceptance.
  const [guardian, setGuardian] = useState<GuardianSigner | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { data: accepted, mutate } = useSWR(
    open ? ['ai-consent', consultationId] : null,
    async () => {
      const { items } = await gateway.consents(consultationId);
      const given = items
        .filter(({ type }) => type === 'ai')
        .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
      return given[0]?.accepted ?? false;
    },
    { revalidateOnFocus: false },
  );

  async function choose(next: boolean): Promise<void> {
    const signed = signerFor(next, guardian);
    if (signed === 'missing') {
      setTrouble(patientMessages.consent.guardianMissing);
      return;
    }
    setBusy(true);
    setTrouble(null);
    try {
      await gateway.giveConsent(consultationId, {
        type: 'ai',
        accepted: next,
        textVersion: consentTexts.ai.version,
        ...signed,
      });
      setGuardian(null);
      await mutate(next, { revalidate: false });
      toast(
        next
          ? { title: text.granted, tone: 'ok' }
          : { title: text.withdrawn, description: text.withdrawnText, tone: 'ok' },
      );
    } catch (error) {
      if (next && namesField(error, 'signer')) {
        setGuardian((now) => now ?? nobodyYet);
        setTrouble(errorSentence(error));
      } else {
        toast({ title: errorSentence(error), tone: 'danger' });
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.choices}>
      <Checkbox
        checked={accepted ?? false}
        disabled={busy || accepted === undefined}
        onCheckedChange={(next) => void choose(next)}
        label={consentTexts.ai.title}
        description={consentTexts.ai.text}
      />
      {guardian ? (
        <div className="mt-4 flex flex-col gap-4">
          {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
          <GuardianFields value={guardian} onChange={setGuardian} asked />
          <Button busy={busy} onClick={() => void choose(true)}>
            {text.guardianAllows}
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}
