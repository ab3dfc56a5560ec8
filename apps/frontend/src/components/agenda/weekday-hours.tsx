'use client';
import { Copy, Plus } from 'lucide-react';
import { Button } from '#components/ui/button.ts';
import { agendaMessages } from '#messages/agenda.ts';
import type { HoursRow, HoursTrouble } from './hours-form.ts';
import { IntervalRow } from './interval-row.tsx';

const text = agendaMessages.schedule;

interface Props {
  weekday: number;
  none: string;
  withSlots: boolean;
  rows: readonly HoursRow[];
  wrong: ReadonlyMap<number, HoursTrouble>;
  onAdd: () => void;
  /** The same on the other workdays. */
  onRepeat: () => void;
  onChange: (row: HoursRow) => void;
  onRemove: (key: number) => void;
}

/** The intervals of one weekday. */
export function WeekdayHours(props: Props) {
  const { weekday, none, withSlots, rows, wrong, onAdd, onRepeat, onChange, onRemove } = props;
  const day = text.weekdays[weekday] ?? '';
  const isWorkday = weekday >= 1 && weekday <= 5;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      <p className="w-20 pt-2 font-semibold">{day}</p>
      <div className="order-last flex w-full min-w-0 flex-col gap-2 sm:order-none sm:w-auto sm:flex-1">
        {rows.length === 0 ? <p className="text-ink-soft sm:pt-2">{none}</p> : null}
        {rows.map((row) => (
          <IntervalRow
            key={row.key}
            day={day}
            withSlots={withSlots}
            row={row}
            trouble={wrong.get(row.key)}
            onChange={onChange}
            onRemove={() => onRemove(row.key)}
          />
        ))}
      </div>
      <div className="ml-auto flex gap-1">
        {rows.length > 0 && isWorkday ? (
          <Button
            variant="quiet"
            size="sm"
            title={text.copy}
            aria-label={`${text.copy}: ${day}`}
            onClick={onRepeat}
          >
            <Copy aria-hidden="true" />
          </Button>
        ) : null}
        <Button variant="quiet" size="sm" aria-label={`${text.add}: ${day}`} onClick={onAdd}>
          <Plus aria-hidden="true" />
        </Button>
      </div>
    </li>
  );
}
