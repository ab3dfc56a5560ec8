'use client';
import type { BookingPage } from '@medcall/shared-types';
import { TypeChoice } from '#components/dashboard/type-choice.tsx';
import { Button } from '#components/ui/button.ts';
import { cn } from '#lib/utils.ts';
import { bookingMessages } from '#messages/booking.ts';
import type { BookingDraft } from './draft.ts';
import { StepHeading } from './step-heading.tsx';

const text = bookingMessages.who;

export interface StepProps {
  page: BookingPage;
  slug: string;
  draft: BookingDraft;
  onChange: (part: Partial<BookingDraft>) => void;
}

/** With whom, and by video or in person. */
export function WhoStep({ page, draft, onChange, onNext }: StepProps & { onNext: () => void }) {
  return (
    <>
      <StepHeading number={1} title={text.title} />
      <div className="flex flex-col gap-6">
        <fieldset>
          <legend className="mb-1.5 font-semibold">{text.doctor}</legend>
          <div className="flex flex-col gap-2">
            {page.doctors.map(({ id, nome, crm, especialidade }) => (
              <label
                key={id}
                className={cn(
                  'flex min-h-14 cursor-pointer items-center gap-3 rounded-md border bg-paper px-4 py-2 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
                  draft.doctorId === id ? 'border-accent bg-accent-wash' : 'border-line-strong/60',
                )}
              >
                <input
                  type="radio"
                  name="doctor"
                  checked={draft.doctorId === id}
                  // Another doctor has other free times.
                  onChange={() => onChange({ doctorId: id, slot: null })}
                  className="size-5 accent-accent outline-none"
                />
                <span>
                  <span className="block font-semibold">{nome}</span>
                  <span className="block text-sm text-ink-soft">
                    {[especialidade, text.anyCrm(crm)].filter(Boolean).join(' · ')}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <TypeChoice value={draft.type} onChange={(type) => onChange({ type })} />
        <Button size="lg" disabled={draft.doctorId === null} onClick={onNext}>
          {bookingMessages.next}
        </Button>
      </div>
    </>
  );
}
