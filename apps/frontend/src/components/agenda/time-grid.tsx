'use client';
import type { Availability } from '@medcall/shared-types';
import { useMemo, useRef } from 'react';
import { useNow } from '#components/shared/use-interval.ts';
import { type AgendaItem, gridRange } from '#lib/agenda/grid.ts';
import { openTimes } from '#lib/agenda/open-times.ts';
import { clockOf, type LocalMoment, localMoment } from '#lib/agenda/zone.ts';
import { cn } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { DayColumn } from './day-column.tsx';
import { pixelsOf } from './scale.ts';
import { useDrag } from './use-drag.ts';

interface Props {
  days: readonly string[];
  items: readonly AgendaItem[];
  availability: Availability;
  onOpen: (item: AgendaItem) => void;
  onSlot: (at: LocalMoment) => void;
  onMove: (item: AgendaItem, to: LocalMoment) => void;
}

const weekday = new Intl.DateTimeFormat('pt-BR', { weekday: 'short', timeZone: 'UTC' });

/** Days side by side, hours downwards. */
export function TimeGrid({ days, items, availability, onOpen, onSlot, onMove }: Props) {
  const nowMs = useNow(30_000);
  const now = localMoment(nowMs, availability.timezone);
  const shown = items.filter(({ day }) => days.includes(day));
  const ground = useMemo(
    () => new Map(days.map((day) => [day, openTimes(day, availability)])),
    [days, availability],
  );
  const range = gridRange([...shown, ...[...ground.values()].flatMap(({ open }) => open)]);
  const body = useRef<HTMLDivElement>(null);
  const drag = useDrag({ body, days, range, items: shown, onMove });
  const hours = Array.from(
    { length: (range.to - range.from) / 60 },
    (_, at) => range.from + at * 60,
  );
  const columns = { gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` };
  return (
    <section
      aria-label={text.title}
      className="rounded-lg border border-line bg-paper print:hidden"
    >
      <p className="sr-only">{text.gridHelp}</p>
      <div className="sticky top-0 z-20 flex rounded-t-lg border-b border-line bg-paper">
        <div className="w-14 shrink-0" />
        <div className="grid flex-1" style={columns}>
          {days.map((day) => (
            <div key={day} className="border-l border-line px-2 py-2 text-center">
              <span className="text-sm text-ink-soft">
                {weekday.format(new Date(`${day}T12:00:00Z`)).replace('.', '')}{' '}
              </span>
              <span
                aria-current={day === now.day ? 'date' : undefined}
                className={cn(
                  'inline-grid h-8 min-w-8 place-items-center rounded-full px-1 text-lg font-bold',
                  day === now.day && 'bg-accent text-on-accent',
                )}
              >
                {Number(day.slice(8))}
              </span>
            </div>
          ))}
        </div>
      </div>
      <div className="flex">
        <div aria-hidden="true" className="relative w-14 shrink-0">
          {hours.slice(1).map((minutes) => (
            <span
              key={minutes}
              className="absolute right-2 -translate-y-1/2 text-sm text-ink-soft"
              style={{ top: pixelsOf(minutes - range.from) }}
            >
              {clockOf(minutes)}
            </span>
          ))}
        </div>
        <div
          ref={body}
          className="relative grid flex-1"
          style={{ ...columns, height: pixelsOf(range.to - range.from) }}
        >
          {days.map((day) => (
            <DayColumn
              key={day}
              day={day}
              range={range}
              ground={ground.get(day) ?? { open: [], blocked: [] }}
              items={shown.filter((item) => item.day === day)}
              nowMinutes={day === now.day ? now.minutes : null}
              past={day < now.day ? range.to : day === now.day ? now.minutes : range.from}
              drag={drag}
              onOpen={onOpen}
              onSlot={onSlot}
            />
          ))}
        </div>
      </div>
    </section>
  );
}
