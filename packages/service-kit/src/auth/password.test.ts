import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './password.ts';

describe('password', () => {
  test('is known by its hash, and no other is', async () => {
    const stored = await hashPassword('Coração de mãe 1');
    expect(stored).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await verifyPassword('Coração de mãe 1', stored)).toBe(true);
    expect(await verifyPassword('Coracao de mae 1', stored)).toBe(false);
    // The same words typed with combining accents.
    expect(await verifyPassword('Coração de mãe 1'.normalize('NFD'), stored)).toBe(true);
    expect(needsRehash(stored)).toBe(false);
  });

  test('two hashes of one password differ', async () => {
    expect(await hashPassword('x')).not.toBe(await hashPassword('x'));
  });

  test.each([
    null,
    undefined,
    '',
    'plain',
    'scrypt$99999999$8$3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  ])('is never right for the stored value %s', async (stored) =>
    expect(await verifyPassword('anything', stored)).toBe(false),
  );

  test('a cheaper hash still opens and asks to be made anew', async () => {
    const salt = Buffer.from('saltsaltsaltsalt');
    const key = scryptSync('antiga', salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = `scrypt$1024$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
    expect(await verifyPassword('antiga', stored)).toBe(true);
    expect(needsRehash(stored)).toBe(true);
  });

  test('an unknown account takes as long as a wrong password', async () => {
    const stored = await hashPassword('x');
    const time = async (hash: string | null) => {
      const startedAt = performance.now();
      await verifyPassword('y', hash);
      return performance.now() - startedAt;
    };
    await time(stored);
    const known = Math.min(await time(stored), await time(stored), await time(stored));
    const unknown = Math.min(await time(null), await time(null), await time(null));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});
