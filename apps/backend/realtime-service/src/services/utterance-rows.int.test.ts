import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPlace } from './testing/a-place.ts';
import type { UtterancePlace } from './utterance-place.ts';
import { type NewUtterance, UtteranceRows } from './utterance-rows.ts';

let db: TestDatabase;
let world: World;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
});
afterAll(async () => {
  await world.close();
  await db.drop();
});

let made = 0;
function newId(): string {
  made += 1;
  return `00000000-0000-4000-9000-${String(made).padStart(12, '0')}`;
}

function said(
  place: UtterancePlace,
  text: string,
  { id = newId(), textRevision = 0 }: { id?: string; textRevision?: number } = {},
): NewUtterance {
  const { participantId, roomId, speaker } = place;
  return {
    place,
    rawText: text,
    engine: 'test',
    textRevision,
    event: {
      id,
      roomId,
      participantId,
      speaker,
      text,
      startMs: made * 1_000,
      endMs: made * 1_000 + 500,
      timestamp: new Date(made * 1_000).toISOString(),
      isFinal: true,
      revision: textRevision,
      confidence: null,
    },
  };
}

async function somePlaces(count: number): Promise<UtterancePlace[]> {
  const places: UtterancePlace[] = [];
  for (let n = 0; n < count; n += 1) places.push(await aPlace(world, await world.aConsultation()));
  return places;
}

async function textsOf({ roomId }: UtterancePlace): Promise<string[]> {
  const rows = await world.query<{ text: string }>(
    'select text from transcriptions where room_id = $1 order by start_ms',
    [roomId],
  );
  return rows.map(({ text }) => text);
}

/**
 * Counts transactions, to see that rows share them.
 * @param before what comes before the transaction of this number, counted from 1
 */
function counted(before: (transaction: number) => Promise<void> = async () => undefined) {
  const counts = { transactions: 0 };
  const rows = new UtteranceRows({
    ...db.database,
    asSystem: async (reason, work, options) => {
      counts.transactions += 1;
      await before(counts.transactions);
      return db.database.asSystem(reason, work, options);
    },
  });
  return { counts, rows };
}

