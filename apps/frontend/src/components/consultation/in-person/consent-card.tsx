'use client';
import { type ConsentType, consentTexts } from '@medcall/shared-types';
import { useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { inPersonMessages } from '#messages/in-person.ts';
import { GuardianFields } from '../guardian-fields.tsx';
import { guardianNamed, nobodyYet } from '../guardian-signer.ts';

const text = inPersonMessages.consent;
const asked = ['ai', 'recording'] as const satisfies readonly ConsentType[];

interface Props {
  consultationId: string;
  patientName: string;
  /** The answers are stored; `listen` when the transcription was allowed. */
  onDone: (listen: boolean) => void;
}

/** What the patient agrees to, said aloud and written down by the doctor. Nothing is chosen beforehand. */
export function ConsentCard({ consultationId, patientName, onDone }: Props) {
  const gateway = useGateway();
  const [choices, setChoices] = useState({ ai: false, recording: false });
  const [byGuardian, setByGuardian] = useState(false);
  const [guardian, setGuardian] = useState(nobodyYet);
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  async function store(answers: Record<'ai' | 'recording', boolean>): Promise<void> {
    const signer = byGuardian
      ? guardianNamed(guardian)
      : { name: patientName, relation: 'paciente' };
    if (!signer) {
      setTrouble(text.guardianMissing);
      return;
    }
    await attempt(async () => {
      for (const type of asked) {
        await gateway.giveConsent(consultationId, {
          type,
          accepted: answers[type],
          textVersion: consentTexts[type].version,
          signer,
        });
      }
      onDone(answers.ai);
    });
  }

  return (
    <Card className="mx-auto max-w-2xl">
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <p className="text-ink-soft">{text.lead}</p>
        {asked.map((type) => (
          <Checkbox
            key={type}
            checked={choices[type]}
            onCheckedChange={(accepted) => {
              setChoices((all) => ({ ...all, [type]: accepted }));
              setTrouble(null);
            }}
            label={consentTexts[type].title}
            description={consentTexts[type].text}
          />
        ))}
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 font-semibold">{text.who}</legend>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {[false, true].map((guarded) => (
              <label key={String(guarded)} className="flex cursor-pointer items-center gap-2">
                <input
                  type="radio"
                  name="quem"
                  className="size-5 accent-accent"
                  checked={byGuardian === guarded}
                  onChange={() => setByGuardian(guarded)}
                />
                {guarded ? text.guardian : text.patient}
              </label>
            ))}
          </div>
          {byGuardian ? <GuardianFields value={guardian} onChange={setGuardian} /> : null}
        </fieldset>
        {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
        <div className="flex flex-wrap gap-3">
          <Button
            size="lg"
            busy={busy}
            onClick={() => {
              if (choices.ai) void store(choices);
              else setTrouble(text.aiNeeded);
            }}
          >
            {text.start}
          </Button>
          <Button
            size="lg"
            variant="secondary"
            disabled={busy}
            onClick={() => void store({ ai: false, recording: choices.recording })}
          >
            {text.without}
          </Button>
        </div>
      </CardContent>
    </Card>
  );
}
