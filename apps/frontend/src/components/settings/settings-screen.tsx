'use client';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { TabNav } from '#components/shared/tab-nav.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { settingsMessages as text } from '#messages/settings.ts';
import { type CalendarAnswer, type SettingsTab, settingsTabs } from './settings-tabs.ts';
import type { SettingsTabProps } from './tab-props.ts';

const loading = () => <Skeleton className="h-60" />;
const panels: Record<SettingsTab, ComponentType<SettingsTabProps>> = {
  conta: dynamic(() => import('./account-tab.tsx').then((part) => part.AccountTab), { loading }),
  voz: dynamic(() => import('./voice-tab.tsx').then((part) => part.VoiceTab), { loading }),
  calendario: dynamic(() => import('./calendar-tab.tsx').then((part) => part.CalendarTab), {
    loading,
  }),
  assinatura: dynamic(() => import('./signature-tab.tsx').then((part) => part.SignatureTab), {
    loading,
  }),
  avisos: dynamic(() => import('./notices-tab.tsx').then((part) => part.NoticesTab), { loading }),
};

interface Props {
  tab: SettingsTab;
  calendarAnswer: CalendarAnswer | null;
}

/** What belongs to the person: account, voice, calendar, signature, notices. The tab is in the address. */
export function SettingsScreen({ tab, calendarAnswer }: Props) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR('me', () => gateway.me(), { revalidateOnFocus: false });
  return (
    <>
      <h1 className="mb-4 text-2xl font-bold">{text.title}</h1>
      <Remote data={data} error={error} failed={text.meFailed} onRetry={() => void mutate()}>
        {(me) => {
          const tabs = settingsTabs(me.doctor !== null);
          const shown = tabs.includes(tab) ? tab : 'conta';
          const Panel = panels[shown];
          return (
            <>
              <TabNav
                label={text.tabsLabel}
                path="/configuracoes"
                tabs={tabs}
                names={text.tabs}
                current={shown}
              />
              <Panel me={me} calendarAnswer={calendarAnswer} />
            </>
          );
        }}
      </Remote>
    </>
  );
}
