'use client';
import { type AiService, aiService, type PricingStats } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Card, CardContent } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Field } from '#components/ui/field.ts';
import { Select } from '#components/ui/input.ts';
import { formatBrl } from '#lib/utils.ts';
import { costMessages as text } from '#messages/admin/costs.ts';
import { CapCard } from './cap-card.tsx';
import { CostBreakdown } from './cost-breakdown.tsx';
import { OldPricesAlert } from './old-prices-alert.tsx';
import type { TabProps } from './tab-props.ts';

type Period = PricingStats['period'];

/** What the engines cost, and the ceiling. */
export function CostsTab({ me }: TabProps) {
  const gateway = useGateway();
  const isAdmin = me.user.role === 'admin';
  const [period, setPeriod] = useState<Period>('month');
  const [doctorId, setDoctorId] = useState('');
  const [service, setService] = useState<AiService | ''>('');
  const { data: doctors } = useSWR('doctors', () => gateway.doctors(), {
    revalidateOnFocus: false,
  });
  const costs = useSWR(
    ['costs', period, doctorId, service],
    () =>
      gateway.costs({
        period,
        ...(doctorId === '' ? {} : { doctor_id: doctorId }),
        ...(service === '' ? {} : { service }),
      }),
    { keepPreviousData: true, revalidateOnFocus: false },
  );
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end gap-3">
        <ChoiceBar label={text.period} choices={text.periods} value={period} onChange={setPeriod} />
        {isAdmin ? (
          <Field label={text.doctor} className="min-w-48">
            <Select value={doctorId} onChange={(event) => setDoctorId(event.target.value)}>
              <option value="">{text.anyDoctor}</option>
              {doctors?.items.map(({ id, nome }) => (
                <option key={id} value={id}>
                  {nome}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field label={text.service} className="min-w-48">
          <Select
            value={service}
            onChange={(event) => {
              const chosen = aiService.safeParse(event.target.value);
              setService(chosen.success ? chosen.data : '');
            }}
          >
            <option value="">{text.anyService}</option>
            {aiService.options.map((value) => (
              <option key={value} value={value}>
                {text.services[value]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Remote
        data={costs.data}
        error={costs.error}
        failed={text.failed}
        onRetry={() => void costs.mutate()}
      >
        {(stats) => (
          <>
            {isAdmin ? <OldPricesAlert stale={stats.stalePrices ?? []} /> : null}
            <div className="grid items-start gap-5 sm:grid-cols-2">
              <Total stats={stats} />
              {isAdmin ? <CapCard /> : null}
            </div>
            {stats.byDay.length === 0 ? (
              <Card>
                <EmptyState title={text.empty}>{text.emptyText}</EmptyState>
              </Card>
            ) : (
              <CostBreakdown stats={stats} doctors={doctors?.items ?? []} />
            )}
          </>
        )}
      </Remote>
    </div>
  );
}

function Total({ stats }: { stats: PricingStats }) {
  const estimated = Number(stats.estimatedBrl);
  return (
    <Card>
      <CardContent className="pt-4">
        <p className="text-ink-soft">{text.total}</p>
        <p data-testid="cost-total" className="text-3xl font-bold">
          {formatBrl(Number(stats.totalBrl))}
        </p>
        <p className="text-sm text-ink-soft">
          {estimated > 0 ? text.estimated(formatBrl(estimated)) : text.exact}
        </p>
      </CardContent>
    </Card>
  );
}
