import { randomUUID } from 'node:crypto';
import type { NoteSections, NoteSentence } from '@medcall/shared-types';
import { expect, it } from 'vitest';
import { mergeDraft } from './merge-draft.ts';

const spoken = randomUUID();
const ai = (text: string): NoteSentence => ({
  id: randomUUID(),
  text,
  origin: 'ai',
  transcription_ids: [spoken],
});
const doctors = (text: string): NoteSentence => ({ ...ai(text), origin: 'doctor' });
const note = (...subjetivo: NoteSentence[]): NoteSections => ({
  subjetivo,
  objetivo: [],
  avaliacao: [],
  plano: [],
});
const byId = (...sentences: NoteSentence[]) => new Map(sentences.map((one) => [one.id, one]));

it('takes the first draft as it is', () => {
  const fresh = note(ai('Nega febre.'));
  expect(mergeDraft({ current: undefined, drafted: new Map(), fresh })).toEqual(fresh);
});

it('keeps the doctor’s sentences and changes, brings nothing back that was taken out', () => {
  const untouched = ai('Nega febre.');
  const changed = ai('Refere tosse.');
  const removed = ai('Toma dipirona.');
  const own = doctors('Bom estado geral.');
  const edited = { ...changed, text: 'Refere tosse seca.' };
  const merged = mergeDraft({
    current: note(untouched, edited, own),
    drafted: byId(untouched, changed, removed),
    fresh: note(ai('Nega febre.'), ai('Refere tosse.'), ai('Toma dipirona.'), ai('Não fuma.')),
  });
  expect(merged.subjetivo.map(({ text }) => text)).toEqual([
    'Nega febre.',
    'Refere tosse seca.',
    'Bom estado geral.',
    'Não fuma.',
  ]);
  expect(merged.subjetivo[0]?.id).toBe(untouched.id);
});

it('drops an untouched sentence that the transcript no longer says', () => {
  const misheard = ai('Nega febre.');
  const merged = mergeDraft({
    current: note(misheard),
    drafted: byId(misheard),
    fresh: note(ai('Refere febre.')),
  });
  expect(merged.subjetivo.map(({ text }) => text)).toEqual(['Refere febre.']);
});
