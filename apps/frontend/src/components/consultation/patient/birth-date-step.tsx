'use client';
import { type FormEvent, useState } from 'react';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { documentMessages as text } from '#messages/documents.ts';

interface Props {
  /** What the service said of the last try; null before the first. */
  trouble: string | null;
  busy: boolean;
  onDate: (birthDate: string) => void;
}

/** A link to documents may be read by whoever finds it: the birth date opens it. */
export function BirthDateStep({ trouble, busy, onDate }: Props) {
  const [date, setDate] = useState('');
  const [missing, setMissing] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (date === '') setMissing(true);
    else onDate(date);
  }

  return (
    <NoticePage title={text.birthTitle}>
      <p>{text.birthText}</p>
      <form className="mt-4 flex flex-col gap-4" noValidate onSubmit={submit}>
        <Field label={text.birthLabel} error={missing ? text.birthMissing : (trouble ?? undefined)}>
          <Input
            type="date"
            autoComplete="bday"
            value={date}
            onChange={(event) => {
              setDate(event.target.value);
              setMissing(false);
            }}
          />
        </Field>
        <Button type="submit" size="lg" busy={busy}>
          {text.birthNext}
        </Button>
      </form>
    </NoticePage>
  );
}
