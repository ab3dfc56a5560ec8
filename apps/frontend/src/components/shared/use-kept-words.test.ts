// @vitest-environment jsdom
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useKeptWords } from './use-kept-words.ts';

let leave: (() => void)[] = [];

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));
afterEach(() => {
  for (const away of leave) away();
  leave = [];
  sessionStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function aField(name: string) {
  const field: { words: string | null; write: (words: string | null) => void } = {
    words: null,
    write: () => {},
  };
  function Field() {
    [field.words, field.write] = useKeptWords(name);
    return null;
  }
  const root = createRoot(document.createElement('div'));
  const away = () => act(() => root.unmount());
  leave.push(away);
  act(() => root.render(createElement(Field)));
  return { field, away };
}

it('words are there again after the page was left, under their own name only, until they are stored', () => {
  const first = aField('carta.c-1');
  expect(first.field.words).toBeNull();
  act(() => first.field.write('Beba água.'));
  first.away();

  expect(aField('carta.c-2').field.words).toBeNull();
  const again = aField('carta.c-1');
  expect(again.field.words).toBe('Beba água.');
  act(() => again.field.write(null));
  again.away();
  expect(aField('carta.c-1').field.words).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});

it('an emptied field is kept as that, and a browser that refuses storage lets one write all the same', () => {
  const emptied = aField('carta.c-3');
  act(() => emptied.field.write(''));
  emptied.away();
  expect(aField('carta.c-3').field.words).toBe('');

  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const refused = aField('carta.c-4');
  act(() => refused.field.write('Fica na página.'));
  expect(refused.field.words).toBe('Fica na página.');
  expect(said).toHaveBeenCalledOnce();
});
