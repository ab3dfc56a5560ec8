import {
  callerRoles,
  type Permission,
  permissions,
  type Relation,
  relations,
  verdictOn,
} from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type CallerName, type Callers, callersOf, isShown, send } from './ask.ts';
import { type Asked, answersOf, type Sample } from './sample.ts';
import { samples } from './samples.ts';
import { type Scene, threeScenes } from './scene.ts';
import { aSystem, type TestSystem } from './system.ts';

let system: TestSystem;
let scenes: Record<Relation, Scene>;
let callers: Callers;
const tries = { allowed: 0, forbidden: 0, not_found: 0, unauthenticated: 0, open: 0 };

beforeAll(async () => {
  system = await aSystem();
  await setTheScenes();
});

async function setTheScenes(): Promise<void> {
  scenes = await threeScenes(system);
  callers = await callersOf(system, scenes.own);
}

afterAll(async () => {
  const all = Object.values(tries).reduce((sum, count) => sum + count, 0);
  console.log(
    `permission table: ${Object.keys(permissions).length} routes, ${all} tries of role × route × relation`,
    tries,
  );
  await system?.stop();
});

const routes = Object.keys(permissions) as (keyof typeof permissions)[];

describe.each(routes)('%s', (route) => {
  const permission: Permission = permissions[route];
  const sample: Sample = samples[route];

  if (permission === 'public' || permission === 'signed') {
    test(`asks for no token: ${permission}`, async () => {
      const answer = await send(system, route, await sample.ask(scenes.own, 'medico'), undefined);
      // A signature that is missing is refused by the route itself, and no token stands in for it.
      if (permission === 'signed') expect([401, 403], answer.text).toContain(answer.status);
      else expect(answer.code, answer.text).not.toBe('unauthenticated');
      tries.open += 1;
    });
    return;
  }

  test('asks for a token', async () => {
    const answer = await tryAs('nobody', await sample.ask(scenes.own, 'medico'));
    expect([answer.status, answer.code]).toEqual([401, 'unauthenticated']);
    tries.unauthenticated += 1;
  });

  test.each(callerRoles)('as %s', async (role) => {
    for (const relation of sample.about === 'role' ? (['own'] as const) : relations) {
      const asked = await sample.ask(scenes[relation], role);
      const answer = await tryAs(role, asked);
      const verdict = verdictOn(permission, role, relation);
      expect(outcome(sample, asked, answer), `${relation}: ${answer.status} ${answer.text}`).toBe(
        verdict,
      );
      tries[verdict] += 1;
      if (sample.endsSessions) await setTheScenes();
    }
  });

  async function tryAs(caller: CallerName, asked: Asked): Promise<Answer> {
    const path = route.split(' ')[1] ?? '';
    return send(system, route, asked, await callers.tokenOf(caller, path, asked));
  }
});

/** What an answer comes to in the table's words; a status that means none of them stays as it is. */
function outcome(sample: Sample, asked: Asked, answer: Answer): string {
  if (answersOf(sample).includes(answer.status)) {
    if (asked.shows === undefined) return 'allowed';
    return isShown(asked, answer) ? 'allowed' : 'not_found';
  }
  if (answer.status === 403 && answer.code === 'forbidden') return 'forbidden';
  if (answer.status === 404 && answer.code === 'not_found') return 'not_found';
  return `${answer.status} ${answer.code}`;
}
