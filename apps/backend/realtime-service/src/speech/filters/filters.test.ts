import { describe, expect, it } from 'vitest';
import { annotations } from './annotations.ts';
import { confidence } from './confidence.ts';
import type { Candidate, Filter } from './filter.ts';
import { foreignScript } from './foreign-script.ts';
import { lengthGuard } from './length-guard.ts';
import { ALSO_SAID, NEVER_SAID } from './phantom-phrases.data.ts';
import { phantomPhrases } from './phantom-phrases.ts';
import { repetition } from './repetition.ts';
import { runFilters } from './run-filters.ts';
import { speechGate } from './speech-gate.ts';

/** A clear sentence of three seconds, with changes. */
function aCandidate(changes: Partial<Candidate> = {}): Candidate {
  return {
    text: 'Eu estou com dor de cabeça.',
    avgLogprob: -0.2,
    noSpeechProb: 0.01,
    degenerate: false,
    durationSeconds: 3,
    speechSeconds: 2.3,
    speechProbability: 0.95,
    ...changes,
  };
}

function after(filter: Filter, changes: Partial<Candidate>): string | null {
  const candidate = aCandidate(changes);
  const verdict = filter.judge(candidate);
  if (verdict.action === 'drop') return null;
  return verdict.action === 'rewrite' ? verdict.text : candidate.text;
}

describe('speech gate', () => {
  it.each([
    ['a click', { speechSeconds: 0.06 }],
    ['half a second of voice in ten seconds of noise', { durationSeconds: 10, speechSeconds: 0.5 }],
    ['music at which the detector hesitates', { speechProbability: 0.55 }],
  ])('drops the text of %s', (_, changes) => {
    expect(after(speechGate, changes)).toBeNull();
  });

  it('keeps a short “sim” with quiet around it', () => {
    const sim = { text: 'Sim.', durationSeconds: 0.9, speechSeconds: 0.3, speechProbability: 0.8 };
    expect(after(speechGate, sim)).toBe('Sim.');
  });
});

describe('annotations', () => {
  it.each(['[Música]', '(risos)', '♪ ♪', '♪ la la la ♪', '*aplausos*', '...', '[MÚSICA] (risos)'])(
    'drops %s',
    (text) => expect(after(annotations, { text })).toBeNull(),
  );

  it('takes them out of a sentence and keeps the sentence', () => {
    expect(after(annotations, { text: '[tosse] Eu tomo losartana (risos) de manhã.' })).toBe(
      'Eu tomo losartana de manhã.',
    );
  });

  it('leaves a sentence without them alone', () => {
    expect(after(annotations, { text: 'Pressão 12 por 8.' })).toBe('Pressão 12 por 8.');
  });
});

describe('foreign script', () => {
  it.each([
    'ご視聴ありがとうございました',
    'Спасибо за просмотр',
    'شكرا',
    '감사합니다',
    'Ευχαριστώ πολύ',
  ])('drops %s', (text) => expect(after(foreignScript, { text })).toBeNull());

  it('keeps accents, degrees, micrograms and a single Greek letter', () => {
    const text = 'Ação, 38 °C, 50 µg de manhã — ok?';
    expect(after(foreignScript, { text })).toBe(text);
    expect(after(foreignScript, { text: 'Dosar β HCG amanhã cedo.' })).toBe(
      'Dosar HCG amanhã cedo.',
    );
  });
});

describe('repetition', () => {
  it('takes a loop back to its first round', () => {
    expect(
      after(repetition, {
        text: 'Eu tenho febre desde ontem, desde ontem, desde ontem, desde ontem, desde ontem.',
      }),
    ).toBe('Eu tenho febre desde ontem,');
  });

  it.each([
    ['a word said over and over', 'que que que que que que que que que que'],
    ['drawn-out letters', 'Oooooooo'],
    ['several drawn-out letters', 'Ooooo... Mmmmmm'],
    ['breath', 'H-h-h-h-h-a H-h-h-h-h-a'],
  ])('drops %s', (_, text) => expect(after(repetition, { text })).toBeNull());

  it.each([
    'Não, não, não.',
    'Dói, dói muito, dói demais.',
    'De seis em seis horas, de oito em oito horas e de doze em doze horas.',
    'Sim, sim. Pode falar, pode falar.',
    'Ah',
    'Aaai!',
    'W-A-N-E-S-S-A.',
  ])('keeps %s', (text) => expect(after(repetition, { text })).toBe(text));
});

describe('a loop of any number of rounds, faster than anybody speaks', () => {
  const rounds = Array.from({ length: 11 }, (_, i) => i + 4);

  it.each(rounds)('keeps nothing of noise and one round of a sentence: %i rounds', (n) => {
    const again = (text: string) => Array<string>(n).fill(text).join(' ');
    const judged = (text: string) =>
      after(repetition, { text: again(text), speechSeconds: n / 12 });
    const sentence = 'Eu tenho muita dor aqui.';
    expect(judged(sentence)).toBe(sentence);
    // Fewer than nine may be a person.
    if (n >= 9) for (const word of ['Obrigado.', 'que']) expect(judged(word)).toBeNull();
  });

  it('does not take a long sentence that stands there twice for a loop', () => {
    const long = 'Eu tenho muita dor aqui do lado direito da barriga desde a semana passada.';
    expect(after(repetition, { text: `${long} ${long}`, speechSeconds: 3 })).toBe(long);
  });
});

