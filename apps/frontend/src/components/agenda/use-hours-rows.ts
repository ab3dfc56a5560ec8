import type { WorkingHours } from '@medcall/shared-types';
import { useRef, useState } from 'react';
import { type HoursRow, type HoursTrouble, troubles } from './hours-form.ts';

export interface HoursRows {
  rows: HoursRow[];
  setRows: (rows: HoursRow[]) => void;
  newKey: () => number;
  wrong: ReadonlyMap<number, HoursTrouble>;
}

/** The rows of a form of weekly hours, each with a key of this screen. */
export function useHoursRows(hours: readonly WorkingHours[]): HoursRows {
  const lastKey = useRef(0);
  const newKey = () => {
    lastKey.current += 1;
    return lastKey.current;
  };
  const [rows, setRows] = useState<HoursRow[]>(() =>
    hours.map((row) => ({ ...row, key: newKey() })),
  );
  return { rows, setRows, newKey, wrong: troubles(rows) };
}
