import ical, { ICalEventStatus } from 'ical-generator';

/** A booking as calendars see it. */
export interface CalendarEntry {
  /** Stable: a calendar recognises the entry again by it. */
  id: string;
  /** Grows with every change, so that a later file wins (RFC 5545, SEQUENCE). */
  version: number;
  changedAt: Date;
  startsAt: Date;
  minutes: number;
  cancelled: boolean;
  summary: string;
  description?: string | undefined;
  location?: string | undefined;
  url?: string | undefined;
}

/** An iCalendar file (RFC 5545). Instants in UTC: each calendar shows them by its own clock. */
export function icsOf(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({
    name,
    prodId: { company: 'MedCall AI', product: 'Agenda', language: 'PT-BR' },
  });
  for (const entry of entries) {
    calendar.createEvent({
      id: entry.id,
      sequence: entry.version,
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      start: entry.startsAt,
      end: new Date(entry.startsAt.getTime() + entry.minutes * 60_000),
      status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      summary: entry.summary,
      description: entry.description ?? null,
      location: entry.location ?? null,
      url: entry.url ?? null,
    });
  }
  return calendar.toString();
}
