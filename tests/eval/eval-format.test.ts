import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type EvalConsultation,
  evalConsultation,
  evalQueries,
  evalQuery,
  queryKinds,
} from './eval-format.ts';
import { anyPhraseOccurs, phraseOccurs } from './phrase-match.ts';

const root = join(import.meta.dirname, '../..');
const guidelineFolder = join(root, 'database/seeds/guidelines');
const codeFolder = join(root, 'apps/backend/ai-service/data');
const consultationFolder = join(import.meta.dirname, 'consultations');

function frontMatterList(markdown: string, field: string): string[] {
  const list = new RegExp(`^${field}: \\[(.*)\\]$`, 'm').exec(markdown)?.[1] ?? '';
  return list.split(',').map((item) => item.trim());
}

const guidelines = new Map(
  readdirSync(guidelineFolder)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => [file.slice(0, -3), readFileSync(join(guidelineFolder, file), 'utf8')]),
);

function codesOf(table: string): Set<string> {
  const rows = readFileSync(join(codeFolder, table), 'utf8').trimEnd().split('\n').slice(1);
  return new Set(rows.map((row) => row.split('\t')[0] ?? ''));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
  return plain.match(/[a-z0-9]+/g) ?? [];
}

function sharedRuns(query: string, document: string, length: number): string[] {
  const words = wordsOf(query);
  const haystack = ` ${wordsOf(document).join(' ')} `;
  const runs = words.slice(length - 1).map((_, start) => words.slice(start, start + length));
  return runs.map((run) => run.join(' ')).filter((run) => haystack.includes(` ${run} `));
}

