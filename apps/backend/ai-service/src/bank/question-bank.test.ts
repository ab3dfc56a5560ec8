import { resolve } from 'node:path';
import { anamnesisTopicKeys } from '@medcall/shared-types/anamnesis-topics';
import { beforeAll, describe, expect, it } from 'vitest';
import { askedTopics } from '../services/coverage.ts';
import { type Guideline, readCorpus } from '../services/guidelines/corpus.ts';
import { GuidelineLibrary } from '../services/guidelines/library.ts';
import { concerns } from '../services/questions/patient-context.ts';
import { sentences } from '../services/text/sentences.ts';
import { projectRoot } from '../testing/project-root.ts';
import { citationOf, questionBank } from './question-bank.ts';

const all = [...questionBank.complaints, questionBank.fallback];
const questions = all.flatMap((complaint) =>
  complaint.questions.map((question) => ({ complaint, question })),
);
let corpus: Guideline[];
beforeAll(async () => {
  corpus = await readCorpus(resolve(projectRoot, 'database/seeds/guidelines'));
});

describe('question bank', () => {
  it('knows at least 25 complaints, each once, each with a red flag', () => {
    const ids = all.map((complaint) => complaint.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(26);
    for (const complaint of all) {
      expect(
        complaint.questions.some((question) => question.redFlag),
        complaint.id,
      ).toBe(true);
      expect(complaint.questions.length).toBeGreaterThanOrEqual(7);
    }
  });

  it('rests every exact complaint on a guideline of its own subject', () => {
    const general = questionBank.fallback.guideline;
    const loose = questionBank.complaints.filter((one) => !one.vague && one.guideline === general);
    expect(loose.map(({ id }) => id)).toEqual([]);
  });

  it('asks every topic of the closed list somewhere', () => {
    const asked = new Set(questions.map(({ question }) => question.topic));
    expect(anamnesisTopicKeys.filter((topic) => !asked.has(topic))).toEqual([]);
  });

  it('has one question a topic and audience in a complaint, with a weight from 1 to 100', () => {
    for (const complaint of all) {
      const keys = complaint.questions.map(({ audience, topic }) =>
        JSON.stringify([topic, audience]),
      );
      expect(new Set(keys).size, complaint.id).toBe(keys.length);
    }
    for (const { question } of questions) {
      expect(question.weight).toBeGreaterThanOrEqual(1);
      expect(question.weight).toBeLessThanOrEqual(100);
    }
  });

  it('asks of children nothing about tobacco, alcohol, work or sex of theirs', () => {
    const patient = { ageYears: 6 };
    const theirs =
      /\b(?:Fuma|já fumou|Usa álcool|o álcool|cigarros? por dia|Trabalha ou|dor na relação|última relação)\b/;
    const odd = questions.filter(
      ({ complaint, question }) =>
        concerns(complaint.audience, patient) &&
        concerns(question.audience, patient) &&
        theirs.test(question.ask),
    );
    expect(odd.map(({ complaint, question }) => `${complaint.id}: ${question.ask}`)).toEqual([]);
  });

  it('cites passages that exist, with an excerpt of theirs', () => {
    const library = new GuidelineLibrary(corpus);
    for (const { complaint, question } of questions) {
      const citation = citationOf(complaint, question.cites);
      const source = library.source(citation, `${question.ask} ${question.why}`);
      const [documentId, sectionId] = citation.split('#');
      const text = library
        .document(documentId ?? '')
        ?.sections.find((section) => section.id === sectionId)?.text;
      expect(text, citation).toContain(source.excerpt);
      expect(source.excerpt.length).toBeLessThanOrEqual(500);
    }
  });

  it('words its questions so that, read aloud, they count as asked', () => {
    const unheard = questions.filter(
      ({ complaint, question }) =>
        !askedTopics(sentences(question.ask), [complaint]).includes(question.topic),
    );
    expect(unheard.map(({ complaint, question }) => `${complaint.id}: ${question.ask}`)).toEqual(
      [],
    );
  });
});
