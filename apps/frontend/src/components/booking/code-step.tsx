'use client';
import type { ConfirmedBooking } from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { bookingMessages } from '#messages/booking.ts';
import { ChosenTime } from './chosen-time.tsx';
import { requestOf, slotIsGone } from './draft.ts';
import { StepHeading } from './step-heading.tsx';
import { useBookingCalls } from './use-booking-calls.ts';
import type { StepProps } from './who-step.tsx';

const text = bookingMessages.code;
const sixNumbers = /^\d{6}$/;

interface Props extends StepProps {
  requestId: string;
  onBack: () => void;
  onAsked: (requestId: string) => void;
  onTaken: () => void;
  onBooked: (booked: ConfirmedBooking) => void;
}

/** The code from the mail: whoever has it owns the address, and the time is booked. */
export function CodeStep(props: Props) {
  const { page, slug, draft, requestId, onBack, onAsked, onTaken, onBooked } = props;
  const calls = useBookingCalls(slug);
  const toast = useToast();
  const [code, setCode] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState<'confirm' | 'again' | null>(null);

  async function run(which: 'confirm' | 'again', work: () => Promise<void>): Promise<void> {
    setBusy(which);
    setTrouble(null);
    try {
      await work();
    } catch (error) {
      if (slotIsGone(error)) onTaken();
      else setTrouble(errorSentence(error));
    } finally {
      setBusy(null);
    }
  }

  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (sixNumbers.test(code)) {
      void run('confirm', async () => onBooked(await calls.confirm(requestId, code)));
    } else setTrouble(text.invalid);
  }

  function again(): void {
    const request = requestOf(draft);
    if (!request) {
      onTaken();
      return;
    }
    void run('again', async () => {
      onAsked((await calls.ask(request)).request_id);
      setCode('');
      toast({ title: text.sentAgain, tone: 'ok' });
    });
  }

  return (
    <>
      <StepHeading number={3} title={text.title} onBack={onBack} />
      <ChosenTime page={page} draft={draft} />
      <form noValidate className="flex flex-col gap-4" onSubmit={confirm}>
        <p>{text.lead(draft.person.email)}</p>
        <Field label={text.label} error={trouble === text.invalid ? trouble : undefined}>
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            className="h-14 text-center text-2xl tracking-[0.4em]"
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </Field>
        {trouble && trouble !== text.invalid ? <Alert tone="danger">{trouble}</Alert> : null}
        <Button type="submit" size="lg" busy={busy === 'confirm'} disabled={busy === 'again'}>
          {text.submit}
        </Button>
        <p className="text-sm text-ink-soft">{text.wait}</p>
        <Button
          variant="link"
          className="self-start"
          busy={busy === 'again'}
          disabled={busy === 'confirm'}
          onClick={again}
        >
          {text.again}
        </Button>
      </form>
    </>
  );
}
