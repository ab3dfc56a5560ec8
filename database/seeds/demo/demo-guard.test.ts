import { describe, expect, test } from 'vitest';
import { DEMO_PASSWORD, decideDemo } from './demo-guard.ts';

const here = 'postgres://medcall_app:x@127.0.0.1:5433/medcall';
const away = 'postgres://medcall_app:x@db.example.com:5432/medcall';

describe('demonstration data', () => {
  test('never goes anywhere without MEDCALL_DEMO', () => {
    for (const databaseUrl of [here, away]) {
      expect(decideDemo({ databaseUrl, enabled: false, empty: true }).kind).toBe('refuse');
    }
  });

  test('has the published password on this machine, also in a database with other rows', () => {
    const decision = decideDemo({ databaseUrl: here, enabled: true, empty: false });
    expect(decision.kind === 'seed' && decision.passwordFor('a@b.demo')).toBe(DEMO_PASSWORD);
  });

  test('has random passwords elsewhere, one per account, in an empty database only', () => {
    const decision = decideDemo({ databaseUrl: away, enabled: true, empty: true });
    if (decision.kind !== 'seed') throw new Error('expected to be allowed');
    const one = decision.passwordFor('a@b.demo');
    expect(one).toMatch(/^[\w-]{20}$/);
    expect(decision.passwordFor('a@b.demo')).toBe(one);
    expect(decision.passwordFor('c@b.demo')).not.toBe(one);
    expect(decideDemo({ databaseUrl: away, enabled: true, empty: false }).kind).toBe('refuse');
  });

  test.each([
    'postgres://u:p@localhost/db',
    'postgres://u:p@[::1]:5432/db',
    'postgres:///db?host=/var/run/postgresql',
  ])('%s is this machine', (databaseUrl) =>
    expect(decideDemo({ databaseUrl, enabled: true, empty: false }).kind).toBe('seed'),
  );

  test.each([
    'postgres://u:p@127.0.0.1.example.com/db',
    'postgres://u:p@10.0.0.7/db',
    'postgres://u:p@localhost/db?host=db.example.com',
  ])('%s is not', (databaseUrl) =>
    expect(decideDemo({ databaseUrl, enabled: true, empty: false }).kind).toBe('refuse'),
  );
});
