'use client';
import { type ConsentType, consentTexts, consentTypes } from '@medcall/shared-types';
import { useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { errorSentence, namesField } from '#lib/api/api-error.ts';
import type { ConsentCalls } from '#lib/api/calls/consent-calls.ts';
import { patientMessages } from '#messages/patient.ts';
import { GuardianFields } from '../guardian-fields.tsx';
import { type GuardianSigner, guardianNamed, nobodyYet } from '../guardian-signer.ts';
import { StepFrame } from './step-frame.tsx';

const text = patientMessages.consent;

interface Props {
  consultationId: string;
  gateway: Pick<ConsentCalls, 'giveConsent'>;
  total: number;
  onDone: () => void;
}

/** Three choices, none made beforehand. All three answers are stored, the refusals too. */
export function ConsentStep({ consultationId, gateway, total, onDone }: Props) {
  const [choices, setChoices] = useState<Record<ConsentType, boolean>>({
    care: false,
    recording: false,
    ai: false,
  });
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  // Shown once the server says that a guardian has to sign.
  const [guardian, setGuardian] = useState<GuardianSigner | null>(null);

  async function submit(): Promise<void> {
    if (!choices.care) {
      setTrouble(text.careMissing);
      return;
    }
    const signer = guardian && guardianNamed(guardian);
    if (guardian && !signer) {
      setTrouble(text.guardianMissing);
      return;
    }
    setBusy(true);
    setTrouble(null);
    try {
      for (const type of consentTypes) {
        await gateway.giveConsent(consultationId, {
          type,
          accepted: choices[type],
          textVersion: consentTexts[type].version,
          ...(signer ? { signer } : {}),
        });
      }
      onDone();
    } catch (error) {
      if (namesField(error, 'signer')) setGuardian((now) => now ?? nobodyYet);
      setTrouble(errorSentence(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <StepFrame
      step={2}
      total={total}
      title={text.title}
      lead={text.lead}
      footer={
        <>
          {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
          <Button size="lg" busy={busy} onClick={() => void submit()}>
            {text.next}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {consentTypes.map((type) => (
          <div key={type} className="rounded-lg border border-line bg-paper p-4">
            <Checkbox
              checked={choices[type]}
              onCheckedChange={(accepted) => {
                setChoices((all) => ({ ...all, [type]: accepted }));
                setTrouble(null);
              }}
              label={
                <span className="flex flex-wrap items-center gap-2">
                  {consentTexts[type].title}
                  <Badge tone={type === 'care' ? 'accent' : 'neutral'}>
                    {type === 'care' ? text.needed : text.optional}
                  </Badge>
                </span>
              }
              description={consentTexts[type].text}
            />
          </div>
        ))}
        {guardian ? <GuardianFields value={guardian} onChange={setGuardian} asked /> : null}
      </div>
    </StepFrame>
  );
}
