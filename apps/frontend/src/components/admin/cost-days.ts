import type { PricingStats } from '@medcall/shared-types';
import { addDays, calendarDay } from '#lib/utils.ts';

/** Every day of the period up to now, those without a cost at zero, so that a gap is seen as a gap. */
export function daysOf({
  from,
  to,
  byDay,
}: Pick<PricingStats, 'from' | 'to' | 'byDay'>): { day: string; brl: number }[] {
  const spent = new Map(byDay.map(({ day, totalBrl }) => [day, Number(totalBrl)]));
  const last = calendarDay(to);
  const days: { day: string; brl: number }[] = [];
  for (let day = calendarDay(from); day <= last; day = addDays(day, 1)) {
    days.push({ day, brl: spent.get(day) ?? 0 });
  }
  return days;
}
