'use client';
import type { CreatedException } from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { agendaMessages } from '#messages/agenda.ts';

const text = agendaMessages.schedule;
const empty = { kind: 'blocked' as 'blocked' | 'extra', start: '', end: '', reason: '' };

interface Props {
  doctorId: string;
  onAdded: (added: CreatedException) => void;
}

/** One block or one extra time, on the clinic's clock. */
export function ExceptionForm({ doctorId, onAdded }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const [form, setForm] = useState(empty);
  const { attempt, busy, setTrouble, trouble } = useAttempt();
  const set = (change: Partial<typeof empty>) => {
    setTrouble(null);
    setForm({ ...form, ...change });
  };

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { kind, start, end, reason } = form;
    if (start === '' || end === '') return setTrouble(text.missing);
    if (start >= end) return setTrouble(text.invalid);
    await attempt(async () => {
      const added = await gateway.addException({
        doctor_id: doctorId,
        kind,
        start,
        end,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      });
      toast({ title: text.added, tone: 'ok' });
      setForm(empty);
      onAdded(added);
    });
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-3 border-t border-line pt-4"
      onSubmit={(event) => void add(event)}
    >
      <Field label={text.kind}>
        <Select
          value={form.kind}
          onChange={(event) => set({ kind: event.target.value === 'extra' ? 'extra' : 'blocked' })}
        >
          <option value="blocked">{text.kinds.blocked}</option>
          <option value="extra">{text.kinds.extra}</option>
        </Select>
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={text.start}>
          <Input
            type="datetime-local"
            value={form.start}
            onChange={(event) => set({ start: event.target.value })}
          />
        </Field>
        <Field label={text.end}>
          <Input
            type="datetime-local"
            value={form.end}
            onChange={(event) => set({ end: event.target.value })}
          />
        </Field>
      </div>
      <Field label={text.reason} hint={text.reasonHint}>
        <Input
          maxLength={120}
          value={form.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" variant="secondary" className="self-start" busy={busy}>
        {text.addException}
      </Button>
    </form>
  );
}
