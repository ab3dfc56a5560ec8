'use client';
import type { Consultation, ConsultationType, PatientCard } from '@medcall/shared-types';
import { useState } from 'react';
import { ChosenPatient } from '#components/patients/chosen-patient.tsx';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { instantOfSaoPaulo } from '#lib/validations.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { NewPatientForm } from './new-patient-form.tsx';
import { TypeChoice } from './type-choice.tsx';

const text = dashboardMessages.create;
/** Who, how, when, and whether the programs may listen. */
export function NewConsultationForm({ onCreated }: { onCreated: (made: Consultation) => void }) {
  const gateway = useGateway();
  const [patient, setPatient] = useState<PatientCard | null>(null);
  const [newName, setNewName] = useState<string | null>(null);
  const [type, setType] = useState<ConsultationType>('ONLINE');
  const [when, setWhen] = useState('');
  const [ai, setAi] = useState(true);
  const [missing, setMissing] = useState<'patient' | 'when' | null>(null);
  const { attempt, busy, trouble } = useAttempt();

  async function create(): Promise<void> {
    const at = when === '' ? undefined : instantOfSaoPaulo(when);
    if (!patient) return setMissing('patient');
    if (at !== undefined && Date.parse(at) < Date.now()) return setMissing('when');
    setMissing(null);
    await attempt(async () => {
      onCreated(
        await gateway.createConsultation({
          patient_id: patient.id,
          type,
          ai_enabled: ai,
          ...(at === undefined ? {} : { scheduled_at: at }),
        }),
      );
    });
  }

  function pick(chosen: PatientCard): void {
    setPatient(chosen);
    setNewName(null);
    setMissing(null);
  }

  if (newName !== null && !patient) {
    return <NewPatientForm name={newName} onCreated={pick} onBack={() => setNewName(null)} />;
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <ChosenPatient
        patient={patient}
        onChange={(chosen) => (chosen ? pick(chosen) : setPatient(null))}
        onNew={setNewName}
        error={missing === 'patient' ? text.patientRequired : undefined}
      />
      <TypeChoice value={type} onChange={setType} />
      <Field
        label={text.when}
        hint={text.whenHint}
        error={missing === 'when' ? text.whenPast : undefined}
      >
        <Input
          type="datetime-local"
          value={when}
          onChange={(event) => setWhen(event.target.value)}
        />
      </Field>
      <Checkbox checked={ai} onCheckedChange={setAi} label={text.ai} description={text.aiText} />
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" size="lg" busy={busy}>
        {text.submit}
      </Button>
    </form>
  );
}
