import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { LastLines } from './last-lines.ts';

async function passed(chunks: string[]) {
  const from = new PassThrough();
  const to = new PassThrough();
  const last = new LastLines(from, to);
  for (const chunk of chunks) from.write(chunk);
  from.end();
  await finished(from);
  to.end();
  return { last: last.text(), all: (await to.toArray()).join('') };
}

it('passes all on and keeps the end from a whole line on, without colours', async () => {
  const many = Array.from({ length: 2000 }, (_, k) => `line ${k}\n`);
  const { last, all } = await passed([...many, '\u001b[31mUnhandled Rejection\u001b[39m\n']);
  expect(all).toContain('line 0\n');
  expect(last).toMatch(/^line \d+\n/);
  expect(last.endsWith('line 1999\nUnhandled Rejection')).toBe(true);
  expect(last.length).toBeLessThan(4000);
});

it('keeps a short output whole', async () => {
  expect((await passed(['one', ' line\n'])).last).toBe('one line');
});
