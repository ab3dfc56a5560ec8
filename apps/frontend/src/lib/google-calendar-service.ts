import type { Consultation } from '@medcall/shared-types';

const usualMinutes = 30;

/**
 * A link that opens Google Calendar's own form with the consultation filled in: it needs no
 * connected account and no key, and carries no name and no clinical data. Keeping a connected
 * calendar in step is the gateway's work. Null for a consultation without a time.
 */
export function calendarEventLink(
  consultation: Pick<Consultation, 'scheduled_at' | 'duration_minutes' | 'roomId'>,
  frontendUrl: string,
): string | null {
  if (consultation.scheduled_at === null) return null;
  const start = new Date(consultation.scheduled_at);
  const minutes = consultation.duration_minutes ?? usualMinutes;
  const end = new Date(start.getTime() + minutes * 60_000);
  const link = new URL('https://calendar.google.com/calendar/render');
  link.searchParams.set('action', 'TEMPLATE');
  link.searchParams.set('text', 'Consulta');
  link.searchParams.set('dates', `${compact(start)}/${compact(end)}`);
  link.searchParams.set('details', `${frontendUrl}/call/${consultation.roomId}`);
  return link.toString();
}

function compact(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}
