import { describe, expect, it } from 'vitest';
import { newRecoveryCodes, normaliseRecoveryCode, selectorOf } from './recovery-code.ts';

describe('recovery codes', () => {
  it('are ten, long, of characters that nobody confuses, each found by its beginning', () => {
    const codes = newRecoveryCodes();
    expect(codes).toHaveLength(10);
    for (const code of codes) expect(code).toMatch(/^[2-9a-hjkmnp-z]{16}$/);
    expect(new Set(codes.map(selectorOf)).size).toBe(10);
    expect(newRecoveryCodes()).not.toEqual(codes);
  });

  it('are read as people type them', () => {
    expect(normaliseRecoveryCode(' K4M9-x7qp 2ab8-HT3z\n')).toBe('k4m9x7qp2ab8ht3z');
  });
});
