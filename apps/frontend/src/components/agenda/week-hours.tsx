'use client';
import { nextInterval, repeatOnWorkdays } from './hours-form.ts';
import type { HoursRows } from './use-hours-rows.ts';
import { WeekdayHours } from './weekday-hours.tsx';

/** Monday first: the week as one works it. */
const order = [1, 2, 3, 4, 5, 6, 0];

interface Props {
  hours: HoursRows;
  /** Said of a day without hours. */
  none: string;
  /** How long a consultation is belongs to a doctor's hours, not to a clinic's. */
  withSlots: boolean;
}

/** The seven days of a form of weekly hours. */
export function WeekHours({ hours: { rows, setRows, newKey, wrong }, none, withSlots }: Props) {
  function add(weekday: number): void {
    const ofDay = rows.filter((row) => row.weekday === weekday);
    const model = ofDay.at(-1) ?? rows[0];
    const slot_minutes = model?.slot_minutes ?? 30;
    const added = { weekday, slot_minutes, valid_from: null, valid_until: null, key: newKey() };
    setRows([...rows, { ...added, ...nextInterval(ofDay) }]);
  }
  return (
    <ul className="divide-y divide-line">
      {order.map((weekday) => (
        <WeekdayHours
          key={weekday}
          weekday={weekday}
          none={none}
          withSlots={withSlots}
          rows={rows.filter((row) => row.weekday === weekday).sort((a, b) => a.key - b.key)}
          wrong={wrong}
          onAdd={() => add(weekday)}
          onRepeat={() => setRows(repeatOnWorkdays(rows, weekday, newKey))}
          onChange={(changed) =>
            setRows(rows.map((each) => (each.key === changed.key ? changed : each)))
          }
          onRemove={(key) => setRows(rows.filter((each) => each.key !== key))}
        />
      ))}
    </ul>
  );
}
