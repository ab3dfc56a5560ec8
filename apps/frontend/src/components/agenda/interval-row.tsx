'use client';
import { X } from 'lucide-react';
import { Input, Select } from '#components/ui/input.ts';
import { agendaMessages } from '#messages/agenda.ts';
import type { HoursRow, HoursTrouble } from './hours-form.ts';

const text = agendaMessages.schedule;
const slots = [10, 15, 20, 25, 30, 40, 45, 50, 60, 90, 120];

interface Props {
  day: string;
  withSlots: boolean;
  row: HoursRow;
  trouble: HoursTrouble | undefined;
  onChange: (row: HoursRow) => void;
  onRemove: () => void;
}

/** From, to, and how long a consultation is. */
export function IntervalRow({ day, withSlots, row, trouble, onChange, onRemove }: Props) {
  const wrong = trouble !== undefined;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2 sm:gap-1.5">
        <Input
          type="time"
          className="min-w-28 flex-1 sm:w-30 sm:flex-none sm:px-2"
          aria-label={`${day}: ${text.from}`}
          aria-invalid={wrong}
          value={row.start}
          onChange={(event) => onChange({ ...row, start: event.target.value })}
        />
        <span className="text-ink-soft">{text.to}</span>
        <Input
          type="time"
          className="min-w-28 flex-1 sm:w-30 sm:flex-none sm:px-2"
          aria-label={`${day}: ${text.to}`}
          aria-invalid={wrong}
          // The end of a day is 24:00 to the service; a field of the browser has no such time.
          value={row.end === '24:00' ? '23:59' : row.end}
          onChange={(event) =>
            onChange({ ...row, end: event.target.value === '23:59' ? '24:00' : event.target.value })
          }
        />
        {withSlots ? (
          <Select
            className="w-auto"
            aria-label={`${day}: ${text.slot}`}
            value={row.slot_minutes}
            onChange={(event) => onChange({ ...row, slot_minutes: Number(event.target.value) })}
          >
            {[...new Set([...slots, row.slot_minutes])]
              .sort((a, b) => a - b)
              .map((minutes) => (
                <option key={minutes} value={minutes}>
                  {agendaMessages.booking.minutes(minutes)}
                </option>
              ))}
          </Select>
        ) : null}
        <button
          type="button"
          aria-label={text.remove(day, row.start)}
          onClick={onRemove}
          className="grid size-9 cursor-pointer place-items-center rounded-md text-ink-soft hover:bg-ground hover:text-ink"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      </div>
      {trouble ? (
        <p role="alert" className="mt-1 text-sm font-semibold text-danger">
          {text[trouble]}
        </p>
      ) : null}
    </div>
  );
}
