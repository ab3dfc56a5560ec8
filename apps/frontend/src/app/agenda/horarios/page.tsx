import type { Metadata } from 'next';
import { ScheduleScreen } from '#components/agenda/schedule-screen.tsx';
import { agendaMessages } from '#messages/agenda.ts';

export const metadata: Metadata = { title: agendaMessages.schedule.title };

interface Props {
  searchParams: Promise<{ medico?: string | string[] }>;
}

export default async function SchedulePage({ searchParams }: Props) {
  const { medico } = await searchParams;
  return <ScheduleScreen doctorId={typeof medico === 'string' ? medico : null} />;
}
