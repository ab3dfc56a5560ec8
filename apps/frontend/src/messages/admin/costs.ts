import type { AiService } from '@medcall/shared-types';

/** Words of the tab Custo de IA. */
export const costMessages = {
  failed: 'Não foi possível ler os custos',
  period: 'Período',
  periods: { day: 'Hoje', week: 'Esta semana', month: 'Este mês' },
  doctor: 'Médico',
  anyDoctor: 'Todos',
  service: 'Serviço',
  anyService: 'Todos',
  services: {
    whisper: 'Transcrição',
    'gpt-4o': 'Sugestões e notas',
    embedding: 'Busca nas diretrizes',
  } satisfies Record<AiService, string>,
  total: 'Total no período',
  estimated: (amount: string) => `${amount} ainda estimados, pelo máximo possível`,
  exact: 'Valores fechados com os fornecedores.',
  oldTitle: 'Preços antigos: os valores em reais podem estar errados',
  oldPrices: (date: string, names: string) => `Preços de ${date} (${names}) — confira`,
  oldRate: (date: string) => `Cotação do dólar de ${date} — confira`,
  oldSource: 'na página da fonte',
  oldText:
    'O teto em reais é calculado com estes números. Quem cuida da instalação atualiza a tabela de preços e a cotação (BRL_PER_USD).',
  cap: 'Teto do mês',
  capNone: 'Sem teto: os serviços pagos não param sozinhos.',
  capUsed: (used: string, cap: string) => `${used} de ${cap} neste mês`,
  capReached: 'Teto atingido: os serviços pagos pararam; os locais continuam, as consultas também.',
  capNear: 'Perto do teto: ao chegar nele, os serviços pagos param e os locais continuam.',
  capEdit: 'Mudar o teto',
  capField: 'Teto por mês, em reais',
  capHint: 'Deixe vazio para não ter teto. Vale para a clínica toda, a partir de agora.',
  capInvalid: 'Informe um valor como 150 ou 150,50.',
  capSave: 'Salvar teto',
  capSaved: 'Teto salvo',
  byDay: 'Por dia',
  byService: 'Por serviço',
  byDoctor: 'Por médico',
  calls: (count: number) =>
    count === 1 ? '1 chamada' : `${count.toLocaleString('pt-BR')} chamadas`,
  empty: 'Nenhum custo no período',
  emptyText:
    'Os serviços locais não custam nada. Chamadas a fornecedores pagos aparecem aqui na hora.',
  formerDoctor: 'Médico desativado',
  day: 'Dia',
  amount: 'Custo',
} as const;
