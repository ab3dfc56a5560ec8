import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadVocabulary } from './correct.ts';
import { fold } from './fold.ts';
import { type LexiconEntry, readLexicon } from './lexicon.ts';
import { isNumberWord } from './number-words.ts';
import { MISHEARINGS, type MishearingName, misheard, seeded } from './testing/mishear.ts';

const dataFolder = join(import.meta.dirname, '../../data');
const vocabulary = loadVocabulary(dataFolder);
const lexicon = readLexicon(join(dataFolder, 'lexicon', 'lexicon.tsv'));
const ordinarySentences = readFileSync(
  join(import.meta.dirname, 'testing/ordinary-sentences.txt'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '');

const isSingleWord = (entry: LexiconEntry) => /^\p{L}{6,}$/u.test(entry.term);
const drugs = lexicon.filter((entry) => entry.kind === 'drug' && isSingleWord(entry));
const commonDrugs = drugs.filter((entry) => entry.common);

const COMBINATIONS: readonly (readonly MishearingName[])[] = [
  ...(Object.keys(MISHEARINGS) as MishearingName[]).map((name) => [name]),
  ['respelt', 'split'],
  ['vowelSwapped', 'split'],
  ['respelt', 'respelt'],
];

interface Recall {
  tried: number;
  right: number;
  wrongName: number;
}

/** Each name misheard in each way, in a sentence: how many come back, how many come back as another name. */
function recallOf(entries: readonly LexiconEntry[], seed: number): Recall {
  const random = seeded(seed);
  const recall: Recall = { tried: 0, right: 0, wrongName: 0 };
  for (const combination of COMBINATIONS) {
    for (const { term } of entries) {
      const heard = misheard(term, combination, random);
      if (fold(heard) === fold(term)) continue;
      recall.tried++;
      const { text, changes } = vocabulary.correct(`Estou tomando ${heard} todo dia.`);
      if (text === `Estou tomando ${term} todo dia.`) recall.right++;
      else if (changes.length > 0) recall.wrongName++;
    }
  }
  return recall;
}

describe('misheard names', () => {
  it('come back in at least 90 % of mishearings of common drugs, and almost never as another name', () => {
    const { tried, right, wrongName } = recallOf(commonDrugs, 20_261);
    console.info(`common drugs: ${right}/${tried} right, ${wrongName} another name`);
    expect(tried).toBeGreaterThan(800);
    expect(right / tried).toBeGreaterThanOrEqual(0.9);
    expect(wrongName / tried).toBeLessThanOrEqual(0.01);
  });

  it('come back in at least 80 % over all drugs of the lexicon', () => {
    const { tried, right, wrongName } = recallOf(drugs, 20_262);
    console.info(`all drugs: ${right}/${tried} right, ${wrongName} another name`);
    expect(right / tried).toBeGreaterThanOrEqual(0.8);
    expect(wrongName / tried).toBeLessThanOrEqual(0.01);
  });

  it.each([
    ['tomo los artana de 50 mg', 'tomo losartana de 50 mg'],
    ['sin vastatina à noite', 'sinvastatina à noite'],
    ['amoxilina por sete dias', 'amoxicilina por sete dias'],
    ['enalapriu de manhã', 'enalapril de manhã'],
    ['metil prednisolona na veia', 'metilprednisolona na veia'],
    ['hidro cloro tiazida', 'hidroclorotiazida'],
    ['lisperidona à noite', 'risperidona à noite'],
    ['metoprorol de manhã', 'metoprolol de manhã'],
  ])('%s → %s', (heard, meant) => {
    expect(vocabulary.correct(heard).text).toBe(meant);
  });

  it('keep case and punctuation, and say what was changed where', () => {
    const given = 'Então: "Los artana", e LOZARTANA!';
    const { text, changes } = vocabulary.correct(given);
    expect(text).toBe('Então: "Losartana", e LOSARTANA!');
    expect(changes.map(({ from, to, kind }) => ({ from, to, kind }))).toEqual([
      { from: 'Los artana', to: 'Losartana', kind: 'drug' },
      { from: 'LOZARTANA', to: 'LOSARTANA', kind: 'drug' },
    ]);
    for (const change of changes)
      expect(given.slice(change.index).startsWith(change.from)).toBe(true);
  });

  it('stay when two drugs are as near: a wrong drug is worse than a misspelt one', () => {
    expect(vocabulary.correct('tomou prednilona ontem').changes).toEqual([]);
  });
});

describe('where medicines are spoken of', () => {
  it.each([
    ['Uso omé prazo todo dia.', 'Uso omeprazol todo dia.'],
    ['O médico receitou cetro profeno.', 'O médico receitou cetoprofeno.'],
    ['O remédio da minha mãe é o calvo e dilol.', 'O remédio da minha mãe é o carvedilol.'],
    ['Dei a moça cilina de oito em oito horas.', 'Dei amoxicilina de oito em oito horas.'],
  ])('an ordinary word may be a part of a name that was torn apart: %s', (heard, meant) => {
    expect(vocabulary.correct(heard).text).toBe(meant);
  });

  it.each([
    'Combinamos omé prazo para a obra.',
    'O rei com cetro profeno na mão.',
    'Ele é calvo e dilol.',
    // The sentence before speaks of medicines, this one does not.
    'Tomei o remédio. O rei com cetro profeno na mão.',
  ])('and elsewhere it stays itself: %s', (sentence) => {
    expect(vocabulary.correct(sentence).text).toBe(sentence);
  });

  it.each(ordinarySentences)(
    'no ordinary sentence becomes a drug: Tomo remédio, %s',
    (sentence) => {
      const text = `Tomo remédio, ${sentence}`;
      expect(vocabulary.correct(text)).toEqual({ text, changes: [] });
    },
  );

  it('no fifth word of the frequency list becomes a drug', () => {
    const words = readFileSync(join(dataFolder, 'guard', 'common-words.txt'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .filter((_, i) => i % 5 === 0);
    expect(words.length).toBeGreaterThan(8_000);
    const changed = words.filter((word) => {
      const { changes } = vocabulary.correct(`Tomei o remédio ${word} ontem.`);
      return changes.some(({ kind }) => kind === 'drug');
    });
    expect(changed).toEqual([]);
  });

  it('no words of the list in a row become a drug because an article follows', () => {
    const words = ['permitem', 'perdas', 'levado', 'regulares', 'parar', 'certo', 'domingo'];
    for (const word of words) {
      for (const after of ['a', 'e', 'o', 'e na', 'e o']) {
        const text = `Tomei o remédio ${word} ${after} tarde.`;
        expect(vocabulary.correct(text).text).toBe(text);
      }
    }
  });
});

describe('ordinary speech', () => {
  it.each(ordinarySentences)('stays as it is: %s', (sentence) => {
    expect(vocabulary.correct(sentence)).toEqual({ text: sentence, changes: [] });
  });

  it('stays as it is in any order of its words', () => {
    const words = ordinarySentences.flatMap((sentence) => sentence.split(' '));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 14 }),
        (picked) => {
          const text = picked.join(' ');
          expect(vocabulary.correct(text).text).toBe(text);
        },
      ),
      { numRuns: 2_000, seed: 11 },
    );
  });

  it('has at least 300 sentences that name no drug', () => {
    expect(ordinarySentences.length).toBeGreaterThanOrEqual(300);
    const names = new Set(drugs.map(({ term }) => fold(term)));
    for (const sentence of ordinarySentences) {
      for (const word of sentence.split(/[^\p{L}]+/u))
        expect(names.has(fold(word)), word).toBe(false);
    }
  });

  it.each([
    'pressão',
    'pomada',
    'salina',
    'farinha',
    'cortina',
    'rotina',
    'vitamina',
    'menina',
    'piscina',
  ])('%s is no drug', (word) => {
    expect(vocabulary.correct(`a ${word} dela`).changes).toEqual([]);
  });
});

