import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Question } from '#types/consultation.ts';
import { QuestionCard } from './question-card.tsx';
import { QuestionsPanel } from './questions-panel.tsx';

const question: Question = {
  id: 'q1',
  topic: 'febre',
  question: 'Teve febre?',
  rationale: 'Febre muda a conduta.',
  redFlag: false,
  sources: [
    {
      documentId: 'cefaleia',
      title: 'Cefaleia',
      source: 'Ministério da Saúde',
      year: 2024,
      section: 'Sinais de alarme',
      url: 'https://saude.example',
      excerpt: 'Perguntar por febre.',
    },
  ],
  triggeredBy: { transcriptionId: 't1', text: 'Minha cabeça dói.' },
  engine: 'embedded-retrieval',
};
const drawn = (shown: readonly Question[]) =>
  renderToStaticMarkup(<QuestionsPanel board={{ shown, queue: [] }} onSettle={() => undefined} />);
const fallback = 'O modelo de linguagem não está em uso agora';

describe('the questions on the doctor’s screen', () => {
  it('say what brought them, what they rest on, which engine chose them, and that a professional decides', () => {
    const page = drawn([question]);
    for (const words of [
      'Teve febre?',
      '“Minha cabeça dói.”',
      'Perguntar por febre.',
      'Febre muda a conduta.',
      'neste servidor',
      'Apoio à decisão',
    ]) {
      expect(page).toContain(words);
    }
    expect(page).not.toContain(fallback);
  });

  it('say so where the bank stands in for a language model', () => {
    expect(drawn([question, { ...question, id: 'q2', fallback: true }])).toContain(fallback);
  });

  it('promise nothing while there are none', () => {
    expect(drawn([])).toContain('Apoio à decisão');
  });
});

describe('a question in the record', () => {
  it('leads to the utterance that brought it', () => {
    const page = renderToStaticMarkup(
      <QuestionCard question={question} onShow={() => undefined} />,
    );
    expect(page).toMatch(/<button[^>]*title="Ver a fala"[^>]*>“Minha cabeça dói.”<\/button>/);
    expect(drawn([question])).not.toContain('Ver a fala');
  });
});
