import type { Metadata } from 'next';
import { SettingsScreen } from '#components/settings/settings-screen.tsx';
import { readSettingsTab } from '#components/settings/settings-tabs.ts';
import { settingsMessages } from '#messages/settings.ts';

export const metadata: Metadata = { title: settingsMessages.title };

interface Props {
  searchParams: Promise<{ aba?: string | string[] }>;
}

export default async function SettingsPage({ searchParams }: Props) {
  return <SettingsScreen tab={readSettingsTab((await searchParams).aba)} />;
}
