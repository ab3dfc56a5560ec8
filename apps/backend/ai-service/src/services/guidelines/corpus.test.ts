import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../testing/project-root.ts';
import { type Guideline, indexedTexts, parseGuideline, readCorpus } from './corpus.ts';
import { embeddingFileName, readEmbeddingFile, textKey } from './embedding-store.ts';
import { excerpt } from './library.ts';

const folder = resolve(projectRoot, 'database/seeds/guidelines');
const officialHosts = new Set([
  'doi.org',
  'bvsms.saude.gov.br',
  'linhasdecuidado.saude.gov.br',
  'www.gov.br',
  'www.sbp.com.br',
  'diretriz.diabetes.org.br',
  'ginasthma.org',
  'goldcopd.org',
  'kdigo.org',
  'www.nice.org.uk',
  'www.who.int',
]);
let corpus: Guideline[];
beforeAll(async () => {
  corpus = await readCorpus(folder);
});

describe('guideline corpus', () => {
  it('has the complaints of primary care', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(46);
    const ids = corpus.map((guideline) => guideline.head.id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'dor-toracica',
        'cefaleia',
        'febre-crianca',
        'hipertensao',
        'diabetes-tipo-2',
        'lombalgia',
        'asma',
        'infeccao-respiratoria',
        'infeccao-urinaria',
        'depressao',
        'ansiedade',
        'diarreia',
        'pre-natal',
        'dpoc',
        'insuficiencia-cardiaca',
        'tuberculose',
        'sifilis-e-ist',
        'puericultura',
        'violencia',
        'risco-de-suicidio',
      ]),
    );
  });

  it('links to the public source of each summary', () => {
    for (const { head } of corpus) {
      for (const source of [head, ...head.also]) {
        expect(officialHosts, head.id).toContain(new URL(source.url).host);
        expect(source.year).toBeLessThanOrEqual(new Date(head.written_at).getFullYear());
      }
    }
  });

  it('claims no review that did not happen, and says when one is due', () => {
    for (const { head } of corpus) {
      // Until a professional signs a summary off with date and council number, it is pending.
      expect(head.professional_review, head.id).toMatch(/^pendente$|^\d{4}-\d{2}-\d{2} .*CRM/);
      expect(Date.parse(head.review_due), head.id).toBeGreaterThan(Date.parse(head.written_at));
    }
  });

  it('declares its sections in order, each a passage of fair length, warning signs first', () => {
    for (const { head, sections } of corpus) {
      expect(sections.map((section) => section.id)).toEqual(head.sections);
      expect(sections[0]?.id, head.id).toBe('sinais-de-alarme');
      expect(sections.length).toBeGreaterThanOrEqual(4);
      for (const section of sections) {
        const count = section.text.split(' ').length;
        expect(count, `${head.id}#${section.id}`).toBeGreaterThanOrEqual(35);
        expect(count, `${head.id}#${section.id}`).toBeLessThanOrEqual(150);
      }
    }
  });

  it('knows of each matter how people bring it up, in several ways', () => {
    for (const guideline of corpus) {
      expect(new Set(guideline.howPeopleAsk).size, guideline.head.id).toBeGreaterThanOrEqual(4);
      expect(indexedTexts(guideline).at(-1)).toMatchObject({ kind: 'how_people_ask', heading: '' });
    }
  });

  it('has a vector for every passage as it stands (npm run embed -w @medcall/ai-service)', async () => {
    const stored = await readEmbeddingFile(join(folder, embeddingFileName), 'e5-small-ptbr-q4');
    const keys = corpus.flatMap((guideline) =>
      indexedTexts(guideline).map(({ embedded }) => textKey(embedded)),
    );
    expect(keys.filter((key) => !stored.has(key))).toEqual([]);
    expect(stored.size).toBe(keys.length);
    for (const vector of stored.values()) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
    }
  });

  it('gives no vectors to another model', async () => {
    expect((await readEmbeddingFile(join(folder, embeddingFileName), 'other')).size).toBe(0);
    expect((await readEmbeddingFile(join(folder, 'absent.json'), 'other')).size).toBe(0);
  });
});

describe('parseGuideline', () => {
  it.each([
    ['no front matter', '# Dor'],
    ['an incomplete one', '---\nid: dor\n---\n\n## A {#a}\n\ntexto'],
    ['a heading without an id', '---\nid: dor\n---\n\n## A\n\ntexto'],
  ])('refuses %s', (_, markdown) => {
    expect(() => parseGuideline(markdown)).toThrow();
  });
});

describe('excerpt', () => {
  it('is the sentence about the question, and as many after it as fit', () => {
    const text = 'Medir a pressão. Perguntar por alergia a penicilina. Marcar retorno.';
    expect(excerpt(text, 'Tem alergia?')).toBe(
      'Perguntar por alergia a penicilina. Marcar retorno.',
    );
    expect(excerpt(text, 'nada disso')).toBe(text);
  });
});
