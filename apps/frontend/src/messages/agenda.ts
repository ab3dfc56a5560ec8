/** Words of /agenda. */
export const agendaMessages = {
  title: 'Agenda',
  today: 'Hoje',
  previousWeek: 'Semana anterior',
  nextWeek: 'Próxima semana',
  week: 'Dias da semana',
  empty: 'Nenhuma consulta neste dia.',
  count: (count: number) => (count === 1 ? '1 consulta' : `${count} consultas`),
  failed: 'Não foi possível ler a agenda',
} as const;
