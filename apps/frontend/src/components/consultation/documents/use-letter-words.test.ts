// @vitest-environment jsdom
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type LetterWords, useLetterWords } from './use-letter-words.ts';

let leave: (() => void)[] = [];

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));
afterEach(() => {
  for (const away of leave) away();
  leave = [];
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

function aLetter() {
  const shown: { now: LetterWords | null } = { now: null };
  function Letter({ version }: { version: number }) {
    shown.now = useLetterWords('c-1', version);
    return null;
  }
  const root = createRoot(document.createElement('div'));
  leave.push(() => act(() => root.unmount()));
  return {
    read: (version: number) => act(() => root.render(createElement(Letter, { version }))),
    get now(): LetterWords {
      if (!shown.now) throw new Error('not read yet');
      return shown.now;
    },
  };
}

it('words typed over a letter that another window has stored anew are not taken for its next version', () => {
  const tab = aLetter();
  tab.read(1);
  act(() => tab.now.write('Beba água.'));
  expect(tab.now.outdated).toBe(false);

  const later = aLetter();
  later.read(2);
  expect(later.now).toMatchObject({ words: 'Beba água.', outdated: true });
  act(() => later.now.write('Beba bastante água.'));
  expect(later.now.outdated).toBe(true);

  act(() => later.now.insist());
  expect(later.now).toMatchObject({ words: 'Beba bastante água.', outdated: false });
});

it('what is given up or stored leaves nothing, and the next words are over the letter of then', () => {
  const tab = aLetter();
  tab.read(1);
  act(() => tab.now.write('Beba água.'));
  act(() => tab.now.clear());
  expect(tab.now).toMatchObject({ words: null, outdated: false });
  expect(sessionStorage).toHaveLength(0);

  tab.read(2);
  act(() => tab.now.write('Repouse.'));
  expect(tab.now.outdated).toBe(false);
});
