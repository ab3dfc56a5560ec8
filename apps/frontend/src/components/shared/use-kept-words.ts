'use client';
import { useCallback, useState } from 'react';
import { tabMemory } from '#lib/call/tab-memory.ts';

/**
 * What is being typed where there is a button that stores it: it survives a reload, a press on another page
 * and a crash, and goes with the tab, as an unsaved note does. Null, which the button sets: nothing is waiting.
 *
 * @param name what is written and of what, unique among everything that is typed
 */
export function useKeptWords(name: string): [string | null, (words: string | null) => void] {
  const key = `medcall.escrito.${name}`;
  const [words, setWords] = useState(() => tabMemory.get(key));
  const keep = useCallback(
    (next: string | null) => {
      setWords(next);
      tabMemory.set(key, next);
    },
    [key],
  );
  return [words, keep];
}
