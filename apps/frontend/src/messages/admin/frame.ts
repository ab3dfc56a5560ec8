/** Words around the tabs of /admin. */
export const adminFrame = {
  title: 'Clínica',
  tabsLabel: 'Partes da administração',
  tabs: {
    clinica: 'Dados',
    medicos: 'Médicos',
    entregas: 'Integrações',
    mensagens: 'Mensagens',
    auditoria: 'Auditoria',
    custos: 'Custo de IA',
    lgpd: 'LGPD',
    incidentes: 'Incidentes',
    diretrizes: 'Diretrizes',
  },
  failed: 'Não foi possível saber quem você é nesta clínica',
  closed: 'Esta parte é da administração',
  closedText: 'Peça a quem administra a clínica, ou escolha outra aba.',
  more: 'Mostrar mais',
  readOnly: 'Só a administração muda estes dados.',
} as const;