describe('utterances of many rooms', () => {
  it('share transactions, and each is where it belongs', async () => {
    const places = await somePlaces(3);
    const { counts, rows } = counted();
    const utterances = Array.from({ length: 60 }, (_, n) =>
      said(places[n % 3] as UtterancePlace, `frase ${n}; “aspas”, {chaves}, NULL, \\ e vírgula`),
    );
    const stored = await Promise.all(utterances.map((one) => rows.write(one)));
    expect(stored).toEqual(utterances.map(() => ({ revision: 0 })));
    expect(counts.transactions).toBeLessThanOrEqual(2);
    for (const [n, place] of places.entries()) {
      expect(await textsOf(place)).toEqual(
        utterances.filter((_, i) => i % 3 === n).map(({ event }) => event.text),
      );
    }
  });

  it('of a stream that another node owns are not stored, beside those of one’s own', async () => {
    const [own, lost] = (await somePlaces(2)) as [UtterancePlace, UtterancePlace];
    await world.query('update audio_streams set lease_fence = 2 where id = $1', [lost.streamId]);
    const { rows } = counted();
    const stored = await Promise.all([
      rows.write(said(lost, 'tarde demais')),
      rows.write(said(own, 'a tempo')),
      rows.write(said({ ...lost, fence: 2 }, 'do outro nó')),
    ]);
    expect(stored).toEqual(['not_owned', { revision: 0 }, { revision: 0 }]);
    expect(await textsOf(lost)).toEqual(['do outro nó']);
    expect(await textsOf(own)).toEqual(['a tempo']);
  });

  it('see the fence of an owner who took the stream in the same moment', async () => {
    const [place] = (await somePlaces(1)) as [UtterancePlace];
    const other = new pg.Client({ connectionString: db.ownerUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(
        'update audio_streams set lease_fence = lease_fence + 1 where id = $1 returning pg_backend_pid()',
        [place.streamId],
      );
      const stored = counted().rows.write(said(place, 'tarde demais'));
      await expect
        .poll(
          async () => {
            const waiting = await world.query(
              `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
            );
            return waiting.length;
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      await other.query('commit');
      expect(await stored).toBe('not_owned');
    } finally {
      await other.end();
    }
    expect(await textsOf(place)).toEqual([]);
  });

  it('that the database refuses take no others with them', async () => {
    const [place] = (await somePlaces(1)) as [UtterancePlace];
    const { rows } = counted();
    const [good, bad, alsoGood] = [said(place, 'uma'), said(place, 'duas'), said(place, 'três')];
    const wrong = { ...bad, event: { ...bad.event, endMs: bad.event.startMs - 1 } };
    const ends = await Promise.allSettled([good, wrong, alsoGood].map((one) => rows.write(one)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ends[1]).toMatchObject({ reason: { code: '23514' } });
    expect(await textsOf(place)).toEqual(['uma', 'três']);
  });

  it('keep the better text, whatever comes again and in one moment', async () => {
    const [place] = (await somePlaces(1)) as [UtterancePlace];
    const { rows } = counted();
    const id = newId();
    const first = said(place, 'los artana', { id });
    const better = said(place, 'losartana', { id, textRevision: 1 });
    expect(await Promise.all([rows.write(first), rows.write(better)])).toEqual([
      { revision: 0 },
      { revision: 1 },
    ]);
    expect(await rows.write(first)).toBe('known');
    expect(await textsOf(place)).toEqual(['losartana']);
    await world.query('update transcriptions set edited_by = $1 where id = $2', [newId(), id]);
    expect(await rows.write(said(place, 'lozartana', { id, textRevision: 2 }))).toBe('known');
    expect(await textsOf(place)).toEqual(['losartana']);
  });

  it('of two texts of one utterance the later one waits for the answer of the earlier', async () => {
    const [place] = (await somePlaces(1)) as [UtterancePlace];
    const started: (() => void)[] = [];
    const { rows } = counted(() => new Promise((resolve) => started.push(resolve)));
    const begun = (count: number) =>
      expect.poll(() => started.length, { timeout: 20_000 }).toBe(count);
    const id = newId();
    const first = rows.write(said(place, 'los artana', { id }));
    await begun(1);
    const better = rows.write(said(place, 'losartana', { id, textRevision: 1 }));
    const other = rows.write(said(place, 'duas vezes ao dia'));
    await begun(2);
    // The second transaction overtakes the first one.
    started[1]?.();
    expect(await other).toEqual({ revision: 0 });
    expect(started).toHaveLength(2);
    started[0]?.();
    expect(await first).toEqual({ revision: 0 });
    await begun(3);
    started[2]?.();
    expect(await better).toEqual({ revision: 1 });
    expect(await textsOf(place)).toEqual(['losartana', 'duas vezes ao dia']);
  });
});

describe('a database that is away', () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

  it('is asked once for all that wait, and each is told', async () => {
    const [place] = (await somePlaces(1)) as [UtterancePlace];
    const { counts, rows } = counted(() => Promise.reject(away));
    const ends = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => rows.write(said(place, `frase ${n}`))),
    );
    expect(new Set(ends)).toEqual(new Set(ends.map(() => ({ status: 'rejected', reason: away }))));
    expect(counts.transactions).toBe(1);
  });

  it('is not asked on for each row when it goes while they are written singly', async () => {
    const [place] = (await somePlaces(1)) as [UtterancePlace];
    const { counts, rows } = counted(async (transaction) => {
      if (transaction > 1) throw away;
    });
    const [good, bad] = [said(place, 'uma'), said(place, 'duas')];
    const wrong = { ...bad, event: { ...bad.event, endMs: bad.event.startMs - 1 } };
    const ends = await Promise.allSettled(
      [wrong, good, said(place, 'três')].map((one) => rows.write(one)),
    );
    expect(ends).toEqual(ends.map(() => ({ status: 'rejected', reason: away })));
    expect(counts.transactions).toBe(2);
  });
});
