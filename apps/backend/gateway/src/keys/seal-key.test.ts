import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sealKey } from './seal-key.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe('sealing key', () => {
  it('is made once, readable by its owner only, also when many start at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medcall-seal-'));
    folders.push(folder);
    const keys = await Promise.all(Array.from({ length: 8 }, () => sealKey(undefined, folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    const { mode } = await stat(join(folder, 'keys', 'gateway-seal.key'));
    expect(mode & 0o777).toBe(0o600);
  });
});
