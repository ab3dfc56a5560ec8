import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.ts';

describe('seal', () => {
  it('opens what it sealed, and never writes the plain text', () => {
    const seal = createSeal(randomBytes(32));
    const sealed = seal.seal('segredo', 'a');
    expect(sealed.includes('segredo')).toBe(false);
    expect(seal.open(sealed, 'a')).toBe('segredo');
  });

  it('refuses another key, another context and a changed byte', () => {
    const seal = createSeal(randomBytes(32));
    const sealed = seal.seal('segredo', 'a');
    expect(() => createSeal(randomBytes(32)).open(sealed, 'a')).toThrow();
    expect(() => seal.open(sealed, 'b')).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => seal.open(sealed, 'a')).toThrow();
  });
});
