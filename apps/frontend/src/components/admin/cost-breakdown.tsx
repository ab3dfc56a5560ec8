'use client';
import type { ClinicDoctor, PricingStats } from '@medcall/shared-types';
import { BarChart } from '#components/charts/bar-chart.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { formatBrl } from '#lib/utils.ts';
import { costMessages as text } from '#messages/admin/costs.ts';
import { daysOf } from './cost-days.ts';

interface Props {
  stats: PricingStats;
  doctors: readonly ClinicDoctor[];
}

/** The total, taken apart by day, service and doctor. */
export function CostBreakdown({ stats, doctors }: Props) {
  const names = new Map(doctors.map(({ id, nome }) => [id, nome]));
  const days = daysOf(stats);
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      {days.length > 1 ? (
        <Card className="lg:col-span-2">
          <CardHeader>
            <CardTitle>{text.byDay}</CardTitle>
          </CardHeader>
          <CardContent>
            <BarChart
              title={text.byDay}
              format={formatBrl}
              points={days.map(({ day, brl }) => ({
                label: `${day.slice(8)}/${day.slice(5, 7)}`,
                value: brl,
                sentence: `${day.slice(8)}/${day.slice(5, 7)}: ${formatBrl(brl)}`,
              }))}
            />
          </CardContent>
        </Card>
      ) : null}
      <Shares
        title={text.byService}
        rows={stats.byService.map((row) => ({ ...row, name: text.services[row.service] }))}
      />
      <Shares
        title={text.byDoctor}
        rows={stats.byDoctor.map((row) => ({
          ...row,
          name: names.get(row.doctor_id) ?? text.formerDoctor,
        }))}
      />
    </div>
  );
}

interface Share {
  name: string;
  totalBrl: string;
  calls: number;
}

function Shares({ title, rows }: { title: string; rows: readonly Share[] }) {
  const most = Math.max(...rows.map(({ totalBrl }) => Number(totalBrl)), 0);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="flex flex-col gap-3">
          {[...rows]
            .sort((a, b) => Number(b.totalBrl) - Number(a.totalBrl))
            .map(({ name, totalBrl, calls }) => (
              <li key={name}>
                <p className="flex justify-between gap-3">
                  <span className="font-semibold">{name}</span>
                  <span>{formatBrl(Number(totalBrl))}</span>
                </p>
                <div aria-hidden="true" className="my-1 h-1.5 rounded-full bg-line/70">
                  <div
                    className="h-full rounded-full bg-accent"
                    style={{ width: `${most > 0 ? (Number(totalBrl) / most) * 100 : 0}%` }}
                  />
                </div>
                <p className="text-sm text-ink-soft">{text.calls(calls)}</p>
              </li>
            ))}
        </ul>
      </CardContent>
    </Card>
  );
}
