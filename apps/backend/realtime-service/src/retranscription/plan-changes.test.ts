import { describe, expect, it } from 'vitest';
import type { HeardUtterance } from './heard-again.ts';
import { planChanges, type StoredUtterance } from './plan-changes.ts';

const aRow = (id: string, more: Partial<StoredUtterance> = {}): StoredUtterance => ({
  id,
  streamId: 'stream',
  speaker: 'PACIENTE',
  rawText: `antes ${id}`,
  startMs: 0,
  endMs: 1000,
  supersededBy: null,
  editedFrom: null,
  ...more,
});

function heard(
  id: string,
  more: Partial<HeardUtterance> & { startMs?: number; endMs?: number } = {},
): HeardUtterance {
  const { startMs = 0, endMs = 1000, ...rest } = more;
  return {
    event: {
      id,
      roomId: 'room',
      participantId: 'person',
      speaker: 'PACIENTE',
      text: `agora ${id}`,
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