describe('what is already right', () => {
  it('every term of the lexicon stays as it is', () => {
    const changed = lexicon
      .filter(({ term }) => vocabulary.correct(term).text !== term)
      .map(({ term }) => term);
    expect(changed).toEqual([]);
  });

  it('correcting twice changes nothing more', () => {
    const random = seeded(5);
    for (const { term } of commonDrugs) {
      const once = vocabulary.correct(
        `toma ${misheard(term, ['respelt', 'split'], random)} e água`,
      ).text;
      expect(vocabulary.correct(once).text).toBe(once);
    }
  });
});

describe('figures', () => {
  it('are the same before and after, whatever stands beside them', () => {
    const random = seeded(9);
    const heard = commonDrugs.map(({ term }) => misheard(term, ['split'], random));
    const figures = [
      '50mg',
      '850 mg',
      '1,5',
      '2/3',
      '12x8',
      'vinte e cinco',
      'dois',
      'meia',
      '8',
      'B12',
      '10.000',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...heard), fc.constantFrom(...figures)), {
          minLength: 2,
          maxLength: 8,
        }),
        (parts) => {
          const text = parts.join(' ');
          expect(figuresOf(vocabulary.correct(text).text)).toEqual(figuresOf(text));
        },
      ),
      { numRuns: 500, seed: 12 },
    );
  });

  function figuresOf(text: string): string[] {
    return text.split(/\s+/).filter((word) => /\d/.test(word) || isNumberWord(fold(word)));
  }
});

it('takes at most a millisecond of processor time for a sentence', () => {
  const random = seeded(3);
  const sentences = ordinarySentences.map((sentence, index) => {
    const drug = commonDrugs[index % commonDrugs.length];
    return `${sentence} Tomo ${misheard(drug?.term ?? '', ['split'], random)} e ${sentence.toLowerCase()}`;
  });
  for (const sentence of sentences) vocabulary.correct(sentence);
  const before = process.cpuUsage();
  for (const sentence of sentences) vocabulary.correct(sentence);
  const milliseconds = process.cpuUsage(before).user / 1_000 / sentences.length;
  console.info(`${milliseconds.toFixed(3)} ms a sentence`);
  expect(milliseconds).toBeLessThanOrEqual(1);
});
