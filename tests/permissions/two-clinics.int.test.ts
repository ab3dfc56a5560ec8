import { errorCode, permissions } from '@medcall/shared-types';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Answer, type Callers, callersOf, isOpenRoute, isShown, send } from './ask.ts';
import { type Asked, answersOf, type Sample } from './sample.ts';
import { samples } from './samples.ts';
import { type Scene, threeScenes } from './scene.ts';
import { aSystem, type TestSystem } from './system.ts';

const requests = 2_000;
const atOnce = 16;
/** Rows of each clinic that each route is asked about. */
const rowsPerRoute = 3;
/** Members more often: most routes refuse the others at the door. */
const people = [
  'medico',
  'medico',
  'medico',
  'admin',
  'admin',
  'paciente',
  'convidado',
  'service',
] as const;

type RouteKey = keyof typeof permissions;

interface Side {
  callers: Callers;
  /** What may never be read on the other side. */
  marks: string[];
  asked: Map<RouteKey, Asked[]>;
}

/** A route joins by being in the permission table, when a request of it can name a row. */
const routes = (Object.keys(permissions) as RouteKey[]).filter(
  (route) => !isOpenRoute(route) && sampleOf(route).about !== 'role',
);

let system: TestSystem;
let sides: [Side, Side];

beforeAll(async () => {
  system = await aSystem();
  const { own, foreign } = await threeScenes(system);
  sides = [await aSide(own), await aSide(foreign)];
  await recordersAreDone();
});
afterAll(() => system?.stop());

/** The samples ask for recordings, which are assembled in the background and change their own rows. */
async function recordersAreDone(): Promise<void> {
  const owner = new pg.Client({ connectionString: system.gateway.database.ownerUrl });
  await owner.connect();
  try {
    await vi.waitFor(
      async () => {
        const { rows } = await owner.query(
          `select 1 from recordings where status = 'assembling' limit 1`,
        );
        expect(rows).toEqual([]);
      },
      { timeout: 60_000, interval: 200 },
    );
  } finally {
    await owner.end();
  }
}

async function aSide(scene: Scene): Promise<Side> {
  const asked = new Map<RouteKey, Asked[]>();
  for (const route of routes) {
    const rows: Asked[] = [];
    for (let i = 0; i < rowsPerRoute; i += 1) rows.push(await sampleOf(route).ask(scene, 'medico'));
    asked.set(route, rows);
  }
  const { marks, patients } = await scene.arrange(async (trx) => {
    const ofClinic = await trx
      .selectFrom('patients')
      .select(['id', 'name'])
      .where('clinica_id', '=', scene.clinic.id)
      .execute();
    const rooms = await trx
      .selectFrom('consultations')
      .select(['id', 'room_id'])
      .where('clinica_id', '=', scene.clinic.id)
      .execute();
    return {
      patients: ofClinic,
      marks: rooms.flatMap(({ id, room_id }) => [id, room_id]),
    };
  });
  return {
    callers: await callersOf(system, scene),
    asked,
    marks: [scene.clinic.id, ...marks, ...patients.flatMap(({ id, name }) => [id, name])],
  };
}

function sampleOf(route: RouteKey): Sample {
  return samples[route];
}

const request = fc.record({
  side: fc.constantFrom(0 as const, 1 as const),
  caller: fc.constantFrom(...people),
  route: fc.constantFrom(...routes),
  row: fc.nat(rowsPerRoute - 1),
  /** An id of another route's row, in the same place. */
  borrowed: fc.option(fc.constantFrom(...routes)),
});

describe('two clinics', () => {
  it(`never meet in ${requests} random requests with the other's ids`, async () => {
    const before = await Promise.all(sides.map(rowsOf));
    const asked = fc.sample(request, { numRuns: requests, seed: 20_261_126 });
    const seen = { forbidden: 0, not_found: 0, empty_list: 0 };
    const used = new Set<string>();
    for (let start = 0; start < asked.length; start += atOnce) {
      await Promise.all(
        asked.slice(start, start + atOnce).map(async (one) => {
          seen[await tryOne(one)] += 1;
          used.add(one.route);
        }),
      );
    }
    console.log(`two clinics: ${requests} requests over ${used.size} routes`, seen);
    expect(used.size).toBe(routes.length);
    expect(await Promise.all(sides.map(rowsOf))).toEqual(before);
    expect(seen.not_found).toBeGreaterThan(requests / 5);
  }, 300_000);
});

async function tryOne(one: {
  side: 0 | 1;
  caller: (typeof people)[number];
  route: RouteKey;
  row: number;
  borrowed: RouteKey | null;
}): Promise<'forbidden' | 'not_found' | 'empty_list'> {
  const own = sides[one.side];
  const foreign = sides[one.side === 0 ? 1 : 0];
  const asked = withBorrowedId(foreign, one);
  const path = one.route.split(' ')[1] ?? '';
  const token = await own.callers.tokenOf(one.caller, path, { path: asked.path ?? {} });
  const answer = await send(system, one.route, asked, token);
  const what = `${one.route} by ${one.caller}: ${answer.status} ${answer.text}`;
  for (const mark of foreign.marks) expect(answer.text.includes(mark), what).toBe(false);
  return outcome(sampleOf(one.route), asked, answer, what);
}

function withBorrowedId(
  foreign: Side,
  { borrowed, route, row }: { borrowed: RouteKey | null; route: RouteKey; row: number },
): Asked {
  const asked = foreign.asked.get(route)?.[row] ?? {};
  const other = borrowed === null ? undefined : foreign.asked.get(borrowed)?.[row]?.path?.id;
  return other === undefined || asked.path?.id === undefined
    ? asked
    : { ...asked, path: { ...asked.path, id: other } };
}

function outcome(sample: Sample, asked: Asked, answer: Answer, what: string) {
  if (answer.status === 403 || answer.status === 404) {
    expect(z.safeParse(errorCode, answer.code).success, `${what}: ${answer.code}`).toBe(true);
    return answer.status === 403 ? 'forbidden' : 'not_found';
  }
  expect(answersOf(sample), what).toContain(answer.status);
  expect(asked.shows, `${what}: it reached a row`).toBeDefined();
  expect(isShown(asked, answer), what).toBe(false);
  return 'empty_list';
}

/** Grow by themselves with each request's own audit row. */
const auditTables = ['audit_logs', 'audit_chain', 'audit_heads'];

/** Every row of every table that speaks of a clinic's people and consultations, as one hash a table. */
async function rowsOf({ marks }: Side): Promise<Record<string, string>> {
  const owner = new pg.Client({ connectionString: system.gateway.database.ownerUrl });
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)`,
      [auditTables],
    );
    const hashes: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await owner.query<{ hash: string | null }>(
        `select count(*) || ' ' || md5(string_agg(t::text, chr(10) order by t::text)) as hash
         from ${name} t where t::text ~ $1`,
        [marks.join('|')],
      );
      hashes[name] = rows[0]?.hash ?? '';
    }
    return hashes;
  } finally {
    await owner.end();
  }
}
