'use client';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { ExceptionsCard } from './exceptions-card.tsx';
import { HoursCard } from './hours-card.tsx';

const text = agendaMessages.schedule;

/** When a doctor attends: every week, and apart from it. */
export function ScheduleScreen({ doctorId }: { doctorId: string | null }) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR(
    ['schedule', doctorId],
    async () => {
      const [availability, doctors] = await Promise.all([
        gateway.availability(doctorId ?? undefined),
        gateway.doctors(),
      ]);
      const doctor = doctors.items.find(({ id }) => id === availability.doctor_id);
      return { availability, doctorName: doctor?.nome ?? '' };
    },
    { revalidateOnFocus: false },
  );
  const back = doctorId ? `/agenda?medico=${encodeURIComponent(doctorId)}` : '/agenda';
  return (
    <div className="mx-auto max-w-6xl">
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button asChild variant="quiet" size="sm">
          <Link href={back}>
            <ArrowLeft aria-hidden="true" />
            {text.back}
          </Link>
        </Button>
        <h1 className="text-2xl font-bold">{text.title}</h1>
        {data ? <p className="text-ink-soft">{data.doctorName}</p> : null}
      </div>
      <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
        {({ availability, doctorName }) => (
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <HoursCard
              // A newer version fills the form anew.
              key={availability.version}
              availability={availability}
              onSaved={(saved) =>
                void mutate({ availability: saved, doctorName }, { revalidate: false })
              }
              onStale={() => void mutate()}
            />
            <ExceptionsCard availability={availability} onChanged={() => void mutate()} />
          </div>
        )}
      </Remote>
    </div>
  );
}
