// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { type RenderedHook, renderHook } from '#lib/testing/render-hook.ts';
import { type LetterWords, useLetterWords } from './use-letter-words.ts';

let open: RenderedHook<number, LetterWords>[] = [];

afterEach(async () => {
  for (const letter of open) await letter.leave();
  open = [];
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

/** The letter's field, read when the stored letter has this version. */
async function aLetter(version: number) {
  const letter = await renderHook((now: number) => useLetterWords('c-1', now), version);
  open.push(letter);
  return letter;
}

it('words typed over a letter that another window has stored anew are not taken for its next version', async () => {
  const tab = await aLetter(1);
  act(() => tab.result.write('Beba água.'));
  expect(tab.result.outdated).toBe(false);

  const later = await aLetter(2);
  expect(later.result).toMatchObject({ words: 'Beba água.', outdated: true });
  act(() => later.result.write('Beba bastante água.'));
  expect(later.result.outdated).toBe(true);

  act(() => later.result.insist());
  expect(later.result).toMatchObject({ words: 'Beba bastante água.', outdated: false });
});

it('what is given up or stored leaves nothing, and the next words are over the letter of then', async () => {
  const tab = await aLetter(1);
  act(() => tab.result.write('Beba água.'));
  act(() => tab.result.clear());
  expect(tab.result).toMatchObject({ words: null, outdated: false });
  expect(sessionStorage).toHaveLength(0);

  await tab.render(2);
  act(() => tab.result.write('Repouse.'));
  expect(tab.result.outdated).toBe(false);
});
