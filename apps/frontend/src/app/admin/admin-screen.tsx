'use client';
import type { Me } from '@medcall/shared-types';
import Link from 'next/link';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { cn } from '#lib/utils.ts';
import { adminMessages as text } from '#messages/admin.ts';
import { sharedMessages } from '#messages/shared.ts';

export type AdminTab = keyof typeof text.tabs;
const tabs = Object.keys(text.tabs) as AdminTab[];

/** The clinic and my account, as the gateway knows them. The tab is in the address. */
export function AdminScreen({ tab }: { tab: AdminTab }) {
  const gateway = useGateway();
  const { data: me, error, mutate } = useSWR('me', () => gateway.me());
  return (
    <>
      <h1 className="mb-4 text-2xl font-bold">{text.title}</h1>
      <nav aria-label={text.tabsLabel} className="mb-5 flex gap-1 border-b border-line">
        {tabs.map((name) => (
          <Link
            key={name}
            href={`/admin?aba=${name}`}
            aria-current={name === tab ? 'page' : undefined}
            className={cn(
              '-mb-px flex min-h-11 items-center border-b-2 px-3 font-semibold',
              name === tab ? 'border-accent text-ink' : 'border-transparent text-ink-soft',
            )}
          >
            {text.tabs[name]}
          </Link>
        ))}
      </nav>
      {error && !me ? (
        <EmptyState
          title={text.failed}
          action={<Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>}
        >
          {errorSentence(error)}
        </EmptyState>
      ) : null}
      {me ? <Facts rows={tab === 'clinica' ? clinicRows(me) : personRows(me)} /> : null}
      {!me && !error ? <Skeleton className="h-40" /> : null}
    </>
  );
}

type Row = readonly [label: string, value: string | null | undefined];

function clinicRows({ clinic }: Me): Row[] {
  return [[text.clinic, clinic.nome]];
}

function personRows({ user, doctor }: Me): Row[] {
  return [
    [text.person, user.name],
    [text.email, user.email],
    [text.role, text.roles[user.role]],
    [text.crm, doctor?.crm],
    [text.specialty, doctor?.especialidade],
  ];
}

function Facts({ rows }: { rows: readonly Row[] }) {
  return (
    <Card>
      <CardContent className="pt-5">
        <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
          {rows.map(([label, value]) =>
            value ? (
              <div key={label} className="contents">
                <dt className="text-ink-soft">{label}</dt>
                <dd className="mb-2 font-semibold sm:mb-0">{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </CardContent>
    </Card>
  );
}
