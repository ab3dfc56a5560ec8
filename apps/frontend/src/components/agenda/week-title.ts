const dayMonth = new Intl.DateTimeFormat('pt-BR', {
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** “22 a 28 de novembro”, “29 de novembro a 5 de dezembro”. */
export function weekTitle(week: readonly string[]): string {
  const [first = '', last = ''] = [week[0], week.at(-1)];
  const written = (day: string) => dayMonth.format(new Date(`${day}T12:00:00Z`));
  return first.slice(0, 7) === last.slice(0, 7)
    ? `${Number(first.slice(8))} a ${written(last)}`
    : `${written(first)} a ${written(last)}`;
}
