import type {
  IncidentClock,
  IncidentCriterion,
  IncidentDataKind,
  IncidentFacts,
  IncidentProperty,
  IncidentStatus,
  PeopleChannel,
} from './incident.ts';

/** pt-BR names of what an incident is described with: for screens, the form and the notice. */
export const incidentLabels = {
  status: {
    open: 'Em apuração',
    assessed: 'Avaliado',
    communicated: 'Comunicado',
    not_required: 'Comunicação não exigida',
    closed: 'Encerrado',
  } satisfies Record<IncidentStatus, string>,
  properties: {
    confidentiality: 'Confidencialidade',
    integrity: 'Integridade',
    availability: 'Disponibilidade',
    authenticity: 'Autenticidade',
  } satisfies Record<IncidentProperty, string>,
  dataKinds: {
    identification: 'Identificação (nome, CPF, nascimento)',
    contact: 'Contato (e-mail, telefone, endereço)',
    health: 'Saúde (consultas, notas, documentos)',
    biometric: 'Biometria (perfil de voz)',
    image_or_voice: 'Imagem ou voz',
    financial: 'Financeiros',
    authentication: 'Senhas e acesso',
    location: 'Localização',
    other: 'Outros',
  } satisfies Record<IncidentDataKind, string>,
  criteria: {
    sensitive: 'Dados pessoais sensíveis',
    vulnerable_people: 'Dados de crianças, adolescentes ou idosos',
    financial: 'Dados financeiros',
    authentication: 'Dados de autenticação em sistemas',
    secrecy: 'Dados protegidos por sigilo legal, judicial ou profissional',
    large_scale: 'Dados em larga escala',
  } satisfies Record<IncidentCriterion, string>,
  channel: {
    individual: 'A cada pessoa (e-mail, telefone, mensagem ou carta)',
    public: 'Aviso público (site, aplicativo, canais da clínica)',
    both: 'A cada pessoa e aviso público',
  } satisfies Record<PeopleChannel, string>,
  waitsFor: {
    authority: 'comunicar à ANPD',
    people: 'avisar os titulares',
    completion: 'completar a comunicação à ANPD',
  } satisfies Record<IncidentClock['waits_for'][number], string>,
  facts: {
    description: 'O que aconteceu',
    cause: 'Causa principal',
    properties: 'O que foi violado',
    data_kinds: 'Dados afetados',
    data_details: 'Detalhes dos dados',
    affected_total: 'Titulares afetados',
    affected_children: 'Crianças (até 11)',
    affected_adolescents: 'Adolescentes (12 a 17)',
    affected_elderly: 'Idosos (60 ou mais)',
    processed_total: 'Titulares tratados na atividade',
    measures_before: 'Medidas de segurança antes',
    measures_after: 'Medidas de segurança depois',
    risks: 'Riscos para as pessoas',
    mitigation: 'O que se faz para reverter ou reduzir',
    delay_reason: 'Motivos da demora',
    officer_name: 'Encarregado: nome',
    officer_contact: 'Encarregado: contato',
    processor: 'Operador envolvido',
  } satisfies Record<keyof IncidentFacts, string>,
} as const;

const parts: Readonly<Record<string, string>> = {
  ...incidentLabels.facts,
  title: 'Título',
  status: 'Situação',
  detected_at: 'Quando foi notado',
  known_at: 'Quando se soube que afetou dados pessoais',
  occurred_at: 'Quando ocorreu',
  small_agent: 'Agente de pequeno porte',
  significant: 'Efeito significativo',
  criteria: 'Critérios',
  assessment: 'Avaliação do risco',
  not_required_reason: 'Motivo de não comunicar',
  authority_at: 'Comunicação à ANPD',
  authority_protocol: 'Protocolo da ANPD',
  preliminary: 'Comunicação preliminar',
  completed_at: 'Comunicação completada',
  people_at: 'Aviso aos titulares',
  people_channel: 'Forma do aviso',
  closing_note: 'Conclusão',
  closed_at: 'Encerramento',
  number: 'Número',
  registered_at: 'Registro',
  registered_by: 'Quem registrou',
};

/** What a part of an incident is called in its history. */
export function incidentPartName(part: string): string {
  return parts[part] ?? part;
}
