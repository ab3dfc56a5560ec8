import type { Speaker } from '@medcall/shared-types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeardUtterance } from './heard-again.ts';
import { planChanges, type StoredUtterance } from './plan-changes.ts';

const aRow = (id: string, more: Partial<StoredUtterance> = {}): StoredUtterance => ({
  id,
  streamId: 'stream',
  speaker: 'PACIENTE',
  rawText: `antes ${id}`,
  engine: 'earlier',
  startMs: 0,
  endMs: 1000,
  supersededBy: null,
  editedFrom: null,
  ...more,
});

function heard(
  id: string,
  more: Partial<HeardUtterance> & { startMs?: number; endMs?: number; speaker?: Speaker } = {},
): HeardUtterance {
  const { startMs = 0, endMs = 1000, speaker = 'PACIENTE', ...rest } = more;
  return {
    event: {
      id,
      roomId: 'room',
      participantId: 'person',
      speaker,
      text: more.rawText ?? `agora ${id}`,
      startMs,
      endMs,
      timestamp: '2026-01-01T10:00:00.000Z',
      isFinal: true,
      revision: 0,
      confidence: null,
    },
    streamId: 'stream',
    rawText: `agora ${id}`,
    engine: 'test',
    textRevision: 0,
    replaces: [],
    into: null,
    ...rest,
  };
}

const ids = (plan: ReturnType<typeof planChanges>) => ({
  added: plan.added.map(({ event }) => event.id),
  changed: plan.changed.map(({ heard: { event } }) => event.id),
  joined: plan.joined,
  kept: plan.kept,
});
const nothing = { added: [], changed: [], joined: [], kept: 0 };

describe('what becomes of a transcript that is heard again', () => {
  it('leaves a text that is heard as before, adds one that is new, changes one that is another', () => {
    const plan = planChanges(
      [aRow('a', { rawText: 'igual' }), aRow('b')],
      [heard('a', { rawText: 'igual' }), heard('b'), heard('c')],
    );
    expect(ids(plan)).toEqual({ ...nothing, added: ['c'], changed: ['b'] });
  });

  it('leaves what is not heard again', () => {
    expect(ids(planChanges([aRow('a')], []))).toEqual(nothing);
  });

  it('leaves what a person corrected, with all the parts of its turn, and counts it', () => {
    const stored = [
      aRow('a', { supersededBy: 'mine' }),
      aRow('mine', { editedFrom: 'a' }),
      aRow('b', { startMs: 1000, endMs: 2000 }),
    ];
    expect(ids(planChanges(stored, [heard('a')]))).toEqual({ ...nothing, kept: 1 });
    expect(
      ids(planChanges(stored, [heard('turn', { replaces: ['a', 'b'], endMs: 2000 })])),
    ).toEqual({ ...nothing, kept: 1 });
  });

  it('leaves what a later utterance took the place of', () => {
    const stored = [aRow('a', { supersededBy: 'turn' }), aRow('turn')];
    const plan = planChanges(stored, [heard('a'), heard('turn', { rawText: 'antes turn' })]);
    expect(ids(plan)).toEqual(nothing);
  });

  it('joins rows into a turn that replaces them, and into a longer one of the same stream', () => {
    const stored = [
      aRow('a'),
      aRow('b', { startMs: 1000, endMs: 2000 }),
      aRow('other', { streamId: 'other', startMs: 1000, endMs: 2000 }),
      aRow('later', { startMs: 3000, endMs: 4000 }),
    ];
    const turn = planChanges(stored, [heard('turn', { replaces: ['a', 'b'], endMs: 2000 })]);
    expect(ids(turn)).toEqual({
      ...nothing,
      added: ['turn'],
      joined: [
        { id: 'a', into: 'turn' },
        { id: 'b', into: 'turn' },
      ],
    });
    const longer = planChanges(stored, [heard('a', { endMs: 2100 })]);
    expect(ids(longer)).toEqual({ ...nothing, changed: ['a'], joined: [{ id: 'b', into: 'a' }] });
  });

  it('brings back the parts of a turn that are missing, each after the row that took its place', () => {
    const all = [
      heard('a', { into: 'ab' }),
      heard('b', { into: 'ab' }),
      heard('ab', { replaces: ['a', 'b'], into: 'abc' }),
      heard('c', { into: 'abc' }),
      heard('abc', { replaces: ['a', 'b', 'ab', 'c'] }),
    ];
    const whole = planChanges([], all);
    expect(ids(whole)).toEqual({ ...nothing, added: ['abc'] });
    expect(whole.parts.map(({ event }) => event.id)).toEqual(['c', 'ab', 'b', 'a']);
    const some = planChanges(
      ['abc', 'ab', 'c', 'a'].map((id) =>
        aRow(id, { rawText: `agora ${id}`, ...(id === 'abc' ? {} : { supersededBy: 'abc' }) }),
      ),
      all,
    );
    expect(ids(some)).toEqual(nothing);
    expect(some.parts.map(({ event }) => event.id)).toEqual(['b']);
  });

  it('keeps the label that a row has, and takes the heard one where nobody knew', () => {
    const plan = planChanges(
      [aRow('a', { speaker: 'MEDICO' }), aRow('b', { speaker: 'UNKNOWN' })],
      [heard('a'), heard('b')],
    );
    expect(plan.changed.map(({ speaker }) => speaker)).toEqual(['MEDICO', 'PACIENTE']);
  });
});

