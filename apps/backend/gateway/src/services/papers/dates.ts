/** `2026-11-26` → `26/11/2026`. */
export function dayOf(calendarDate: string): string {
  const [year, month, day] = calendarDate.split('-');
  return `${day}/${month}/${year}`;
}

/** Date, time and zone as they are printed: `26/11/2026, 14:05 (horário de Brasília)`. */
export function instantIn(at: Date, timezone: string): string {
  const written = new Intl.DateTimeFormat('pt-BR', {
    timeZone: timezone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return `${written} (${zoneName(at, timezone)})`;
}

function zoneName(at: Date, timezone: string): string {
  const name = new Intl.DateTimeFormat('pt-BR', { timeZone: timezone, timeZoneName: 'longGeneric' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name ? name.replace(/^Horário(?: Padrão)?/, 'horário') : timezone;
}
