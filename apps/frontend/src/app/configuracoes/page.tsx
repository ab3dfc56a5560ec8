import type { Metadata } from 'next';
import { SettingsScreen } from '#components/settings/settings-screen.tsx';
import { readCalendarAnswer, readSettingsTab } from '#components/settings/settings-tabs.ts';
import { settingsMessages } from '#messages/settings.ts';

export const metadata: Metadata = { title: settingsMessages.title };

interface Props {
  searchParams: Promise<{ aba?: string | string[]; calendario?: string | string[] }>;
}

export default async function SettingsPage({ searchParams }: Props) {
  const { aba, calendario } = await searchParams;
  const answer = readCalendarAnswer(calendario);
  return (
    <SettingsScreen tab={answer ? 'calendario' : readSettingsTab(aba)} calendarAnswer={answer} />
  );
}