/** All that people read afterwards, with who said it, in order of time. */
function read(stored: readonly StoredUtterance[], plan: ReturnType<typeof planChanges>) {
  const joined = new Set(plan.joined.map(({ id }) => id));
  const changed = new Map(plan.changed.map((one) => [one.heard.event.id, one]));
  const rows = stored.flatMap(({ id, rawText, speaker, startMs, supersededBy }) => {
    if (supersededBy !== null || joined.has(id)) return [];
    const now = changed.get(id);
    return [{ startMs, speaker: now?.speaker ?? speaker, text: now?.heard.rawText ?? rawText }];
  });
  const added = plan.added.map(({ event, rawText }) => ({ ...event, text: rawText }));
  return [...rows, ...added]
    .toSorted((a, b) => a.startMs - b.startMs)
    .map(({ speaker, text }) => `${speaker}: ${text}`);
}

describe('no word is lost, and none stands twice', () => {
  const turn = aRow('a', { rawText: 'Tomo losartana, e sou alérgica a dipirona.', endMs: 4500 });
  const breath = aRow('b', {
    rawText: 'E sou alérgica a dipirona.',
    startMs: 2500,
    endMs: 4500,
    supersededBy: 'a',
  });
  const live = [turn, breath];
  const first = heard('a', { rawText: 'Tomo losartana 50.', endMs: 2000 });
  const second = heard('b', {
    rawText: 'Sou alérgica a dipirona.',
    startMs: 2500,
    endMs: 4500,
  });
  const asItWas = [`PACIENTE: ${turn.rawText}`];

  it('where a turn is heard as its breaths by another engine: they are its text', () => {
    const plan = planChanges(live, [first, second]);
    expect(read(live, plan)).toEqual(['PACIENTE: Tomo losartana 50. Sou alérgica a dipirona.']);
    expect(ids(plan)).toEqual({ ...nothing, changed: ['a'] });
    expect(plan.changed[0]?.heard.event).toMatchObject({ startMs: 0, endMs: 4500 });
  });

  it('where the same engine had no time to hear the turn as a whole once more: it stays', () => {
    const same = [{ ...turn, engine: 'test' }, breath];
    const plan = planChanges(same, [first, second]);
    expect(read(same, plan)).toEqual(asItWas);
    expect(ids(plan)).toEqual(nothing);
  });

  it('where one of the breaths is not heard again, or is another person’s by now', () => {
    expect(read(live, planChanges(live, [first]))).toEqual(asItWas);
    const doctors = { ...second, event: { ...second.event, speaker: 'MEDICO' as const } };
    expect(read(live, planChanges(live, [first, doctors]))).toEqual(asItWas);
  });

  it('where a short word between two breaths is not heard again', () => {
    const stored = [
      aRow('a', { rawText: 'Asma? Não. Nunca tive.', endMs: 4500 }),
      aRow('b', { rawText: 'Não.', startMs: 2300, endMs: 2700, supersededBy: 'a' }),
      aRow('c', { rawText: 'Nunca tive.', startMs: 3200, endMs: 4500, supersededBy: 'a' }),
    ];
    const again = [heard('a', { endMs: 2000 }), heard('c', { startMs: 3200, endMs: 4500 })];
    expect(read(stored, planChanges(stored, again))).toEqual(['PACIENTE: Asma? Não. Nunca tive.']);
  });

  it('where the second breath belongs to what was said next by now', () => {
    const next = aRow('c', { rawText: 'E a insulina.', startMs: 5000, endMs: 6000 });
    const stored = [...live, next];
    const other = heard('b', {
      rawText: 'Sou alérgica a dipirona e à insulina.',
      startMs: 2500,
      endMs: 6000,
      replaces: ['c'],
    });
    expect(read(stored, planChanges(stored, [first, other]))).toEqual([
      ...asItWas,
      'PACIENTE: E a insulina.',
    ]);
  });

  it('where an earlier job joined a row that is heard by itself now', () => {
    const joined = [
      aRow('a', { rawText: 'uma coisa e outra', endMs: 8000 }),
      aRow('b', { rawText: 'outra', startMs: 4200, endMs: 8000, supersededBy: 'a' }),
      // What stood in the first row before the job.
      aRow('copy', { rawText: 'uma', endMs: 4000, supersededBy: 'a' }),
    ];
    const again = [
      heard('a', { rawText: 'Uma coisa.', endMs: 4000 }),
      heard('b', { rawText: 'Outra.', startMs: 4200, endMs: 8000 }),
    ];
    expect(read(joined, planChanges(joined, again))).toEqual(['PACIENTE: Uma coisa. Outra.']);
  });

  it('where a long row is heard as two: the first keeps the id, and both are whose they were heard to be', () => {
    const both = [aRow('a', { speaker: 'MEDICO', endMs: 8000 })];
    const split = [
      heard('a', { endMs: 4000, speaker: 'PACIENTE' }),
      heard('new', { startMs: 4000, endMs: 8000, speaker: 'MEDICO' }),
    ];
    expect(read(both, planChanges(both, split))).toEqual([
      'PACIENTE: agora a',
      'MEDICO: agora new',
    ]);
    // The second half was not heard: the words of both are in the old text alone.
    expect(read(both, planChanges(both, split.slice(0, 1)))).toEqual(['MEDICO: antes a']);
    const unknown = [
      heard('a', { endMs: 4000, speaker: 'UNKNOWN' }),
      heard('new', { startMs: 4000, endMs: 8000, speaker: 'UNKNOWN' }),
    ];
    expect(read(both, planChanges(both, unknown))).toEqual(['MEDICO: antes a']);
  });

  it('where a person corrected a row that is heard as two, or as part of a longer one', () => {
    const corrected = [
      aRow('a', { endMs: 8000, supersededBy: 'mine' }),
      aRow('mine', { rawText: 'como foi dito', endMs: 8000, editedFrom: 'a' }),
      aRow('after', { startMs: 8500, endMs: 9500 }),
    ];
    const split = [
      heard('a', { endMs: 4000 }),
      heard('new', { startMs: 4000, endMs: 8000 }),
      heard('after', { startMs: 8500, endMs: 9500 }),
    ];
    expect(read(corrected, planChanges(corrected, split))).toEqual([
      'PACIENTE: como foi dito',
      'PACIENTE: agora after',
    ]);
    const longer = [heard('earlier', { endMs: 9500 })];
    expect(read(corrected, planChanges(corrected, longer))).toEqual([
      'PACIENTE: como foi dito',
      'PACIENTE: antes after',
    ]);
  });

  it('where a row that is not heard by itself lies in what was heard only in part', () => {
    const stored = [aRow('a', { startMs: 200, endMs: 8000 })];
    expect(read(stored, planChanges(stored, [heard('new', { endMs: 5000 })]))).toEqual([
      'PACIENTE: antes a',
    ]);
    const all = [heard('new', { endMs: 5000 }), heard('more', { startMs: 5000, endMs: 8000 })];
    expect(read(stored, planChanges(stored, all))).toEqual([
      'PACIENTE: agora new',
      'PACIENTE: agora more',
    ]);
  });
});

