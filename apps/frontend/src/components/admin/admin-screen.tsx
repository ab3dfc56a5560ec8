'use client';
import type { Me } from '@medcall/shared-types';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { TabNav } from '#components/shared/tab-nav.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { adminFrame as text } from '#messages/admin/frame.ts';
import { type AdminTab, tabsOf } from './admin-tabs.ts';
import type { TabProps } from './tab-props.ts';

const loading = () => <Skeleton className="h-60" />;

/** Each tab is a part of its own: charts and forms load when they are opened. */
const panels: Record<AdminTab, ComponentType<TabProps>> = {
  clinica: dynamic(() => import('./clinic-tab.tsx').then((part) => part.ClinicTab), { loading }),
  medicos: dynamic(() => import('./doctors-tab.tsx').then((part) => part.DoctorsTab), { loading }),
  entregas: dynamic(() => import('./webhook-tab.tsx').then((part) => part.WebhookTab), { loading }),
  mensagens: dynamic(() => import('./messages-tab.tsx').then((part) => part.MessagesTab), {
    loading,
  }),
  auditoria: dynamic(() => import('./audit-tab.tsx').then((part) => part.AuditTab), { loading }),
  custos: dynamic(() => import('./costs-tab.tsx').then((part) => part.CostsTab), { loading }),
  lgpd: dynamic(() => import('./data-requests-tab.tsx').then((part) => part.DataRequestsTab), {
    loading,
  }),
  incidentes: dynamic(() => import('./incidents-tab.tsx').then((part) => part.IncidentsTab), {
    loading,
  }),
  diretrizes: dynamic(() => import('./guidelines-tab.tsx').then((part) => part.GuidelinesTab), {
    loading,
  }),
};

/** What the clinic looks after. The tab is in the address; a role sees the tabs that answer to it. */
export function AdminScreen({ tab }: { tab: AdminTab }) {
  const gateway = useGateway();
  const {
    data: me,
    error,
    mutate,
  } = useSWR('me', () => gateway.me(), { revalidateOnFocus: false });
  return (
    <>
      <h1 className="mb-4 text-2xl font-bold">{text.title}</h1>
      <Remote
        data={me}
        error={error}
        failed={text.failed}
        onRetry={() => void mutate()}
        skeleton={
          <>
            <Skeleton className="mb-5 h-11" />
            <Skeleton className="h-60" />
          </>
        }
      >
        {(person) => <Tabs tab={tab} me={person} />}
      </Remote>
    </>
  );
}

function Tabs({ tab, me }: { tab: AdminTab; me: Me }) {
  const tabs = tabsOf(me.user.role);
  const Panel = panels[tab];
  return (
    <>
      <TabNav label={text.tabsLabel} path="/admin" tabs={tabs} names={text.tabs} current={tab} />
      {tabs.includes(tab) ? (
        <Panel me={me} />
      ) : (
        <EmptyState title={text.closed}>{text.closedText}</EmptyState>
      )}
    </>
  );
}
