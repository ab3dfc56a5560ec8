import { describe, expect, it } from 'vitest';
import { dialogue } from '../../testing/dialogue.ts';
import { sampleDialogues } from '../../testing/sample-dialogues.ts';
import { loadLexicon } from '../lexicon.ts';
import { isChild } from '../questions/patient-context.ts';
import { readTalk } from '../questions/read-talk.ts';
import type { Utterance } from '../utterance.ts';
import { extractNote } from './extract-note.ts';
import { whyUnsupported } from './support.ts';

const { drugNames, expandSynonyms } = loadLexicon();
const rules = { drugs: drugNames, expand: expandSynonyms, patientIsChild: false };

const talk = dialogue(`
  M: Tem febre ou tosse?
  P: Não, nada disso.
  P: Estou com dor de cabeça há três dias.
  P: Tomo losartana de cinquenta miligramas.
  P: Minha mãe tem diabetes.
  P: É, sim, doutora.
  P: Não fumo.
`);

function judge(text: string, ...transcriptionIds: string[]) {
  return whyUnsupported(
    { section: 'subjetivo', text, transcriptionIds },
    new Map(talk.map((utterance): [string, Utterance] => [utterance.id, utterance])),
    rules,
  );
}

describe('a sentence is written when the transcript supports it', () => {
  it.each([
    ['Nega febre e tosse.', ['u0', 'u1']],
    ['Cefaleia há 3 dias.', ['u2']],
    ['Em uso de losartana 50 mg.', ['u3']],
    ['História familiar: mãe com diabetes.', ['u4']],
    ['Relata: "Estou com dor de cabeça há três dias".', ['u2']],
    ['Relata: "Não fumo".', ['u6']],
    ['Pergunta: "Tem febre ou tosse?"; resposta: "Não, nada disso".', ['u0', 'u1']],
  ])('%s', (text, ids) => {
    expect(judge(text, ...ids)).toBeUndefined();
  });
});

describe('and dropped when not', () => {
  it.each([
    ['Nega febre.', [], 'no_utterance'],
    ['Nega febre.', ['u0', 'u99'], 'unknown_utterance'],
    ['Cefaleia há 4 dias.', ['u2'], 'number'],
    ['Em uso de losartana 100 mg.', ['u3'], 'number'],
    ['Em uso de enalapril.', ['u3'], 'drug'],
    ['Refere febre.', ['u0', 'u1'], 'polarity'],
    ['Refere febre.', ['u0'], 'unanswered'],
    ['Nega dor de cabeça.', ['u2'], 'polarity'],
    ['Tem diabetes.', ['u4'], 'somebody_else'],
    ['Paciente com hipotireoidismo em tratamento irregular.', ['u2'], 'words'],
    ['Relata: "Estou com dor de barriga".', ['u2'], 'words'],
    ['Relata: "É, sim, doutora".', ['u5'], 'bare_answer'],
    ['É, sim, doutora.', ['u5'], 'bare_answer'],
    ['Paciente responde que sim.', ['u5'], 'bare_answer'],
    ['Nega.', ['u0', 'u1'], 'bare_answer'],
  ])('%s from %s: %s', (text, ids, reason) => {
    expect(judge(text, ...ids)).toBe(reason);
  });
});

describe('what a bare answer to alternatives says', () => {
  const judgeIn = (lines: string, text: string, generated: boolean) => {
    const said = dialogue(lines);
    return whyUnsupported(
      { section: 'subjetivo', text, transcriptionIds: said.map(({ id }) => id) },
      new Map(said.map((utterance): [string, Utterance] => [utterance.id, utterance])),
      { ...rules, generated },
    );
  };

  it.each([
    ['M: A dor é na direita ou na esquerda?\nP: Não.', 'Nega dor.'],
    ['M: A dor é na direita ou na esquerda?\nP: Sim.', 'Refere dor na direita.'],
    ['M: Tem tosse ou coriza?\nP: Sim.', 'Refere tosse.'],
    ['M: Tem tosse seca ou com catarro?\nP: Não.', 'Nega tosse.'],
    // What is left open is not settled by the answer to the next question.
    ['M: A dor é forte ou fraca?\nP: Não.\nM: Tem febre?\nP: Não.', 'Nega dor.'],
  ])('is neither yes nor no: %s, %s', (lines, text) => {
    expect(judgeIn(lines, text, false)).toBe('unanswered');
    expect(judgeIn(lines, text, true)).toBe('unanswered');
  });

  it('is no side of it either, where nothing is named that could be denied', () => {
    const lines = 'M: Mora sozinha ou com a família?\nP: Não.';
    expect(judgeIn(lines, 'Mora sozinha.', true)).toBe('polarity');
    expect(judgeIn(lines, 'Não mora sozinha.', true)).toBe('polarity');
  });

  it('but holds for all that a question names', () => {
    expect(
      judgeIn('M: Tem tosse ou coriza?\nP: Não.', 'Nega tosse e coriza.', true),
    ).toBeUndefined();
    expect(judgeIn('M: Mora sozinha?\nP: Moro, sim.', 'Mora sozinha.', true)).toBeUndefined();
  });
});

it('nothing that the embedded engine takes from a talk is unsupported', () => {
  for (const { name, utterances } of sampleDialogues) {
    const known = new Map(utterances.map((one): [string, Utterance] => [one.id, one]));
    const patientIsChild = isChild(readTalk({}, utterances).patient);
    for (const sentence of extractNote({}, utterances)) {
      const reason = whyUnsupported(sentence, known, { ...rules, patientIsChild });
      expect(reason, `${name}: ${sentence.text}`).toBeUndefined();
    }
  }
});
