'use client';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { memo } from 'react';
import type { BarPoint } from '#components/charts/bar-chart.tsx';
import { Card } from '#components/ui/card.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { formatBrl } from '#lib/utils.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { useFigures } from './use-figures.ts';

const text = dashboardMessages.figures;
const chartHeightPx = 56;

/** The drawing comes after the figures: who waits must not wait for it. */
const BarChart = dynamic(
  () => import('#components/charts/bar-chart.tsx').then((part) => part.BarChart),
  { ssr: false, loading: () => <Skeleton className="h-14" /> },
);

/** Four figures of the last seven days, each a way to its list. */
export const Figures = memo(function Figures({ isDoctor }: { isDoctor: boolean }) {
  const { week, cost } = useFigures();
  const days = week?.days ?? [];
  const count = (value: number) => value.toLocaleString('pt-BR');
  return (
    <section aria-label={text.title} className="grid grid-cols-2 gap-3 lg:grid-cols-1 lg:gap-5">
      <Figure
        href="/agenda"
        label={text.consultations}
        value={week && count(week.consultations)}
        points={days.map(({ day, consultations }) => ({
          label: dayOf(day),
          value: consultations,
          sentence: `${dayOf(day)}: ${text.consultationsOf(consultations)}`,
        }))}
      />
      <Figure
        href="/agenda"
        label={text.minutes}
        value={week && text.minutesOf(week.minutes)}
        points={days.map(({ day, minutes }) => ({
          label: dayOf(day),
          value: minutes,
          sentence: `${dayOf(day)}: ${text.minutesOf(minutes)}`,
        }))}
      />
      {isDoctor ? (
        <Figure
          href="#a-assinar"
          label={text.signed}
          value={week && text.signedOf(week.signed, week.consultations)}
          share={week && week.consultations > 0 ? week.signed / week.consultations : null}
        />
      ) : null}
      <Figure
        href="/admin?aba=custos"
        label={text.cost}
        value={cost && formatBrl(cost.totalBrl)}
        points={(cost?.days ?? []).map(({ day, brl }) => ({
          label: dayOf(day),
          value: brl,
          sentence: `${dayOf(day)}: ${formatBrl(brl)}`,
        }))}
      />
    </section>
  );
});

interface FigureProps {
  href: string;
  label: string;
  /** Undefined while it is being read. */
  value: string | undefined;
  points?: readonly BarPoint[];
  /** 0 to 1 as a bar instead of a chart; null when there is nothing to share. */
  share?: number | null | undefined;
}

function Figure({ href, label, value, points, share }: FigureProps) {
  return (
    <Card className="relative p-4 focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-accent hover:border-line-strong">
      <Link prefetch={false} href={href} className="outline-none after:absolute after:inset-0">
        <span className="block text-sm text-ink-soft">{label}</span>
        {value === undefined ? (
          <Skeleton className="my-1 h-7 w-20" />
        ) : (
          <span className="block text-2xl font-bold">{value}</span>
        )}
      </Link>
      {points ? (
        <div className="mt-2 h-14">
          {points.length > 0 ? (
            <BarChart
              small
              title={label}
              heightPx={chartHeightPx}
              points={points}
              format={String}
            />
          ) : null}
        </div>
      ) : (
        <div aria-hidden="true" className="mt-4 h-2 rounded-full bg-line/70">
          <div
            className="h-full rounded-full bg-accent"
            style={{ width: `${(share ?? 0) * 100}%` }}
          />
        </div>
      )}
    </Card>
  );
}

function dayOf(day: string): string {
  return `${day.slice(8)}/${day.slice(5, 7)}`;
}
