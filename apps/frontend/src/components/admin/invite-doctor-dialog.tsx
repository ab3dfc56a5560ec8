'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { InviteDoctor } from '@medcall/shared-types';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { doctorsMessages as text } from '#messages/admin/doctors.ts';

const optional = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value));

const inviteForm = z
  .object({
    nome: z.string().trim().min(2, text.missingName).max(200),
    email: z.email(text.missingEmail).max(254),
    crm: z.string().trim().min(4, text.missingCrm).max(30),
    rqe: optional,
    especialidade: optional,
  })
  .transform(({ rqe, especialidade, ...needed }) => ({
    ...needed,
    ...(rqe === undefined ? {} : { rqe }),
    ...(especialidade === undefined ? {} : { especialidade }),
  }));
type Form = z.input<typeof inviteForm>;

const empty: Form = { nome: '', email: '', crm: '', rqe: '', especialidade: '' };

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onInvited: () => void;
}

/** A new doctor: the account is made, the link goes by mail. */
export function InviteDoctorDialog({ open, onOpenChange, onInvited }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text.invite}
      description={text.inviteText}
    >
      <InviteForm
        onDone={() => {
          onOpenChange(false);
          onInvited();
        }}
      />
    </Dialog>
  );
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const gateway = useGateway();
  const toast = useToast();
  const [trouble, setTrouble] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Form, unknown, InviteDoctor>({
    resolver: zodResolver(inviteForm),
    defaultValues: empty,
  });
  const { errors, isSubmitting } = formState;

  async function invite(wanted: InviteDoctor): Promise<void> {
    setTrouble(null);
    try {
      const made = await gateway.inviteDoctor(wanted);
      toast({ title: text.invited(made.nome), description: text.invitedText, tone: 'ok' });
      onDone();
    } catch (error) {
      setTrouble(errorSentence(error));
    }
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(invite)(event)}
    >
      <Field label={text.name} hint={text.nameHint} error={errors.nome?.message}>
        <Input autoComplete="off" {...register('nome')} />
      </Field>
      <Field label={text.email} error={errors.email?.message}>
        <Input type="email" autoComplete="off" {...register('email')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.crm} hint={text.crmHint} error={errors.crm?.message}>
          <Input autoComplete="off" {...register('crm')} />
        </Field>
        <Field label={text.rqe} hint={text.optional} error={errors.rqe?.message}>
          <Input autoComplete="off" inputMode="numeric" {...register('rqe')} />
        </Field>
      </div>
      <Field label={text.specialty} hint={text.optional} error={errors.especialidade?.message}>
        <Input autoComplete="off" {...register('especialidade')} />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" busy={isSubmitting}>
        {text.send}
      </Button>
    </form>
  );
}