describe('retrieval queries', () => {
  const queries = evalQueries.parse(readJson(join(import.meta.dirname, 'retrieval/queries.json')));

  it('are at least 44 of each kind, each with its own id and words', () => {
    for (const kind of queryKinds) {
      expect(queries.filter((query) => query.kind === kind).length).toBeGreaterThanOrEqual(44);
    }
    expect(repeated(queries.map((query) => query.id))).toEqual([]);
    expect(repeated(queries.map((query) => wordsOf(query.query).join(' ')))).toEqual([]);
  });

  it('name only documents and sections that exist, no document twice', () => {
    const odd = queries.filter(
      ({ relevant, section }) =>
        relevant.some((id) => !guidelines.has(id)) ||
        repeated(relevant).length > 0 ||
        (section !== undefined &&
          !frontMatterList(guidelines.get(relevant[0] ?? '') ?? '', 'sections').includes(section)),
    );
    expect(odd).toEqual([]);
  });

  it('ask for at least 50 documents and for every specialty of the corpus twice or more', () => {
    expect(new Set(queries.flatMap((query) => query.relevant)).size).toBeGreaterThanOrEqual(50);
    const specialties = [...guidelines.values()].flatMap((text) =>
      frontMatterList(text, 'specialty'),
    );
    const asked = queries.flatMap(({ relevant }) =>
      relevant.flatMap((id) => frontMatterList(guidelines.get(id) ?? '', 'specialty')),
    );
    const rare = [...new Set(specialties)].filter(
      (name) => asked.filter((other) => other === name).length < 2,
    );
    expect(rare).toEqual([]);
  });

  it('do not copy four words in a row from the document when a person speaks', () => {
    const copies = queries
      .filter((query) => query.kind !== 'clinical')
      .flatMap(({ id, query, relevant }) =>
        relevant.flatMap((slug) =>
          sharedRuns(query, guidelines.get(slug) ?? '', 4).map((run) => `${id}: ${run}`),
        ),
      );
    expect(copies).toEqual([]);
  });

  it('share no four words in a row with how people ask, nor six with the development queries', () => {
    const asked = readFileSync(join(guidelineFolder, 'how-people-ask.tsv'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => line.split('\t')[1] ?? '');
    const development = evalQueries.parse(
      readJson(join(import.meta.dirname, 'retrieval-development/queries.json')),
    );
    const shared = (texts: readonly string[], length: number) =>
      queries.flatMap(({ id, query }) =>
        texts.flatMap((text) => sharedRuns(query, text, length).map((run) => `${id}: ${run}`)),
      );
    expect(shared(asked, 4)).toEqual([]);
    expect(
      shared(
        development.map(({ query }) => query),
        6,
      ),
    ).toEqual([]);
  });

  it('are refused with a misspelt field or without a document', () => {
    const good = { id: 'lay-01', kind: 'lay', query: 'dor nas cadeiras', relevant: ['lombalgia'] };
    expect(evalQuery.safeParse(good).success).toBe(true);
    expect(evalQuery.safeParse({ ...good, relevant: [] }).success).toBe(false);
    expect(evalQuery.safeParse({ ...good, sections: 'anamnese' }).success).toBe(false);
  });
});

const files = readdirSync(consultationFolder).filter((file) => file.endsWith('.json'));
const consultations = files.map((file) => ({
  file,
  consultation: evalConsultation.parse(readJson(join(consultationFolder, file))),
}));

function position(utteranceId: string): number {
  return Number(utteranceId.slice(1));
}

function tripsLure(sentence: string, lure: EvalConsultation['lures'][number]): boolean {
  return (
    anyPhraseOccurs(sentence, lure.forbidden_any) && !anyPhraseOccurs(sentence, lure.allowed_with)
  );
}

describe('consultations', () => {
  it('are at least twelve, and three or more carry speech-to-text faults', () => {
    expect(consultations.length).toBeGreaterThanOrEqual(12);
    const faulty = consultations.filter(({ consultation }) => consultation.transcription);
    expect(faulty.length).toBeGreaterThanOrEqual(3);
  });
});

describe.each(consultations)('consultation $file', ({ file, consultation }) => {
  const { utterances, checkpoints, facts, lures } = consultation;
  const ids = new Set(utterances.map((utterance) => utterance.id));

  it('is named as its file and numbers its utterances in the order of time', () => {
    expect(`${consultation.id}.json`).toBe(file);
    expect(utterances.map(({ id }) => id)).toEqual(utterances.map((_, index) => `u${index + 1}`));
    const times = utterances.flatMap(({ startMs, endMs }) => [startMs, endMs]);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(new Set(utterances.map(({ speaker }) => speaker)).size).toBe(2);
  });

  it('refers only to utterances that exist', () => {
    const references = [
      ...checkpoints.map(({ after }) => after),
      ...consultation.red_flags.flatMap((flag) => [flag.raised_by, flag.should_be_asked_after]),
      ...facts.flatMap(({ support }) => support),
    ];
    expect(references.filter((id) => !ids.has(id))).toEqual([]);
    expect(repeated(facts.map(({ id }) => id))).toEqual([]);
    expect(repeated(consultation.red_flags.map(({ key }) => key))).toEqual([]);
  });

  it('never lists a topic as asked and unasked at once, nor forgets one that was asked', () => {
    for (const { asked, unasked } of checkpoints) {
      expect(repeated([...asked, ...unasked])).toEqual([]);
    }
    for (const [index, earlier] of checkpoints.slice(0, -1).entries()) {
      const later = checkpoints[index + 1];
      expect(position(later?.after ?? 'u0')).toBeGreaterThan(position(earlier.after));
      expect(later?.asked).toEqual(expect.arrayContaining(earlier.asked));
    }
  });

  it('raises each red flag before it is due, on a topic that stays open', () => {
    for (const flag of consultation.red_flags) {
      expect(position(flag.raised_by)).toBeLessThanOrEqual(position(flag.should_be_asked_after));
      const closed = checkpoints.filter(
        ({ after, asked }) =>
          position(after) >= position(flag.should_be_asked_after) && asked.includes(flag.topic),
      );
      expect(closed, flag.key).toEqual([]);
    }
  });

  it('words each fact so that it passes its own check and falls for no lure', () => {
    const failing = facts.filter(({ fact, must_contain_any }) =>
      must_contain_any.some((phrases) => !anyPhraseOccurs(fact, phrases)),
    );
    expect(failing.map(({ fact }) => fact)).toEqual([]);
    const trapped = facts.filter(({ fact }) => lures.some((lure) => tripsLure(fact, lure)));
    expect(trapped.map(({ fact }) => fact)).toEqual([]);
  });

  it('denies something, and the phrases of a denial hold a negation', () => {
    const denials = facts.filter(({ negated }) => negated);
    expect(denials).not.toEqual([]);
    const odd = denials.filter(
      ({ must_contain_any }) => !must_contain_any.some((phrases) => phrases.includes('neg')),
    );
    expect(odd).toEqual([]);
  });

  it('has lures that catch their own mistake', () => {
    const deaf = lures.filter(
      ({ forbidden_any, allowed_with }) =>
        !forbidden_any.some((mistake) => !anyPhraseOccurs(`Tem ${mistake}`, allowed_with)),
    );
    expect(deaf).toEqual([]);
  });

  it('proposes codes that the tables hold', () => {
    const cid10 = codesOf('cid10/categories.tsv');
    const ciap2 = codesOf('ciap2/ciap2.tsv');
    expect(consultation.cid10_candidates.filter((code) => !cid10.has(code))).toEqual([]);
    expect(consultation.ciap2_candidates.filter((code) => !ciap2.has(code))).toEqual([]);
  });
});

describe('phrase matching', () => {
  it('begins at a word, may end inside one, and ignores accents, case and punctuation', () => {
    expect(phraseOccurs('Vomitou duas vezes.', 'vômit')).toBe(true);
    expect(phraseOccurs('Há três dias, com FEBRE.', 'tres dias')).toBe(true);
    expect(phraseOccurs('Sem febre', 'sem ')).toBe(true);
    expect(phraseOccurs('Na semana passada', 'sem ')).toBe(false);
    expect(phraseOccurs('Reaver o exame', 'ver')).toBe(false);
  });

  it('keeps the comma of a number and the slash of an interval', () => {
    expect(phraseOccurs('Temperatura de 38,9, axilar', '38,9')).toBe(true);
    expect(phraseOccurs('Peso 138,9', '38,9')).toBe(false);
    expect(phraseOccurs('dipirona 6/6 h', '6/6')).toBe(true);
  });
});
