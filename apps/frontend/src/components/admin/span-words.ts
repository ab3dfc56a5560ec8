import { clinicMessages as text } from '#messages/admin/clinic.ts';

/** A span as one says it; '' for none at all. */
export function spanWords(minutes: number): string {
  if (minutes === 0) return '';
  if (minutes % 1440 === 0) return text.days(minutes / 1440);
  return minutes % 60 === 0 ? text.hours(minutes / 60) : text.minutes(minutes);
}
