/** The instant of a wall-clock time in São Paulo, `days` from the day of `now`. No summer time since 2019. */
export function saoPaulo(now: Date, days: number, time: string): Date {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(now);
  const instant = new Date(`${today}T${time}:00-03:00`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant;
}
