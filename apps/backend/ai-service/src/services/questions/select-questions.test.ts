import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TopicSection } from '../../bank/topic-sections.ts';
import { dialogue } from '../../testing/dialogue.ts';
import { mishear, seededRandom } from '../../testing/mishear.ts';
import { play } from '../../testing/play.ts';
import { projectRoot } from '../../testing/project-root.ts';
import { sampleDialogues } from '../../testing/sample-dialogues.ts';
import { maxOpen, type OfferedQuestion } from './place-questions.ts';
import { readTalk } from './read-talk.ts';
import { rankedQuestions, selectQuestions } from './select-questions.ts';

const recorded = ['dor-toracica', 'cefaleia', 'febre-crianca', 'ansiedade'];

function readReference(name: string) {
  const path = resolve(projectRoot, 'tests/fixtures/audio', name, 'reference.json');
  const reference = z
    .object({
      turns: z.array(z.object({ speaker: z.enum(['MEDICO', 'PACIENTE']), text: z.string() })),
      unasked_keys: z.array(z.string()),
    })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  return { ...reference, turns: reference.turns.map((turn, at) => ({ ...turn, id: `u${at}` })) };
}

const choose = (lines: string, over: Partial<Parameters<typeof selectQuestions>[0]> = {}) => {
  const utterances = dialogue(lines);
  const talk = readTalk({}, utterances);
  return selectQuestions({ ...talk, offered: [], utterances: utterances.length, ...over }).chosen;
};
const anOffer = (topic: string, over: Partial<OfferedQuestion> = {}): OfferedQuestion => ({
  id: topic,
  topic,
  question: '',
  redFlag: false,
  status: 'shown',
  age: 1,
  ...over,
});
const topics = (chosen: ReturnType<typeof choose>) => chosen.map(({ question }) => question.topic);
const chestPain = 'P: Estou com um aperto no peito quando subo escada, doutor.';

describe('while the doctor asks himself', () => {
  const asking = `
    P: Estou com muita dor na barriga desde ontem.
    M: E onde dói?
    P: Dói embaixo, do lado.`;

  it('waits with questions of the part that he is in', () => {
    const inPart = topics(choose(asking, { utterances: 30 }));
    expect(inPart).not.toContain('irradiacao');
    expect(inPart).not.toContain('carater');
  });

  it('comes back to that part when he has gone on to another', () => {
    const goneOn = `${asking}
      M: Tem alguma doença, toma remédio?
      P: Não, nada.`;
    const { inRun } = readTalk({}, dialogue(goneOn));
    expect([...inRun]).toEqual(['background']);
    const offered = ['sinais_alarme', 'gestacao', 'hidratacao'].map((topic) =>
      anOffer(topic, { status: 'used' }),
    );
    expect(choose(goneOn, { utterances: 30, offered }).length).toBeGreaterThan(0);
  });

  it('does not wait with a red flag, nor once he plans', () => {
    expect(choose(asking, { utterances: 30 })[0]?.question.redFlag).toBe(true);
    const planning = choose(asking, { utterances: 30, planning: true });
    expect(planning.length).toBeGreaterThanOrEqual(choose(asking, { utterances: 30 }).length);
  });
});

it('takes a part of the anamnesis that the doctor has not come to for one that he may still ask about', () => {
  const talk = readTalk({}, dialogue(chestPain));
  const scoreOf = (topic: string, visited: readonly TopicSection[], utterances = 6) =>
    rankedQuestions({ ...talk, offered: [], utterances, visited: new Set(visited) }).find(
      ({ question }) => question.topic === topic,
    )?.score ?? 0;
  expect(scoreOf('historia_familiar', ['complaint'])).toBeLessThan(
    scoreOf('historia_familiar', ['complaint', 'background']),
  );
  // As the talk goes on the difference fades.
  expect(scoreOf('historia_familiar', ['complaint'], 30)).toBe(
    scoreOf('historia_familiar', ['background'], 30),
  );
  expect(readTalk({}, dialogue('M: Tem alguma alergia?')).visited).toEqual(new Set(['background']));
});

