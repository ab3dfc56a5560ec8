'use client';
import type { RoomConsultation } from '@medcall/shared-types';
import { Button } from '#components/ui/button.ts';
import { patientMessages } from '#messages/patient.ts';
import { StepFrame } from './step-frame.tsx';
import { visitOf } from './visit-of.ts';
import { WhatHappens } from './what-happens.tsx';

interface Props {
  consultation: RoomConsultation;
  total: number;
  onDone: () => void;
}

/** A guest has no choices to make: what will happen, and on. */
export function GuestStep({ consultation, total, onDone }: Props) {
  const { doctor, title, lead } = visitOf(consultation);
  return (
    <StepFrame
      step={1}
      total={total}
      title={title}
      lead={lead}
      footer={
        <Button size="lg" onClick={onDone}>
          {patientMessages.consent.next}
        </Button>
      }
    >
      <WhatHappens
        name={consultation.participantName}
        lines={patientMessages.intro.guestLines(doctor)}
      />
    </StepFrame>
  );
}
