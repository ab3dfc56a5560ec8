// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { type RenderedHook, renderHook } from '#lib/testing/render-hook.ts';
import { useKeptWords } from './use-kept-words.ts';

let open: RenderedHook<string, ReturnType<typeof useKeptWords>>[] = [];

afterEach(async () => {
  for (const field of open) await field.leave();
  open = [];
  sessionStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function aField(name: string) {
  const hook = await renderHook(useKeptWords, name);
  open.push(hook);
  return {
    get words() {
      return hook.result[0];
    },
    write: (words: string | null) => act(() => hook.result[1](words)),
    away: () => hook.leave(),
  };
}

it('words are there again after the page was left, under their own name only, until they are stored', async () => {
  const first = await aField('carta.c-1');
  expect(first.words).toBeNull();
  first.write('Beba água.');
  await first.away();

  expect((await aField('carta.c-2')).words).toBeNull();
  const again = await aField('carta.c-1');
  expect(again.words).toBe('Beba água.');
  again.write(null);
  await again.away();
  expect((await aField('carta.c-1')).words).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});

it('an emptied field is kept as that, and a browser that refuses storage lets one write all the same', async () => {
  const emptied = await aField('carta.c-3');
  emptied.write('');
  await emptied.away();
  expect((await aField('carta.c-3')).words).toBe('');

  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const refused = await aField('carta.c-4');
  refused.write('Fica na página.');
  expect(refused.words).toBe('Fica na página.');
  expect(said).toHaveBeenCalledOnce();
});
