/** Words of the command palette. */
export const paletteMessages = {
  open: 'Buscar ou ir para',
  title: 'Buscar ou ir para',
  label: 'Paciente, consulta ou tela',
  placeholder: 'Nome do paciente, data ou tela',
  groups: {
    actions: 'Fazer',
    screens: 'Telas',
    consultations: 'Consultas',
    patients: 'Pacientes',
  },
  newConsultation: 'Nova consulta',
  consultationHint: (when: string, status: string) => `${when} · ${status}`,
  patientHint: 'ficha',
  nothing: 'Nada encontrado. Confira o nome ou busque por outra palavra.',
  failed: 'A busca não respondeu. As telas continuam à mão.',
  count: (count: number) => (count === 1 ? '1 resultado' : `${count} resultados`),
} as const;
