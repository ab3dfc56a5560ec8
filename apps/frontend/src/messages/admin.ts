/** Words of /admin. */
export const adminMessages = {
  title: 'Clínica',
  tabs: { clinica: 'Clínica', pessoa: 'Minha conta' },
  tabsLabel: 'Partes da administração',
  clinic: 'Nome da clínica',
  person: 'Nome',
  email: 'E-mail',
  role: 'Função',
  crm: 'CRM',
  specialty: 'Especialidade',
  rights: 'O que esta conta pode fazer',
  roles: {
    medico: 'Médico',
    admin: 'Administração',
    paciente: 'Paciente',
    convidado: 'Convidado',
  },
  failed: 'Não foi possível ler os dados da clínica',
} as const;
