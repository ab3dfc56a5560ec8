import { expect, it } from 'vitest';
import { typedDialogue } from './typed-dialogue.ts';

it('tells the speakers of a typed talk apart', () => {
  expect(
    typedDialogue('Médico: onde dói?\nPaciente: no peito.\nDra: há quanto tempo?\n').map(
      ({ speaker, text }) => [speaker, text],
    ),
  ).toEqual([
    ['MEDICO', 'onde dói?'],
    ['PACIENTE', 'no peito.'],
    ['MEDICO', 'há quanto tempo?'],
  ]);
});

it('takes a text without a speaker for the patient’s', () => {
  expect(typedDialogue('Estou com febre')[0]).toMatchObject({ speaker: 'PACIENTE' });
});
