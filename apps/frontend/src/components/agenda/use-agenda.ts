'use client';
import type { Availability, Consultation } from '@medcall/shared-types';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { type AgendaItem, agendaItems } from '#lib/agenda/grid.ts';

const refreshMs = 60_000;
/** More bookings than a doctor holds in a week. */
const most = 200;

export interface Agenda {
  items: readonly AgendaItem[] | undefined;
  availability: Availability | undefined;
  error: unknown;
  reload: () => Promise<unknown>;
  /** Shows a change at once; what the service says afterwards is what stays. */
  change: (
    work: Promise<Consultation>,
    shown?: (list: readonly Consultation[]) => Consultation[],
  ) => Promise<Consultation>;
}

/** One doctor's bookings from one day to another, and his hours. */
export function useAgenda(doctorId: string | null, from: string, to: string): Agenda {
  const gateway = useGateway();
  const hours = useSWR(
    doctorId ? ['availability', doctorId] : null,
    () => gateway.availability(doctorId ?? undefined),
    { revalidateOnFocus: false },
  );
  const list = useSWR(
    doctorId ? ['agenda', doctorId, from, to] : null,
    async () =>
      (await gateway.consultations({ from, to, doctor_id: doctorId ?? '', limit: most })).items,
    { refreshInterval: refreshMs, keepPreviousData: true },
  );
  const timeZone = hours.data?.timezone;
  return {
    items: list.data && timeZone ? agendaItems(list.data, timeZone) : undefined,
    availability: hours.data,
    error: list.error ?? hours.error,
    reload: () => Promise.all([list.mutate(), hours.mutate()]),
    change: async (work, shown) => {
      if (shown && list.data) await list.mutate(shown(list.data), { revalidate: false });
      try {
        return await work;
      } finally {
        await list.mutate();
      }
    },
  };
}
