import type { Metadata } from 'next';
import { calendarDay } from '#lib/utils.ts';
import { AgendaScreen } from './agenda-screen.tsx';

export const metadata: Metadata = { title: 'Agenda' };

interface Props {
  searchParams: Promise<{ dia?: string | string[] }>;
}

export default async function AgendaPage({ searchParams }: Props) {
  const { dia } = await searchParams;
  const asked = typeof dia === 'string' && isDay(dia) ? dia : null;
  return <AgendaScreen day={asked ?? calendarDay(new Date())} />;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00:00Z`));
}
