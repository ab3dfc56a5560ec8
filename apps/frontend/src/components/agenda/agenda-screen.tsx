'use client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { AgendaBoard } from './agenda-board.tsx';
import type { AgendaPlace } from './agenda-place.ts';

/** A doctor's own agenda, or for the administration the one of a chosen doctor. */
export function AgendaScreen({ place }: { place: AgendaPlace }) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR(
    'agenda-people',
    async () => {
      const [me, doctors] = await Promise.all([gateway.me(), gateway.doctors()]);
      return { me, doctors: doctors.items.filter(({ active }) => active) };
    },
    { revalidateOnFocus: false },
  );
  return (
    <Remote
      data={data}
      error={error}
      failed={text.failed}
      onRetry={() => void mutate()}
      skeleton={<Skeleton className="h-[70dvh]" />}
    >
      {({ me, doctors }) => {
        const own = me.doctor?.id ?? null;
        const asked = doctors.find(({ id }) => id === place.doctorId);
        const doctor = own ? doctors.find(({ id }) => id === own) : (asked ?? doctors[0]);
        if (!doctor) {
          return (
            <EmptyState
              title={text.noDoctors}
              action={
                <Button asChild>
                  <Link href="/admin?aba=medicos">
                    <Plus aria-hidden="true" />
                    {text.noDoctors}
                  </Link>
                </Button>
              }
            >
              {text.noDoctorsText}
            </EmptyState>
          );
        }
        return (
          <AgendaBoard
            place={place}
            doctor={doctor}
            doctors={own ? [] : doctors}
            isOwn={own === doctor.id}
          />
        );
      }}
    </Remote>
  );
}
