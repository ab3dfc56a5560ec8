'use client';
import type { PatientCard } from '@medcall/shared-types';
import { Search, UserPlus } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useSettled } from '#components/shared/use-settled.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { formatDate } from '#lib/utils.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

const text = dashboardMessages.create;

interface Props {
  onPick: (patient: PatientCard) => void;
  /** Left out: only patients that are there. */
  onNew?: (name: string) => void;
  error?: string | undefined;
}

/** Finds a patient of the clinic, or leads to a new card. */
export function PatientPicker({ onPick, onNew, error }: Props) {
  const gateway = useGateway();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const {
    data,
    error: failure,
    isLoading,
  } = useSWR(['patients', search], () => gateway.patients(search), {
    keepPreviousData: true,
    revalidateOnFocus: false,
  });
  const found = data?.items ?? [];
  return (
    <div>
      <Field label={text.patient} error={error} hint={text.patientSearch}>
        <Input
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <div
        className="mt-2 max-h-52 overflow-y-auto rounded-md border border-line"
        aria-live="polite"
      >
        {isLoading && found.length === 0 ? <Skeleton className="m-2 h-16" /> : null}
        {failure ? <p className="p-3 text-danger">{errorSentence(failure)}</p> : null}
        {!isLoading && !failure && found.length === 0 ? (
          <p className="flex items-center gap-2 p-3 text-ink-soft">
            <Search className="size-4" aria-hidden="true" />
            {text.patientNone}
          </p>
        ) : null}
        <ul>
          {found.map((patient) => (
            <li key={patient.id}>
              <button
                type="button"
                className="flex w-full cursor-pointer items-baseline justify-between gap-3 px-3 py-2 text-left -outline-offset-2 hover:bg-ground"
                onClick={() => onPick(patient)}
              >
                <span className="font-semibold">{patient.name}</span>
                <span className="text-sm text-ink-soft">
                  {patient.birth_date ? formatDate(`${patient.birth_date}T12:00:00Z`) : ''}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      {onNew ? (
        <Button variant="quiet" size="sm" className="mt-2" onClick={() => onNew(typed.trim())}>
          <UserPlus aria-hidden="true" />
          {text.patientNew}
        </Button>
      ) : null}
    </div>
  );
}
