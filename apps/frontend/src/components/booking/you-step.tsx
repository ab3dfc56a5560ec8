'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { bookingMessages } from '#messages/booking.ts';
import { ChosenTime } from './chosen-time.tsx';
import { type PersonDraft, requestOf, slotIsGone } from './draft.ts';
import { personForm } from './person-form.ts';
import { StepHeading } from './step-heading.tsx';
import { useBookingCalls } from './use-booking-calls.ts';
import type { StepProps } from './who-step.tsx';

const text = bookingMessages.you;

interface Props extends StepProps {
  onBack: () => void;
  onAsked: (requestId: string) => void;
  onTaken: () => void;
}

/** Who one is. A code goes to the e-mail before anything is booked. */
export function YouStep({ page, slug, draft, onChange, onBack, onAsked, onTaken }: Props) {
  const calls = useBookingCalls(slug);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { register, handleSubmit, formState, getValues } = useForm<PersonDraft>({
    resolver: zodResolver(personForm),
    defaultValues: draft.person,
  });
  const { errors, isSubmitting } = formState;

  async function ask(person: PersonDraft): Promise<void> {
    setTrouble(null);
    onChange({ person });
    const request = requestOf({ ...draft, person });
    if (!request) return onTaken();
    try {
      const { request_id } = await calls.ask(request);
      onAsked(request_id);
    } catch (error) {
      if (slotIsGone(error)) onTaken();
      else setTrouble(errorSentence(error));
    }
  }

  return (
    <>
      <StepHeading
        number={3}
        title={text.title}
        onBack={() => {
          onChange({ person: getValues() });
          onBack();
        }}
      />
      <ChosenTime page={page} draft={draft} />
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => void handleSubmit(ask)(event)}
      >
        <Field label={text.name} error={errors.name?.message}>
          <Input autoComplete="name" {...register('name')} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={text.cpf} error={errors.cpf?.message}>
            <Input inputMode="numeric" autoComplete="off" {...register('cpf')} />
          </Field>
          <Field label={text.birthDate} error={errors.birth_date?.message}>
            <Input type="date" autoComplete="bday" {...register('birth_date')} />
          </Field>
        </div>
        <Field label={text.email} hint={text.emailHint} error={errors.email?.message}>
          <Input type="email" autoComplete="email" {...register('email')} />
        </Field>
        <Field label={text.phone} hint={text.phoneHint} error={errors.phone?.message}>
          <Input type="tel" autoComplete="tel-national" {...register('phone')} />
        </Field>
        {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
        <Button type="submit" size="lg" busy={isSubmitting}>
          {text.submit}
        </Button>
        <p className="text-sm text-ink-soft">{text.privacy}</p>
      </form>
    </>
  );
}
