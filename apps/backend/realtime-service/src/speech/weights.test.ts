import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const models = join(import.meta.dirname, '../../../../../models');

it('are the files that models/SHA256SUMS names', async () => {
  const lines = (await readFile(join(models, 'SHA256SUMS'), 'utf8')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const [sum, name] = line.split(/\s+/) as [string, string];
    const hash = createHash('sha256').update(await readFile(join(models, name)));
    expect(`${hash.digest('hex')}  ${name}`).toBe(`${sum}  ${name}`);
  }
});