describe('whatever is heard', () => {
  /** A word every two seconds; breaths begin where it says so, and so do turns. */
  const words = 12;
  const flags = fc.array(fc.boolean(), { minLength: words, maxLength: words });
  const wordsIn = (text: string | null) => (text ?? '').match(/\d+/g)?.map(Number) ?? [];
  const spanOf = (said: readonly number[]) => ({
    startMs: (said[0] ?? 0) * 2000,
    endMs: (said.at(-1) ?? 0) * 2000 + 2000,
  });

  /** Runs of numbers, each beginning where a flag says so. */
  function runs<T>(all: readonly T[], begins: (one: T, at: number) => boolean): T[][] {
    const found: T[][] = [];
    for (const [at, one] of all.entries()) {
      if (at === 0 || begins(one, at)) found.push([one]);
      else found.at(-1)?.push(one);
    }
    return found;
  }

  interface Way {
    breaths: boolean[];
    turns: boolean[];
    marked: boolean[];
  }
  const way: fc.Arbitrary<Way> = fc.record({ breaths: flags, turns: flags, marked: flags });
  const numbers = [...Array(words).keys()];
  const breathsOf = (begins: boolean[]) => runs(numbers, (word) => begins[word] === true);
  const first = (run: readonly number[]) => run[0] ?? 0;

  /** Turns of breaths; of those whose first word is marked a person corrected the text. */
  function storedBy({ breaths, marked, turns }: Way): StoredUtterance[] {
    return runs(breathsOf(breaths), (breath) => turns[first(breath)] === true).flatMap((turn) => {
      const all = turn.flat();
      const id = `u${first(all)}`;
      const mine = marked[first(all)] === true ? `mine${first(all)}` : null;
      const whole = { rawText: all.join(' '), ...spanOf(all) };
      return [
        aRow(id, { ...whole, supersededBy: mine }),
        ...turn.slice(1).map((part) =>
          aRow(`u${first(part)}`, {
            rawText: part.join(' '),
            ...spanOf(part),
            supersededBy: id,
          }),
        ),
        ...(mine ? [aRow(mine, { ...whole, editedFrom: id })] : []),
      ];
    });
  }

  /** Breaths whose first word is marked are not heard; what is left of a turn is one utterance or several. */
  function heardBy({ breaths, marked, turns }: Way): HeardUtterance[] {
    const left = breathsOf(breaths).filter((breath) => marked[first(breath)] !== true);
    const isNext = (breath: number[], at: number) =>
      first(breath) === (left[at - 1]?.at(-1) ?? Number.NaN) + 1;
    return runs(left, (breath, at) => turns[first(breath)] === true || !isNext(breath, at)).flatMap(
      (turn) => {
        const all = turn.flat();
        const id = `u${first(all)}`;
        const parts = turn.slice(1).map((part) => `u${first(part)}`);
        return [
          heard(id, {
            rawText: all.map((word) => `n${word}`).join(' '),
            ...spanOf(all),
            replaces: parts,
          }),
          ...turn
            .slice(1)
            .map((part) =>
              heard(`u${first(part)}`, { rawText: part.join(' '), ...spanOf(part), into: id }),
            ),
        ];
      },
    );
  }

  const readWords = (stored: readonly StoredUtterance[], now: readonly HeardUtterance[]) =>
    wordsIn(read(stored, planChanges(stored, now)).join(' ')).sort((a, b) => a - b);

  it('each word is read once, where the sound is cut at the same breaths', () => {
    fc.assert(
      fc.property(way, way, (live, again) => {
        const now = heardBy({ ...again, breaths: live.breaths });
        expect(readWords(storedBy(live), now)).toEqual(numbers);
      }),
      { numRuns: 2000 },
    );
  });

  it('no word is lost, wherever it is cut', () => {
    fc.assert(
      fc.property(way, way, (live, again) => {
        expect([...new Set(readWords(storedBy(live), heardBy(again)))]).toEqual(numbers);
      }),
      { numRuns: 2000 },
    );
  });

  it('what a person corrected is read as it was, and nowhere else', () => {
    fc.assert(
      fc.property(way, way, (live, again) => {
        const stored = storedBy(live);
        const corrected = stored.filter(({ editedFrom }) => editedFrom !== null);
        const now = heardBy({ ...again, breaths: live.breaths });
        const lines = read(stored, planChanges(stored, now));
        for (const { rawText } of corrected) expect(lines).toContain(`PACIENTE: ${rawText}`);
      }),
      { numRuns: 500 },
    );
  });
});
