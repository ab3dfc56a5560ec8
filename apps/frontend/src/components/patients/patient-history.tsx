'use client';
import type { Consultation } from '@medcall/shared-types';
import Link from 'next/link';
import useSWR from 'swr';
import { ConsultationSection } from '#components/dashboard/consultation-section.tsx';
import { StatusBadge } from '#components/dashboard/status-badge.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { patientsMessages as text } from '#messages/patients.ts';

/** Every consultation of the patient, the newest first. */
export function PatientHistory({ patientId }: { patientId: string }) {
  const gateway = useGateway();
  const { data, error, isLoading } = useSWR(['history', patientId], () =>
    gateway.consultations({ patient_id: patientId, limit: 100 }),
  );
  if (error && !data) return <Alert tone="danger">{errorSentence(error)}</Alert>;
  return (
    <ConsultationSection title={text.history} loading={isLoading} empty={text.historyEmpty}>
      {(data?.items ?? []).map((item) => (
        <Row key={item.id} consultation={item} />
      ))}
    </ConsultationSection>
  );
}

function Row({ consultation }: { consultation: Consultation }) {
  const { id, status, type, doctor, scheduled_at, started_at, created_at } = consultation;
  const at = started_at ?? scheduled_at ?? created_at;
  return (
    <li>
      <Link
        prefetch={false}
        href={`/consulta/${id}`}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 -outline-offset-2 hover:bg-ground"
      >
        <span className="w-40 font-semibold">
          {formatDate(at)}, {formatTime(at)}
        </span>
        <span className="min-w-40 flex-1 text-ink-soft">
          {dashboardMessages.type[type]} · {doctor?.nome ?? ''}
        </span>
        {status === 'COMPLETED' ? (
          <span className="text-sm text-ink-soft">{noteWords(consultation)}</span>
        ) : null}
        <StatusBadge status={status} />
      </Link>
    </li>
  );
}

function noteWords({ note_status: note }: Consultation): string {
  if (note === 'assinada') return text.noteSigned;
  return note === 'rascunho' ? text.noteDraft : text.noteMissing;
}
