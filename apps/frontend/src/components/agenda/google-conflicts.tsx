'use client';
import type { CalendarConflict } from '@medcall/shared-types';
import useSWR from 'swr';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import type { AgendaItem } from '#lib/agenda/grid.ts';
import { type LocalMoment, localMoment } from '#lib/agenda/zone.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { GoogleConflictRow } from './google-conflict-row.tsx';
import type { Agenda } from './use-agenda.ts';

const text = agendaMessages.google;
const refreshMs = 60_000;

interface Props {
  /** The shown week: a booking of it can be moved from here, of others the way leads to their day. */
  agenda: Agenda;
  onMove: (item: AgendaItem, to: LocalMoment, minutes: number) => void;
}

/** Coming bookings over which the doctor's Google calendar says something else. He decides. */
export function GoogleConflicts({ agenda, onMove }: Props) {
  const items = agenda.items ?? [];
  const timeZone = agenda.availability?.timezone;
  const gateway = useGateway();
  const { act, busy } = useAct();
  // Asked again when a booking of the week changed. Without an answer nothing is shown: the agenda counts.
  const versions = items.map(({ consultation: { id, version } }) => `${id} ${version}`).join(' ');
  const { data, mutate } = useSWR(
    ['google-conflicts', versions],
    async () => (await gateway.googleConflicts()).items,
    { refreshInterval: refreshMs, keepPreviousData: true },
  );
  if (!data || data.length === 0 || !timeZone) return null;

  async function keep({ consultation_id, kind }: CalendarConflict): Promise<void> {
    const done = kind === 'overruled' ? {} : { done: { title: text.kept } };
    await act(() => gateway.keepAgenda(consultation_id), { ...done, failed: text.failed });
    await mutate();
  }

  return (
    <Alert tone="warning" title={text.title(data.length)} className="mb-4 print:hidden">
      <p>{text.lead}</p>
      <ul className="mt-2 flex flex-col gap-2">
        {data.map((conflict) => {
          const { consultation_id, kind, starts_at } = conflict;
          const item = items.find(({ consultation }) => consultation.id === consultation_id);
          return (
            <GoogleConflictRow
              key={`${consultation_id} ${kind} ${starts_at}`}
              conflict={conflict}
              patient={item?.consultation.patient?.name ?? null}
              timeZone={timeZone}
              busy={busy}
              onAccept={
                item ? (at, minutes) => onMove(item, localMoment(at, timeZone), minutes) : null
              }
              onKeep={() => void keep(conflict)}
            />
          );
        })}
      </ul>
    </Alert>
  );
}
