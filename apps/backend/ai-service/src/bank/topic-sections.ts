import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';

/** Parts of an anamnesis in which a doctor asks one thing after the other. */
export type TopicSection = 'complaint' | 'symptoms' | 'background' | 'life';

const sections: Record<AnamnesisTopic, TopicSection> = {
  inicio: 'complaint',
  duracao: 'complaint',
  frequencia: 'complaint',
  localizacao: 'complaint',
  irradiacao: 'complaint',
  carater: 'complaint',
  intensidade: 'complaint',
  fatores_piora: 'complaint',
  fatores_melhora: 'complaint',
  trauma: 'complaint',
  sintomas_associados: 'symptoms',
  febre: 'symptoms',
  perda_peso: 'symptoms',
  sinais_alarme: 'symptoms',
  hidratacao: 'symptoms',
  diurese: 'symptoms',
  peso: 'symptoms',
  antecedentes: 'background',
  historia_familiar: 'background',
  medicacoes: 'background',
  efeitos_adversos: 'background',
  adesao: 'background',
  alergias: 'background',
  gestacao: 'background',
  vacinas: 'background',
  medidas_em_casa: 'background',
  hipoglicemia: 'background',
  exame_pes: 'background',
  rastreios: 'background',
  habitos: 'life',
  sono: 'life',
  contatos: 'life',
  rede_apoio: 'life',
};

/** The part of the anamnesis that a topic is asked in. */
export function sectionOf(topic: AnamnesisTopic): TopicSection {
  return sections[topic];
}
