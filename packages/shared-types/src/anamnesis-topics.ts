import { z } from 'zod';

/**
 * The closed list of what an anamnesis can cover: keys of `suggestion.topic` and `coverage.key`.
 * A new topic is added here and nowhere else; the question bank is checked against it.
 */
export const anamnesisTopics = {
  inicio: 'Início',
  duracao: 'Duração',
  frequencia: 'Frequência',
  localizacao: 'Localização',
  irradiacao: 'Irradiação',
  carater: 'Caráter',
  intensidade: 'Intensidade',
  fatores_piora: 'Fatores de piora',
  fatores_melhora: 'Fatores de melhora',
  sintomas_associados: 'Sintomas associados',
  febre: 'Febre',
  trauma: 'Trauma',
  perda_peso: 'Perda de peso',
  sono: 'Sono',
  sinais_alarme: 'Sinais de alarme',
  antecedentes: 'Antecedentes pessoais',
  historia_familiar: 'História familiar',
  medicacoes: 'Medicações em uso',
  efeitos_adversos: 'Efeitos adversos',
  adesao: 'Adesão ao tratamento',
  alergias: 'Alergias',
  habitos: 'Hábitos de vida',
  gestacao: 'Gestação e ciclo',
  vacinas: 'Vacinas',
  contatos: 'Contatos e exposição',
  hidratacao: 'Aceitação de líquidos',
  diurese: 'Diurese',
  peso: 'Peso',
  medidas_em_casa: 'Medidas em casa',
  hipoglicemia: 'Hipoglicemia',
  exame_pes: 'Exame dos pés',
  rastreios: 'Rastreios',
  rede_apoio: 'Rede de apoio',
} as const;

export type AnamnesisTopic = keyof typeof anamnesisTopics;

export const anamnesisTopicKeys = Object.keys(anamnesisTopics) as AnamnesisTopic[];

export const anamnesisTopic = z.enum(anamnesisTopicKeys);

/** The pt-BR label that a doctor reads for a topic. */
export function topicLabel(key: AnamnesisTopic): string {
  return anamnesisTopics[key];
}
