import type {
  IncidentClock,
  IncidentCriterion,
  IncidentDataKind,
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
} as const;
