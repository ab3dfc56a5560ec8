import type { Metadata } from 'next';
import { type AgendaSearch, readPlace } from '#components/agenda/agenda-place.ts';
import { AgendaScreen } from '#components/agenda/agenda-screen.tsx';
import { calendarDay } from '#lib/utils.ts';

export const metadata: Metadata = { title: 'Agenda' };

interface Props {
  searchParams: Promise<AgendaSearch>;
}

export default async function AgendaPage({ searchParams }: Props) {
  return <AgendaScreen place={readPlace(await searchParams, calendarDay(new Date()))} />;
}
