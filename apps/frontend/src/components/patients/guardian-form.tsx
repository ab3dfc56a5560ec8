'use client';
import type { PatientCard } from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';
import { ChosenPatient } from './chosen-patient.tsx';

const text = patientListsMessages.guardians;
const shortestRelation = 2;

interface Props {
  patientId: string;
  onDone: () => void;
}

/** Somebody with a card of the clinic, and what that person is to the patient. */
export function GuardianForm({ patientId, onDone }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const [guardian, setGuardian] = useState<PatientCard | null>(null);
  const [relation, setRelation] = useState('');
  const [wrong, setWrong] = useState<'missing' | 'self' | 'relation' | null>(null);
  const { attempt, busy, trouble } = useAttempt();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const said = relation.trim();
    if (!guardian) return setWrong('missing');
    if (guardian.id === patientId) return setWrong('self');
    if (said !== '' && said.length < shortestRelation) return setWrong('relation');
    await attempt(async () => {
      await gateway.putGuardian(patientId, guardian.id, said === '' ? null : said);
      toast({ title: text.added(guardian.name), tone: 'ok' });
      onDone();
    });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <ChosenPatient
        patient={guardian}
        onChange={(chosen) => {
          setGuardian(chosen);
          setWrong(null);
        }}
        error={wrong === 'missing' || wrong === 'self' ? text[wrong] : undefined}
      />
      <Field
        label={text.relation}
        hint={text.relationHint}
        error={wrong === 'relation' ? text.relationShort : undefined}
      >
        <Input
          maxLength={80}
          value={relation}
          onChange={(event) => {
            setRelation(event.target.value);
            setWrong(null);
          }}
        />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" busy={busy}>
        {text.save}
      </Button>
    </form>
  );
}
