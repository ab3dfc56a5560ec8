'use client';
import type { PatientCard } from '@medcall/shared-types';
import { PatientPicker } from '#components/dashboard/patient-picker.tsx';
import { Button } from '#components/ui/button.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

const text = dashboardMessages.create;

interface Props {
  patient: PatientCard | null;
  onChange: (patient: PatientCard | null) => void;
  /** Left out where a new card makes no sense. */
  onNew?: (name: string) => void;
  error?: string | undefined;
}

/** The patient of a form: looked for, then shown with a way to choose another. */
export function ChosenPatient({ patient, onChange, onNew, error }: Props) {
  if (!patient) {
    return <PatientPicker onPick={onChange} {...(onNew ? { onNew } : {})} error={error} />;
  }
  return (
    <div className="flex items-center justify-between gap-3 rounded-md border border-line px-4 py-2">
      <p>
        <span className="block text-sm text-ink-soft">{text.patient}</span>
        <span className="text-lg font-semibold">{patient.name}</span>
      </p>
      <Button variant="quiet" size="sm" onClick={() => onChange(null)}>
        {text.patientChange}
      </Button>
    </div>
  );
}
