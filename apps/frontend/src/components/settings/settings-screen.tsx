'use client';
import type { Me } from '@medcall/shared-types';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { TabNav } from '#components/shared/tab-nav.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { settingsMessages as text } from '#messages/settings.ts';
import { type SettingsTab, settingsTabs } from './settings-tabs.ts';

export interface SettingsTabProps {
  me: Me;
}

const loading = () => <Skeleton className="h-60" />;
const panels: Record<SettingsTab, ComponentType<SettingsTabProps>> = {
  conta: dynamic(() => import('./account-tab.tsx').then((part) => part.AccountTab), { loading }),
  voz: dynamic(() => import('./voice-tab.tsx').then((part) => part.VoiceTab), { loading }),
  avisos: dynamic(() => import('./notices-tab.tsx').then((part) => part.NoticesTab), { loading }),
};

/** What belongs to the person: account, voice, notices. The tab is in the address. */
export function SettingsScreen({ tab }: { tab: SettingsTab }) {
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
              <Panel me={me} />
            </>
          );
        }}
      </Remote>
    </>
  );
}
