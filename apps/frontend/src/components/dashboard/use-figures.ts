'use client';
import type { Consultation } from '@medcall/shared-types';
import useSWR from 'swr';
import { daysOf } from '#components/admin/cost-days.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { figureDays, type WeekFigures, weekFigures } from '#lib/dashboard/week-figures.ts';
import { addDays, calendarDay } from '#lib/utils.ts';

const refreshMs = 5 * 60_000;
const most = 200;

export interface Figures {
  /** Undefined while unknown, and when it cannot be read: the lists beside it say what is wrong. */
  week: WeekFigures | undefined;
  cost: { totalBrl: number; days: { day: string; brl: number }[] } | undefined;
}

/** The figures beside the lists of the dashboard. */
export function useFigures(): Figures {
  const gateway = useGateway();
  const today = calendarDay(new Date());
  const options = { refreshInterval: refreshMs, revalidateOnFocus: false };
  const { data: list } = useSWR<Consultation[]>(
    ['figures', today],
    async () => {
      const from = addDays(today, 1 - figureDays);
      const page = await gateway.consultations({
        from,
        to: today,
        status: 'COMPLETED',
        limit: most,
      });
      return page.items;
    },
    options,
  );
  const { data: costs } = useSWR('figures-cost', () => gateway.costs({ period: 'month' }), options);
  return {
    week: list && weekFigures(list, today),
    cost: costs && {
      totalBrl: Number(costs.totalBrl),
      days: daysOf(costs).slice(-figureDays),
    },
  };
}
