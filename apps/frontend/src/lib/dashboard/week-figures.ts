import type { Consultation } from '@medcall/shared-types';
import { addDays, calendarDay } from '../utils.ts';

export interface DayFigures {
  /** AAAA-MM-DD. */
  day: string;
  consultations: number;
  minutes: number;
}

export interface WeekFigures {
  /** Seven days, the last one is today. */
  days: DayFigures[];
  consultations: number;
  minutes: number;
  /** Of the consultations that ended: how many have their note signed. */
  signed: number;
}

export const figureDays = 7;

type Counted = Pick<
  Consultation,
  'status' | 'started_at' | 'ended_at' | 'scheduled_at' | 'created_at' | 'note_status'
>;

/** What was done in the last seven days. Only consultations that ended count. */
export function weekFigures(list: readonly Counted[], today: string): WeekFigures {
  const days = Array.from({ length: figureDays }, (_, at) => ({
    day: addDays(today, at - figureDays + 1),
    consultations: 0,
    minutes: 0,
  }));
  const byDay = new Map(days.map((figures) => [figures.day, figures]));
  let signed = 0;
  for (const consultation of list) {
    const { status, started_at, ended_at, scheduled_at, created_at } = consultation;
    if (status !== 'COMPLETED') continue;
    const figures = byDay.get(calendarDay(started_at ?? scheduled_at ?? created_at));
    if (!figures) continue;
    figures.consultations += 1;
    if (consultation.note_status === 'assinada') signed += 1;
    if (started_at && ended_at) {
      figures.minutes += Math.max(0, (Date.parse(ended_at) - Date.parse(started_at)) / 60_000);
    }
  }
  for (const figures of days) figures.minutes = Math.round(figures.minutes);
  const sum = (of: (figures: DayFigures) => number) =>
    days.reduce((total, figures) => total + of(figures), 0);
  return {
    days,
    consultations: sum((figures) => figures.consultations),
    minutes: sum((figures) => figures.minutes),
    signed,
  };
}
