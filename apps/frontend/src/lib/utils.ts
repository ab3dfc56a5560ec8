export { cn } from '@medcall/ui-components/cn';

const timeZone = 'America/Sao_Paulo';

const dateFormat = new Intl.DateTimeFormat('pt-BR', { timeZone, dateStyle: 'short' });
const longDateFormat = new Intl.DateTimeFormat('pt-BR', {
  timeZone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const timeFormat = new Intl.DateTimeFormat('pt-BR', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
});
const isoDayFormat = new Intl.DateTimeFormat('en-CA', { timeZone });
const brlFormat = new Intl.NumberFormat('pt-BR', { style: 'currency', currency: 'BRL' });

/** 23/11/2026, in São Paulo. */
export function formatDate(instant: string | Date): string {
  const [day, month, year] = dateFormat.format(new Date(instant)).split('/');
  return `${day}/${month}/${year}`;
}

/** segunda-feira, 23 de novembro */
export function formatLongDate(instant: string | Date): string {
  return longDateFormat.format(new Date(instant));
}

/** 14:30, in São Paulo. */
export function formatTime(instant: string | Date): string {
  return timeFormat.format(new Date(instant));
}

/** AAAA-MM-DD of an instant in São Paulo: the `day` of the API. */
export function calendarDay(instant: string | Date): string {
  return isoDayFormat.format(new Date(instant));
}

/** The calendar day `days` later; days have no hours, so daylight saving does not matter. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** R$ 0,38 */
export function formatBrl(value: number): string {
  return brlFormat.format(value);
}

/** 00:41 or 1:02:09 for a place on the consultation's timeline. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const tail = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** registro, Helena Prado, 23/11/2026 → registro-helena-prado-2026-11-23.pdf: safe on every system. */
export function pdfName(what: string, patientName: string | null, at: string): string {
  const words = [what, patientName ?? '', calendarDay(at)].join(' ');
  const plain = words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return `${plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}.pdf`;
}

/** Full years since a birth date (AAAA-MM-DD). */
export function ageInYears(birthDate: string, now = new Date()): number {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const [thisYear = 0, thisMonth = 1, thisDay = 1] = calendarDay(now).split('-').map(Number);
  const before = thisMonth < month || (thisMonth === month && thisDay < day);
  return thisYear - year - (before ? 1 : 0);
}

/** Dra. Beatriz Nogueira → Dra. Beatriz */
export function shortName(name: string): string {
  const [first = '', second] = name.split(/\s+/);
  return /^dra?\.?$/i.test(first) && second ? `${first} ${second}` : first;
}

/** Small letters without accents, for comparing what people type. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('pt-BR');
}

/** A sentence as it goes on after a colon or a name. */
export function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLocaleLowerCase('pt-BR') + sentence.slice(1);
}
