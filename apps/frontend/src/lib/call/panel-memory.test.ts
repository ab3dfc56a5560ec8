import { describe, expect, it } from 'vitest';
import { keepHiddenPanels, readHiddenPanels } from './panel-memory.ts';

function aStorage(first?: string) {
  const held = new Map(first === undefined ? [] : [['medcall.paineis', first]]);
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  };
}

describe('the panels that were put away', () => {
  it('are the same the next time', () => {
    const storage = aStorage();
    expect(readHiddenPanels(storage)).toEqual(['notes']);
    keepHiddenPanels(storage, ['coverage', 'patient']);
    expect(readHiddenPanels(storage)).toEqual(['coverage', 'patient']);
  });

  it.each(['{', '"transcript"', '["video"]', 'null'])(
    'are the notes alone where %s is stored',
    (text) => {
      expect(readHiddenPanels(aStorage(text))).toEqual(['notes']);
    },
  );
});
