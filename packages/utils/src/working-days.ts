const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A calendar date, `2026-11-26`. */
export type CalendarDate = string;

/** Month and day of the national holidays that do not move, with the law of each. */
const fixedHolidays: readonly { day: string; name: string; since?: number }[] = [
  // Lei 662/1949 as changed by Lei 10.607/2002.
  { day: '01-01', name: 'Confraternização Universal' },
  { day: '04-21', name: 'Tiradentes' },
  { day: '05-01', name: 'Dia do Trabalho' },
  { day: '09-07', name: 'Independência do Brasil' },
  // Lei 6.802/1980.
  { day: '10-12', name: 'Nossa Senhora Aparecida' },
  { day: '11-02', name: 'Finados' },
  { day: '11-15', name: 'Proclamação da República' },
  // Lei 14.759/2023, in force since 22 December 2023.
  { day: '11-20', name: 'Dia Nacional de Zumbi e da Consciência Negra', since: 2024 },
  { day: '12-25', name: 'Natal' },
];

/**
 * National holidays of Brazil in a year, by date. Of those that move with Easter only Good Friday is one;
 * Carnival and Corpus Christi are optional days of the federal service and count as working days here.
 */
export function nationalHolidays(year: number): ReadonlyMap<CalendarDate, string> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const holidays = new Map<CalendarDate, string>();
  for (const { day, name, since } of fixedHolidays) {
    if (since === undefined || year >= since) holidays.set(`${year}-${day}`, name);
  }
  holidays.set(plusDays(easterSunday(year), -2), 'Paixão de Cristo');
  holidaysByYear.set(year, holidays);
  return holidays;
}

const holidaysByYear = new Map<number, ReadonlyMap<CalendarDate, string>>();

/** Easter of the Gregorian calendar: the algorithm of Meeus, Jones and Butcher (Meeus 1991, ch. 8). */
export function easterSunday(year: number): CalendarDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dateAt(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1));
}

/** Monday to Friday, and no national holiday. Holidays of states and towns are not known here. */
export function isWorkingDay(date: CalendarDate): boolean {
  const weekday = new Date(midnightUtc(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !nationalHolidays(Number(date.slice(0, 4))).has(date);
}

/** The n-th working day after a date; the date itself does not count (Lei 9.784/1999, art. 66). */
export function addWorkingDays(date: CalendarDate, days: number): CalendarDate {
  let at = date;
  for (let left = days; left > 0; ) {
    at = plusDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** Working days after `from` up to and with `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(from: CalendarDate, to: CalendarDate): number {
  if (to < from) return -workingDaysBetween(to, from);
  let count = 0;
  for (let at = plusDays(from, 1); at <= to; at = plusDays(at, 1)) {
    if (isWorkingDay(at)) count += 1;
  }
  return count;
}

const saoPaulo = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Sao_Paulo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The date that calendars in São Paulo (and Brasília) show at an instant. */
export function dateInSaoPaulo(atMs: number): CalendarDate {
  return saoPaulo.format(atMs);
}

/** The instant at which a day of São Paulo is over: the first of the next day, in milliseconds. */
export function endOfDayInSaoPaulo(date: CalendarDate): number {
  const next = midnightUtc(date) + dayMs;
  // Three hours behind UTC, two in the summers until 2019.
  const withSummerTime = next + 2 * hourMs;
  return dateInSaoPaulo(withSummerTime) > date ? withSummerTime : next + 3 * hourMs;
}

function plusDays(date: CalendarDate, days: number): CalendarDate {
  return dateAt(midnightUtc(date) + days * dayMs);
}

function midnightUtc(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function dateAt(utcMs: number): CalendarDate {
  return new Date(utcMs).toISOString().slice(0, 10);
}
