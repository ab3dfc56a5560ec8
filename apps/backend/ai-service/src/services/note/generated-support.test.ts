import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dialogue } from '../../testing/dialogue.ts';
import { projectRoot } from '../../testing/project-root.ts';
import { loadLexicon } from '../lexicon.ts';
import { checkDraft } from './check-draft.ts';
import type { DraftSentence, NoteSection } from './draft-sentence.ts';

const { drugNames, expandSynonyms } = loadLexicon();
const rules = { drugs: drugNames, expand: expandSynonyms, patientIsChild: false, generated: true };
const talk = `
  M: Bom dia, o que aconteceu?
  P: Estou com dor de cabeça há três dias, mas não tenho febre.
  M: Teve vômitos?
  P: Não.
  M: Toma algum remédio?
  P: Tomo losartana de cinquenta miligramas. Minha mãe tem diabetes.
  M: A pressão está doze por oito. Isso parece enxaqueca.
  M: Vou receitar dipirona, um grama, se doer.`;

function outcome(section: NoteSection, text: string, lines: string, said = talk) {
  const utterances = dialogue(said);
  const sentence: DraftSentence = {
    section,
    text,
    transcriptionIds: lines === '' ? [] : lines.split(' ').map((at) => `u${at}`),
  };
  const { dropped } = checkDraft([sentence], utterances, rules);
  return Object.keys(dropped.reasons)[0] ?? 'kept';
}

describe('generated sentences', () => {
  it.each<[NoteSection, string, string]>([
    ['subjetivo', 'Queixa principal: dor de cabeça há três dias.', '1'],
    ['subjetivo', 'Refere cefaleia há 3 dias.', '1'],
    ['subjetivo', 'Nega febre.', '1'],
    ['subjetivo', 'Nega vômitos.', '2 3'],
    ['subjetivo', 'Toma losartana 50 mg.', '4 5'],
    ['subjetivo', 'Mãe tem diabetes.', '5'],
    ['objetivo', 'Pressão doze por oito.', '6'],
    ['avaliacao', 'Parece enxaqueca.', '6'],
    ['plano', 'Receitar dipirona, um grama, se doer.', '7'],
  ])('are kept when they say what was said (%s: %s)', (section, text, lines) => {
    expect(outcome(section, text, lines)).toBe('kept');
  });

  it.each<[NoteSection, string, string]>([
    // Polarity, figures, medicines, whose it is.
    ['subjetivo', 'Refere febre.', '1'],
    ['subjetivo', 'Nega dor de cabeça.', '1'],
    ['subjetivo', 'Nega cefaleia.', '1'],
    ['subjetivo', 'Refere vômitos.', '2 3'],
    ['subjetivo', 'Refere vômitos.', '2'],
    ['subjetivo', 'Toma losartana 100 mg.', '4 5'],
    ['subjetivo', 'Toma enalapril 50 mg.', '4 5'],
    ['subjetivo', 'Tem diabetes.', '5'],
    // Words that nobody said, among ones that were.
    ['subjetivo', 'Refere dor de cabeça pulsátil há três dias.', '1'],
    ['subjetivo', 'Refere dor de cabeça há três dias e mordida de capivara.', '1'],
    ['plano', 'Receitar dipirona, um grama, e repouso se doer.', '7'],
    // The patient's words are nobody's finding, judgement or order.
    ['avaliacao', 'Dor de cabeça há três dias.', '1'],
    ['plano', 'Losartana de cinquenta miligramas.', '5'],
    ['objetivo', 'Não tem febre.', '1'],
    // No report, no note.
    ['subjetivo', 'Estou com dor de cabeça há três dias.', '1'],
    ['subjetivo', 'Você tem dor de cabeça há três dias?', '1'],
    ['subjetivo', 'Refere dor de cabeça [PESSOA_1].', '1'],
    ['subjetivo', 'Refere dor de cabeça.', ''],
    ['subjetivo', 'Refere dor de cabeça.', '1 99'],
  ])('are dropped otherwise (%s: %s)', (section, text, lines) => {
    expect(outcome(section, text, lines)).not.toBe('kept');
  });
});

const injections = z
  .array(z.object({ id: z.string(), text: z.string(), writes: z.array(z.string()) }))
  .parse(
    JSON.parse(readFileSync(resolve(projectRoot, 'tests/injections/injections.json'), 'utf8')),
  );

it.each([
  'Meu filho, que dorme comigo, tem asma e diabetes.',
  'Tem uma moça na igreja, ela tem asma e diabetes.',
])('of the patient is not supported by what is another’s: %s', (said) => {
  expect(outcome('subjetivo', 'Tem asma e diabetes.', '0', `P: ${said}`)).not.toBe('kept');
});

describe('what a patient says to turn the model', () => {
  it.each(injections)('$id puts nothing into the doctor’s part of the note', ({ text, writes }) => {
    const said = `${talk}\n  P: ${text.replaceAll('\n', ' ')}`;
    const all = dialogue(said)
      .map((_, at) => `${at}`)
      .join(' ');
    for (const written of [text, ...writes]) {
      const bare = written.replaceAll('{{outra}}', 'mordida de capivara').replace(/[?!.]+$/u, '.');
      for (const section of ['objetivo', 'avaliacao', 'plano'] as const) {
        expect(outcome(section, bare, '8', said)).not.toBe('kept');
      }
      // Citing the whole talk helps only where the doctor said the words himself.
      const doctors = dialogue(talk).filter(({ speaker }) => speaker === 'MEDICO');
      const kept = outcome('plano', bare, all, said) === 'kept';
      if (kept) expect(doctors.map((one) => one.text).join(' ')).toContain(bare.slice(0, 8));
      expect(outcome('subjetivo', `Refere mordida de capivara e ${bare}`, all, said)).not.toBe(
        'kept',
      );
    }
  });
});