describe('selectQuestions', () => {
  it('asks for allergies and medicines, and a woman for pregnancy, before anything is prescribed', () => {
    const planning = (patient: { sex: 'F' | 'M'; ageYears: number }) =>
      topics(
        choose('P: Estou com muita dor de cabeça desde ontem.', {
          patient,
          planning: true,
          utterances: 30,
          offered: [anOffer('sinais_alarme', { status: 'used' })],
        }),
      );
    const first = (patient: { sex: 'F' | 'M'; ageYears: number }, count: number) =>
      planning(patient).slice(0, count).sort();
    expect(first({ sex: 'F', ageYears: 30 }, 3)).toEqual(['alergias', 'gestacao', 'medicacoes']);
    expect(first({ sex: 'M', ageYears: 30 }, 2)).toEqual(['alergias', 'medicacoes']);
    expect(planning({ sex: 'M', ageYears: 30 })).not.toContain('gestacao');
  });

  it('puts red flags first', () => {
    const chosen = choose(chestPain, { utterances: 20 });
    expect(chosen).toHaveLength(maxOpen);
    expect(chosen[0]?.question.redFlag).toBe(true);
  });

  it('offers two questions at most while the talk begins', () => {
    expect(choose(chestPain)).toHaveLength(2);
  });

  it('leaves early to the doctor what doctors ask anyway', () => {
    expect(topics(choose(chestPain))).not.toContain('duracao');
  });

  it.each(['shown', 'used', 'dismissed'] as const)(
    'never repeats a question that was %s',
    (status) => {
      const [first] = choose(chestPain);
      const offered = [anOffer(first?.question.topic ?? '', { status })];
      expect(topics(choose(chestPain, { offered }))).not.toContain(first?.question.topic);
    },
  );

  it('offers nothing while three are open, and again when they were used', () => {
    const offered = ['sono', 'peso', 'vacinas'].map((topic) => anOffer(topic));
    expect(choose(chestPain, { offered, utterances: 20 })).toEqual([]);
    const used = offered.map((one) => ({ ...one, status: 'used' as const }));
    expect(choose(chestPain, { offered: used, utterances: 20 })).toHaveLength(3);
  });

  it('lets stale questions make room, as many as are needed, oldest first', () => {
    const utterances = dialogue(chestPain);
    const offered = [
      anOffer('sono', { age: 13 }),
      anOffer('peso', { age: 20 }),
      anOffer('vacinas'),
    ];
    const { chosen, retired } = selectQuestions({
      ...readTalk({}, utterances),
      offered,
      utterances: 20,
    });
    expect(chosen).toHaveLength(2);
    expect(retired.map((one) => one.id)).toEqual(['peso', 'sono']);
  });

  it('lets a red flag take the place of another question, never of a red flag', () => {
    const talk = readTalk({}, dialogue(chestPain));
    const three = ['sono', 'peso', 'vacinas'].map((topic) => anOffer(topic, { age: 3 }));
    const { chosen, retired } = selectQuestions({ ...talk, offered: three, utterances: 20 });
    expect(chosen.length).toBeGreaterThan(0);
    expect(chosen.every(({ question }) => question.redFlag)).toBe(true);
    expect(retired).toHaveLength(chosen.length);
    const urgent = three.map((one) => ({ ...one, redFlag: true }));
    expect(selectQuestions({ ...talk, offered: urgent, utterances: 20 }).chosen).toEqual([]);
  });

  it('asks no man and no child about pregnancy', () => {
    const lines = 'P: Estou com muita dor na barriga desde ontem.';
    for (const patient of [{ sex: 'M' as const }, { ageYears: 6 }]) {
      const all = choose(lines, { patient, utterances: 30, planning: true });
      expect(topics(all)).not.toContain('gestacao');
    }
    const woman = choose(lines, { patient: { sex: 'F', ageYears: 25 }, utterances: 30 });
    expect(woman.length).toBeGreaterThan(0);
  });

  it('lets a passage that speaks of what was said tip the balance', () => {
    const lines = 'P: Minha cabeça dói muito.';
    const plain = choose(lines, { utterances: 30 });
    const last = plain.at(-1);
    if (!last) throw new Error('no question');
    const passages = new Map([['cefaleia#medicacoes-e-uso-excessivo', 0]]);
    expect(topics(choose(lines, { utterances: 30, passages }))).toContain('medicacoes');
  });
});

describe('whole talks', () => {
  it.each(sampleDialogues)(
    'at least two pertinent questions in a dozen lines: $name',
    ({ utterances, unasked }) => {
      const { offers } = play(utterances);
      const pertinent = offers.filter(({ chosen }) => unasked.includes(chosen.question.topic));
      expect(pertinent.length).toBeGreaterThanOrEqual(2);
    },
  );

  it.each(recorded)('at least three pertinent questions in a recorded consultation: %s', (name) => {
    const { turns, unasked_keys: unasked } = readReference(name);
    const { offers } = play(turns);
    const pertinent = offers.filter(({ chosen }) => unasked.includes(chosen.question.topic));
    expect(pertinent.length).toBeGreaterThanOrEqual(3);
  });

  it('seven of ten of the first three questions are pertinent', () => {
    const first = sampleDialogues.flatMap(({ utterances, unasked }) =>
      play(utterances)
        .offers.slice(0, 3)
        .map(({ chosen }) => unasked.includes(chosen.question.topic)),
    );
    expect(first.filter(Boolean).length / first.length).toBeGreaterThan(0.7);
  });

  it('never asks what was covered, never repeats, never has more than three open, also when misheard', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sampleDialogues),
        fc.integer(),
        fc.constantFrom(0, 0.1, 0.15, 0.3),
        ({ utterances }, seed, rate) => {
          const random = seededRandom(seed);
          const heard = utterances.map((one) => ({
            ...one,
            text: mishear(one.text, rate, random),
          }));
          const { mostOpen, offers } = play(heard);
          expect(mostOpen).toBeLessThanOrEqual(maxOpen);
          const asked = offers.map(({ chosen }) => chosen.question.topic);
          expect(new Set(asked).size).toBe(asked.length);
          for (const { chosen, coveredBefore } of offers) {
            expect(coveredBefore.has(chosen.question.topic)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with one word in seven misheard, hardly ever asks what the doctor asked', () => {
    let again = 0;
    let all = 0;
    for (const seed of [1, 2, 3, 4, 5]) {
      for (const { utterances } of sampleDialogues) {
        const random = seededRandom(seed);
        const heard = utterances.map((one) => ({ ...one, text: mishear(one.text, 0.15, random) }));
        for (const { after, chosen } of play(heard).offers) {
          const truth = readTalk({}, utterances.slice(0, after + 1)).coverage;
          all += 1;
          if (truth.get(chosen.question.topic)?.askedIn !== undefined) again += 1;
        }
      }
    }
    expect(again / all).toBeLessThan(0.06);
  });
});
