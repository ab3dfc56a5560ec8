'use client';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.patientPanel;

/** Allergies and medicines in sight while one talks. */
export function PatientPanel({ patientId }: { patientId: string }) {
  const gateway = useGateway();
  const { data, error } = useSWR(['patient', patientId], () => gateway.patient(patientId), {
    revalidateOnFocus: false,
  });
  if (error && !data) return <p className="text-ink-soft">{text.unavailable}</p>;
  if (!data) return <Skeleton className="h-12" />;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
      <dt className="text-ink-soft">{text.allergies}</dt>
      <dd className={data.allergies?.length ? 'font-semibold' : 'text-ink-soft'}>
        {data.allergies?.join(', ') || text.none}
      </dd>
      <dt className="text-ink-soft">{text.medicines}</dt>
      <dd className={data.medicines?.length ? '' : 'text-ink-soft'}>
        {data.medicines?.join(', ') || text.none}
      </dd>
    </dl>
  );
}
