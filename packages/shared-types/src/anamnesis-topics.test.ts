import { expect, it } from 'vitest';
import { anamnesisTopic, anamnesisTopicKeys, topicLabel } from './anamnesis-topics.ts';

/** As the contract lists them: other programs rely on these names. A new one is added, none is renamed. */
const contract =
  'inicio duracao frequencia localizacao irradiacao carater intensidade fatores_piora fatores_melhora ' +
  'sintomas_associados febre trauma perda_peso sono sinais_alarme antecedentes historia_familiar medicacoes ' +
  'efeitos_adversos adesao alergias habitos gestacao vacinas contatos hidratacao diurese peso medidas_em_casa ' +
  'hipoglicemia exame_pes rastreios rede_apoio';

it('holds every topic of the contract, each with a label of its own in Portuguese', () => {
  expect(anamnesisTopicKeys).toEqual(expect.arrayContaining(contract.split(' ')));
  const labels = anamnesisTopicKeys.map(topicLabel);
  expect(new Set(labels).size).toBe(anamnesisTopicKeys.length);
  for (const label of labels) expect(label).toMatch(/^\p{Lu}[\p{L} ]+$/u);
});

it('refuses any other', () => {
  expect(anamnesisTopic.safeParse('inicio').success).toBe(true);
  expect(anamnesisTopic.safeParse('horoscopo').success).toBe(false);
});
