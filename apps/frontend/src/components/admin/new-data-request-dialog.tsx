'use client';
import { dataRequestKind, type PatientCard } from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { ChosenPatient } from '#components/patients/chosen-patient.tsx';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Select, Textarea } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { dataRequestMessages as text } from '#messages/admin/data-requests.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: () => void;
}

/** Writes a request down; the clock of the law begins. */
export function NewDataRequestDialog({ open, onOpenChange, onCreated }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.add}>
      <RequestForm
        onDone={() => {
          onOpenChange(false);
          onCreated();
        }}
      />
    </Dialog>
  );
}

function RequestForm({ onDone }: { onDone: () => void }) {
  const gateway = useGateway();
  const toast = useToast();
  const [patient, setPatient] = useState<PatientCard | null>(null);
  const [kind, setKind] = useState<string>('access');
  const [details, setDetails] = useState('');
  const [missing, setMissing] = useState(false);
  const { attempt, busy, trouble } = useAttempt();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!patient) return setMissing(true);
    await attempt(async () => {
      await gateway.createDataRequest({
        patient_id: patient.id,
        kind: dataRequestKind.parse(kind),
        ...(details.trim() === '' ? {} : { details: details.trim() }),
      });
      toast({ title: text.saved, description: text.savedText, tone: 'ok' });
      onDone();
    });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <ChosenPatient
        patient={patient}
        onChange={(chosen) => {
          setPatient(chosen);
          setMissing(false);
        }}
        error={missing ? text.patientMissing : undefined}
      />
      <Field label={text.kind}>
        <Select value={kind} onChange={(event) => setKind(event.target.value)}>
          {dataRequestKind.options.map((value) => (
            <option key={value} value={value}>
              {text.kinds[value]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.details} hint={text.detailsHint}>
        <Textarea
          rows={3}
          maxLength={2000}
          value={details}
          onChange={(event) => setDetails(event.target.value)}
        />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" busy={busy}>
        {text.save}
      </Button>
    </form>
  );
}
