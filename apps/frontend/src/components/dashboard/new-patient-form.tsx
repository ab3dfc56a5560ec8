'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { CreatePatient, PatientCard } from '@medcall/shared-types';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { type NewPatientForm as Form, newPatientForm } from '#lib/validations.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

const text = dashboardMessages.newPatient;
const conflictDetails = z.object({ patient_id: z.uuid() });

interface Props {
  name: string;
  onCreated: (patient: PatientCard) => void;
  onBack: () => void;
}

/** A new card; a CPF that the clinic already knows leads to the existing one. */
export function NewPatientForm({ name, onCreated, onBack }: Props) {
  const gateway = useGateway();
  const [existing, setExisting] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Form, unknown, CreatePatient>({
    resolver: zodResolver(newPatientForm),
    defaultValues: { name, cpf: '', birth_date: '', phone: '' },
  });
  const { errors, isSubmitting } = formState;

  async function save(card: CreatePatient): Promise<void> {
    setTrouble(null);
    setExisting(null);
    try {
      onCreated(await gateway.createPatient(card));
    } catch (error) {
      const details =
        error instanceof ApiError && error.code === 'conflict'
          ? conflictDetails.safeParse(error.details)
          : null;
      if (details?.success) setExisting(details.data.patient_id);
      else setTrouble(errorSentence(error));
    }
  }

  async function takeExisting(id: string): Promise<void> {
    try {
      onCreated(await gateway.patient(id));
    } catch (error) {
      setTrouble(errorSentence(error));
    }
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        // This form lies in another component's: its submission is its own.
        event.stopPropagation();
        void handleSubmit(save)(event);
      }}
    >
      <Field label={text.name} error={errors.name?.message}>
        <Input autoComplete="off" autoFocus {...register('name')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.cpf} hint={text.cpfHint} error={errors.cpf?.message}>
          <Input inputMode="numeric" autoComplete="off" {...register('cpf')} />
        </Field>
        <Field label={text.birthDate} hint={text.cpfHint} error={errors.birth_date?.message}>
          <Input type="date" {...register('birth_date')} />
        </Field>
      </div>
      <Field label={text.phone} hint={text.cpfHint} error={errors.phone?.message}>
        <Input type="tel" autoComplete="off" {...register('phone')} />
      </Field>
      {existing ? (
        <Alert
          tone="warning"
          action={
            <Button size="sm" variant="secondary" onClick={() => void takeExisting(existing)}>
              {text.takeExisting}
            </Button>
          }
        >
          {text.exists}
        </Alert>
      ) : null}
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <div className="flex flex-wrap justify-between gap-3">
        <Button variant="quiet" onClick={onBack}>
          {text.back}
        </Button>
        <Button type="submit" busy={isSubmitting}>
          {text.save}
        </Button>
      </div>
    </form>
  );
}
