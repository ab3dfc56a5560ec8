'use client';
import type { Availability } from '@medcall/shared-types';
import { ChevronRight, MapPin, Video } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge } from '#components/dashboard/status-badge.tsx';
import { useNow } from '#components/shared/use-interval.ts';
import { Button } from '#components/ui/button.ts';
import { Card } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { type AgendaItem, holdsTime } from '#lib/agenda/grid.ts';
import { openTimes } from '#lib/agenda/open-times.ts';
import { clockOf, type LocalMoment, localMoment } from '#lib/agenda/zone.ts';
import { cn, formatLongDate } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { type AgendaPlace, hrefOf } from './agenda-place.ts';

interface Props {
  place: AgendaPlace;
  week: readonly string[];
  items: readonly AgendaItem[];
  availability: Availability;
  onOpen: (item: AgendaItem) => void;
  onSlot: (at: LocalMoment) => void;
}

const weekday = new Intl.DateTimeFormat('pt-BR', { weekday: 'short', timeZone: 'UTC' });

/** A telephone's agenda: the week as a strip, the day as a list. */
export function DayList({ place, week, items, availability, onOpen, onSlot }: Props) {
  const today = localMoment(useNow(60_000), availability.timezone).day;
  const ofDay = items
    .filter(({ day }) => day === place.day)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const { blocked } = openTimes(place.day, availability);
  return (
    <div className="print:hidden">
      <nav aria-label={text.week} className="mb-4 grid grid-cols-7 gap-1">
        {week.map((day) => {
          const count = items.filter(
            (item) => item.day === day && holdsTime(item.consultation),
          ).length;
          return (
            <Link
              key={day}
              href={hrefOf({ ...place, day })}
              aria-current={day === place.day ? 'date' : undefined}
              aria-label={`${formatLongDate(`${day}T12:00:00Z`)}: ${text.count(count)}`}
              className={cn(
                'flex flex-col items-center rounded-lg border py-2',
                day === place.day ? 'border-accent bg-accent-wash' : 'border-line bg-paper',
              )}
            >
              <span className={cn('text-sm', day === today ? 'font-bold' : 'text-ink-soft')}>
                {weekday.format(new Date(`${day}T12:00:00Z`)).replace('.', '')}
              </span>
              <span className="text-lg font-bold">{Number(day.slice(8))}</span>
              <span className="h-5 text-sm text-ink-soft">{count > 0 ? count : ''}</span>
            </Link>
          );
        })}
      </nav>
      {blocked.map(({ id, start, end, reason }) => (
        <p key={id} className="mb-2 rounded-md bg-line/50 px-4 py-2 text-sm">
          {reason ?? text.blocked} · {clockOf(start)}–{clockOf(end)}
        </p>
      ))}
      <Card>
        {ofDay.length === 0 ? (
          <EmptyState
            title={text.empty}
            action={
              <Button onClick={() => onSlot({ day: place.day, minutes: -1 })}>
                {text.emptyAction}
              </Button>
            }
          />
        ) : (
          <ul className="divide-y divide-line">
            {ofDay.map((item) => (
              <Row key={item.consultation.id} item={item} onOpen={onOpen} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

function Row({ item, onOpen }: { item: AgendaItem; onOpen: (item: AgendaItem) => void }) {
  const { consultation, start, end } = item;
  const { type, status, patient, patient_answer } = consultation;
  const Icon = type === 'ONLINE' ? Video : MapPin;
  return (
    <li>
      <button
        type="button"
        data-testid="agenda-item"
        data-consultation={consultation.id}
        onClick={() => onOpen(item)}
        className="flex w-full cursor-pointer items-center gap-3 px-4 py-3 text-left -outline-offset-2 hover:bg-ground"
      >
        <span className="w-12 shrink-0">
          <span className="block font-semibold">{clockOf(start)}</span>
          <span className="block text-sm text-ink-soft">{clockOf(end)}</span>
        </span>
        <Icon className="size-4.5 shrink-0 text-ink-soft" aria-hidden="true" />
        <span className="min-w-0 flex-1">
          <span className="block font-semibold">{patient?.name ?? '—'}</span>
          {status === 'WAITING' ? null : <StatusBadge status={status} />}
          {patient_answer && status === 'WAITING' ? (
            <span
              className={cn(
                'block text-sm',
                patient_answer === 'declined' ? 'text-warning' : 'text-ok',
              )}
            >
              {patient_answer === 'declined' ? text.declined : text.confirmed}
            </span>
          ) : null}
        </span>
        <ChevronRight className="size-4.5 shrink-0 text-ink-soft" aria-hidden="true" />
      </button>
    </li>
  );
}
