'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { ClinicDoctor } from '@medcall/shared-types';
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

const changeForm = z.object({
  nome: z.string().trim().min(2, text.missingName).max(200),
  crm: z.string().trim().min(4, text.missingCrm).max(30),
  rqe: z.string().trim().max(30),
  especialidade: z.string().trim().max(120),
  email: z.string(),
});
const inviteForm = changeForm.extend({ email: z.email(text.missingEmail).max(254) });
type Form = z.infer<typeof changeForm>;

interface Props {
  open: boolean;
  /** Whose registration is changed; null: somebody new is invited. */
  doctor: ClinicDoctor | null;
  onClose: () => void;
  onDone: () => void;
}

/** A doctor of the clinic: invited, when the account is made and its link mailed; or changed. */
export function DoctorDialog({ open, doctor, onClose, onDone }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={doctor ? text.changeTitle(doctor.nome) : text.invite}
      description={doctor ? text.changeText : text.inviteText}
    >
      <DoctorForm
        doctor={doctor}
        onDone={() => {
          onClose();
          onDone();
        }}
      />
    </Dialog>
  );
}

function DoctorForm({ doctor, onDone }: Pick<Props, 'doctor' | 'onDone'>) {
  const gateway = useGateway();
  const toast = useToast();
  const [trouble, setTrouble] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Form>({
    resolver: zodResolver(doctor ? changeForm : inviteForm),
    defaultValues: {
      nome: doctor?.nome ?? '',
      crm: doctor?.crm ?? '',
      rqe: doctor?.rqe ?? '',
      especialidade: doctor?.especialidade ?? '',
      email: '',
    },
  });
  const { errors, isSubmitting } = formState;

  async function change({ id }: ClinicDoctor, { email: _none, ...given }: Form): Promise<void> {
    const { rqe, especialidade } = given;
    const changes = { ...given, rqe: rqe || null, especialidade: especialidade || null };
    const { nome } = await gateway.updateDoctor(id, changes);
    toast({ title: text.changed(nome), tone: 'ok' });
  }

  async function invite({ rqe, especialidade, ...given }: Form): Promise<void> {
    const { nome } = await gateway.inviteDoctor({
      ...given,
      ...(rqe ? { rqe } : {}),
      ...(especialidade ? { especialidade } : {}),
    });
    toast({ title: text.invited(nome), description: text.invitedText, tone: 'ok' });
  }

  async function send(given: Form): Promise<void> {
    setTrouble(null);
    try {
      await (doctor ? change(doctor, given) : invite(given));
      onDone();
    } catch (error) {
      setTrouble(errorSentence(error));
    }
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(send)(event)}
    >
      <Field label={text.name} hint={text.nameHint} error={errors.nome?.message}>
        <Input autoComplete="off" {...register('nome')} />
      </Field>
      {doctor ? null : (
        <Field label={text.email} error={errors.email?.message}>
          <Input type="email" autoComplete="off" {...register('email')} />
        </Field>
      )}
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
        {doctor ? text.save : text.send}
      </Button>
    </form>
  );
}