describe('a sentence that stands there twice', () => {
  const question = 'O senhor está me ouvindo bem agora?';

  it('is written once where nobody could have said it twice in that time', () => {
    const text = `${question} ${question}`;
    expect(after(repetition, { text, speechSeconds: 2.2 })).toBe(question);
  });

  it('stays where somebody took the time to say it again, or says a little more', () => {
    const text = `${question} ${question}`;
    expect(after(repetition, { text, speechSeconds: 4 })).toBe(text);
    const more = `${question} ${question} Sim?`;
    expect(after(repetition, { text: more, speechSeconds: 2.2 })).toBe(more);
  });
});

describe('length guard', () => {
  it('drops three sentences out of half a second', () => {
    const text = 'Muito obrigado por terem vindo hoje. Até a próxima semana, um abraço a todos.';
    expect(after(lengthGuard, { text, speechSeconds: 0.5 })).toBeNull();
  });

  it('keeps what a fast speaker says, and a word whose edges the detector missed', () => {
    const text = 'Tomo losartana, hidroclorotiazida e sinvastatina todos os dias de manhã.';
    expect(after(lengthGuard, { text, speechSeconds: 2.5 })).toBe(text);
    expect(after(lengthGuard, { text: 'Obrigada.', speechSeconds: 0.16 })).toBe('Obrigada.');
  });
});

describe('confidence', () => {
  it.each([
    ['hopeless', { avgLogprob: -2 }],
    ['doubtful and silent', { avgLogprob: -1.1, noSpeechProb: 0.8 }],
    ['doubtful and in a loop', { avgLogprob: -1.1, degenerate: true }],
  ])('drops what is %s', (_, changes) => expect(after(confidence, changes)).toBeNull());

  it.each([
    ['an accent that the engine hardly follows', { avgLogprob: -1.2, noSpeechProb: 0.1 }],
    ['a breath before a clear sentence', { avgLogprob: -0.3, noSpeechProb: 0.9 }],
    ['an engine without scores', { avgLogprob: null, noSpeechProb: null }],
  ])('keeps %s', (_, changes) => expect(after(confidence, changes)).not.toBeNull());
});

describe('phantom phrases', () => {
  it.each([
    'Legendas pela comunidade Amara.org',
    'LEGENDAS PELA COMUNIDADE AMARA.ORG',
    'Inscreva-se no canal!',
    'Obrigado por assistir.',
    'Thanks for watching!',
    'Música',
  ])('drops %s whatever the evidence', (text) => {
    expect(after(phantomPhrases, { text })).toBeNull();
  });

  it.each(['Obrigado.', 'Tchau, tchau.', 'E aí?', 'Thank you.', 'O que?'])(
    'drops %s when hardly anybody was heard',
    (text) => {
      expect(after(phantomPhrases, { text, speechSeconds: 0.2 })).toBeNull();
      expect(after(phantomPhrases, { text, speechProbability: 0.65 })).toBeNull();
      expect(after(phantomPhrases, { text, avgLogprob: -1.2 })).toBeNull();
      expect(after(phantomPhrases, { text, noSpeechProb: 0.7 })).toBeNull();
    },
  );

  it('drops such a phrase said over and over, or drawn out like a tune', () => {
    const hum = { speechSeconds: 2.4, avgLogprob: -1 };
    expect(after(phantomPhrases, { text: 'O que é isso? O que é isso?', ...hum })).toBeNull();
    expect(after(phantomPhrases, { text: 'Tchau.', speechSeconds: 2.4 })).toBeNull();
  });

  it('keeps a spoken word of thanks', () => {
    const text = 'Obrigado.';
    expect(after(phantomPhrases, { text, durationSeconds: 1.1, speechSeconds: 0.5 })).toBe(text);
  });

  it('keeps a sentence that holds such a phrase', () => {
    const text = 'Obrigado por assistir o meu filho, doutora.';
    expect(after(phantomPhrases, { text })).toBe(text);
  });

  it('has entries in the form in which they are compared, each once', () => {
    const all = [...NEVER_SAID, ...ALSO_SAID];
    expect(all.filter((entry) => !/^[a-z0-9]+( [a-z0-9]+)*$/.test(entry))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('all filters together', () => {
  it('keep an ordinary sentence as it is', () => {
    expect(runFilters(aCandidate())).toEqual({ kept: true, text: 'Eu estou com dor de cabeça.' });
  });

  it('name the filter that dropped a text', () => {
    expect(runFilters(aCandidate({ text: ' ' }))).toEqual({ kept: false, filter: 'empty' });
    expect(runFilters(aCandidate({ text: '[Música]' }))).toEqual({
      kept: false,
      filter: 'annotations',
    });
  });

  it('judge what an earlier filter left', () => {
    expect(runFilters(aCandidate({ text: '[Música] Obrigado por assistir.' }))).toEqual({
      kept: false,
      filter: 'phantom-phrases',
    });
  });
});
