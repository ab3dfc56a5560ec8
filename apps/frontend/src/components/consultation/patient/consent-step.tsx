'use client';
import {
  type Consent,
  type ConsentType,
  consentTexts,
  consentTypes,
  type RoomConsultation,
} from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { errorSentence, namesField } from '#lib/api/api-error.ts';
import type { ConsentCalls } from '#lib/api/calls/consent-calls.ts';
import { patientMessages } from '#messages/patient.ts';
import { GuardianFields } from '../guardian-fields.tsx';
import { type GuardianSigner, guardianNamed, nobodyYet } from '../guardian-signer.ts';
import { lastConsent } from './last-consent.ts';
import { StepFrame } from './step-frame.tsx';
import { visitOf } from './visit-of.ts';
import { WhatHappens } from './what-happens.tsx';

const text = patientMessages.consent;

interface Props {
  consultation: RoomConsultation;
  gateway: ConsentCalls;
  total: number;
  onDone: () => void;
}

type Choices = Partial<Record<ConsentType, boolean>>;

/**
 * What will happen, and three choices, none made beforehand: only who comes back finds his own. All three
 * answers are stored, the refusals too.
 */
export function ConsentStep({ consultation, gateway, total, onDone }: Props) {
  const consultationId = consultation.id;
  const { doctor, title, lead } = visitOf(consultation);
  const [held, setHeld] = useState<Choices>({});
  const [chosen, setChosen] = useState<Choices>({});
  const section = useRef<HTMLElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  // Shown once the server says that a guardian has to sign.
  const [guardian, setGuardian] = useState<GuardianSigner | null>(null);

  useEffect(() => {
    let gone = false;
    gateway.consents(consultationId).then(
      ({ items }) => {
        if (!gone) setHeld(choicesIn(items));
      },
      // Without them the page asks anew, which is no harm.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [gateway, consultationId]);

  const choice = (type: ConsentType) => chosen[type] ?? held[type] ?? false;

  async function submit(): Promise<void> {
    if (!choice('care')) {
      setTrouble(text.careMissing);
      const box = section.current?.querySelector('input');
      box?.focus({ preventScroll: true });
      box?.scrollIntoView({ block: 'center' });
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
        const accepted = choice(type);
        if (held[type] === accepted) continue;
        await gateway.giveConsent(consultationId, {
          type,
          accepted,
          textVersion: consentTexts[type].version,
          ...(signer ? { signer } : {}),
        });
        setHeld((all) => ({ ...all, [type]: accepted }));
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
      step={1}
      total={total}
      title={title}
      lead={lead}
      footer={
        <>
          {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
          <Button size="lg" busy={busy} onClick={() => void submit()}>
            {text.next}
          </Button>
        </>
      }
    >
      <WhatHappens
        name={consultation.participantName}
        lines={patientMessages.intro.lines(doctor)}
      />
      <section ref={section} aria-labelledby="choices" className="mt-6 flex flex-col gap-3">
        <div>
          <h2 id="choices" className="text-xl font-bold">
            {text.title}
          </h2>
          <p className="mt-1 text-ink-soft">{text.lead}</p>
        </div>
        {consentTypes.map((type) => (
          <div key={type} className="rounded-lg border border-line bg-paper p-4">
            <Checkbox
              checked={choice(type)}
              onCheckedChange={(accepted) => {
                setChosen((all) => ({ ...all, [type]: accepted }));
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
      </section>
    </StepFrame>
  );
}

/** What was said to the present words; to others nothing was said. */
function choicesIn(items: readonly Consent[]): Choices {
  return Object.fromEntries(
    consentTypes.flatMap((type) => {
      const last = lastConsent(items, type);
      return last?.text_version === consentTexts[type].version ? [[type, last.accepted]] : [];
    }),
  );
}
