'use client';
import type { RoomConsultation } from '@medcall/shared-types';
import { Button } from '#components/ui/button.ts';
import { formatDate, formatTime, shortName } from '#lib/utils.ts';
import { patientMessages } from '#messages/patient.ts';
import { StepFrame } from './step-frame.tsx';

const text = patientMessages.intro;

interface Props {
  consultation: RoomConsultation;
  total: number;
  onNext: () => void;
}

/** What will happen, in three lines. */
export function IntroStep({ consultation, total, onNext }: Props) {
  const { doctorName, clinicName, participantName, scheduled_at: at, role } = consultation;
  const when = at ? `${formatDate(at)}, ${formatTime(at)}` : null;
  const name = shortName(doctorName);
  const lines = role === 'guest' ? text.guestLines(name) : text.lines(name);
  return (
    <StepFrame
      step={1}
      total={total}
      title={text.title(doctorName)}
      lead={text.at(clinicName, when)}
      footer={
        <Button size="lg" onClick={onNext}>
          {text.next}
        </Button>
      }
    >
      <p className="text-lg font-semibold">{text.greeting(participantName)}</p>
      <ol className="mt-4 flex flex-col gap-4">
        {lines.map((line, at) => (
          <li key={line} className="flex items-start gap-3 text-lg">
            <span
              aria-hidden="true"
              className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-wash font-bold text-accent"
            >
              {at + 1}
            </span>
            <span className="pt-0.5">{line}</span>
          </li>
        ))}
      </ol>
      <p className="mt-6 text-ink-soft">{text.privacy}</p>
    </StepFrame>
  );
}
