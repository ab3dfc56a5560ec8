'use client';
import type { Patient } from '@medcall/shared-types';
import { formatCpf } from '@medcall/utils/cpf';
import { formatPhone } from '@medcall/utils/format-phone';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence, isOutOfReach } from '#lib/api/api-error.ts';
import { ageInYears, formatDate } from '#lib/utils.ts';
import { patientsMessages as text } from '#messages/patients.ts';
import { sharedMessages } from '#messages/shared.ts';
import { AccessLog } from './access-log.tsx';
import { CareGate } from './care-gate.tsx';
import { GuardiansCard } from './guardians-card.tsx';
import { HealthList } from './health-list.tsx';
import { JoinedCards, JoinedNotice } from './joined-cards.tsx';
import { PatientHistory } from './patient-history.tsx';
import { RecordCopy } from './record-copy.tsx';

/** One patient: allergies in sight, what happened so far, and who has looked. */
export function PatientChart({ id }: { id: string }) {
  const gateway = useGateway();
  const { data: me } = useSWR('me', () => gateway.me(), { revalidateOnFocus: false });
  const { data, error, mutate } = useSWR(['patient', id], () => gateway.patient(id), {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
  const missing = isOutOfReach(error);
  if (!data) {
    return error ? (
      <EmptyState
        title={missing ? text.chartMissing : text.chartFailed}
        action={
          <>
            {missing ? null : <Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>}
            <Button asChild variant={missing ? 'primary' : 'secondary'}>
              <Link href="/pacientes">{text.backToList}</Link>
            </Button>
          </>
        }
      >
        {errorSentence(error)}
      </EmptyState>
    ) : (
      <div aria-busy="true" className="grid gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    );
  }
  // What only a doctor in a care relation gets is not there for anybody else.
  const caring = data.allergies !== undefined;
  // One item comes or goes: what a colleague writes meanwhile stays, and comes back with the answer.
  const change = async (
    list: 'allergies' | 'medicines',
    deed: 'add' | 'remove',
    item: string,
  ): Promise<void> => {
    const others = (data[list] ?? []).filter((each) => each !== item);
    await mutate(gateway.updatePatient(id, { health: { [`${deed}_${list}` as const]: [item] } }), {
      optimisticData: { ...data, [list]: deed === 'add' ? [...others, item] : others },
      rollbackOnError: true,
      revalidate: false,
    });
  };
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button asChild variant="quiet" size="sm" className="print:hidden">
          <Link href="/pacientes">
            <ArrowLeft aria-hidden="true" />
            {text.back}
          </Link>
        </Button>
        <h1 className="text-2xl font-bold">{data.name}</h1>
        <p className="text-ink-soft">
          {data.birth_date ? text.years(ageInYears(data.birth_date)) : ''}
          {data.sex && data.sex !== 'I' ? `, ${text.sex[data.sex]}` : ''}
        </p>
      </div>
      <JoinedNotice patient={data} onChanged={() => void mutate()} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex flex-col gap-5">
          {caring ? (
            <>
              <div className="grid gap-5 sm:grid-cols-2">
                <HealthList
                  title={text.allergies}
                  empty={text.noAllergies}
                  addLabel={text.addAllergy}
                  items={data.allergies ?? []}
                  emphasised
                  onAdd={(item) => change('allergies', 'add', item)}
                  onRemove={(item) => change('allergies', 'remove', item)}
                />
                <HealthList
                  title={text.medicines}
                  empty={text.noMedicines}
                  addLabel={text.addMedicine}
                  items={data.medicines ?? []}
                  onAdd={(item) => change('medicines', 'add', item)}
                  onRemove={(item) => change('medicines', 'remove', item)}
                />
              </div>
              <PatientHistory patientId={id} />
            </>
          ) : (
            <CareGate patientId={id} isDoctor={me?.doctor != null} onOpened={() => void mutate()} />
          )}
        </div>
        <div className="flex flex-col gap-5">
          <Contact patient={data} />
          <JoinedCards patient={data} onChanged={() => void mutate()} />
          <GuardiansCard patient={data} onChanged={() => void mutate()} />
          {caring ? (
            <>
              <RecordCopy patientId={id} />
              <AccessLog patientId={id} />
            </>
          ) : null}
        </div>
      </div>
    </>
  );
}

function Contact({ patient }: { patient: Patient }) {
  const rows = [
    [text.birth, patient.birth_date ? formatDate(`${patient.birth_date}T12:00:00Z`) : null],
    [text.cpf, patient.cpf && formatCpf(patient.cpf)],
    [text.phone, patient.phone && formatPhone(patient.phone)],
    [text.email, patient.email],
    [text.address, patient.address ?? null],
  ] as const;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.contact}</CardTitle>
      </CardHeader>
      <CardContent>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {rows.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-soft">{label}</dt>
              <dd className={value ? 'break-words' : 'text-ink-soft'}>
                {value ?? text.notInformed}
              </dd>
            </div>
          ))}
        </dl>
      </CardContent>
    </Card>
  );
}
