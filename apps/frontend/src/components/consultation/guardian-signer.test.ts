import { describe, expect, it } from 'vitest';
import { guardianNamed, nobodyYet, signerFor } from './guardian-signer.ts';

describe('the guardian under a consent', () => {
  it('has a name and a relation, trimmed', () => {
    expect(guardianNamed({ name: ' Rosa Mãe ', relation: ' mãe ' })).toEqual({
      name: 'Rosa Mãe',
      relation: 'mãe',
    });
    expect(guardianNamed({ name: 'Rosa Mãe', relation: '  ' })).toBeNull();
    expect(guardianNamed({ name: ' R ', relation: 'mãe' })).toBeNull();
  });

  it('is asked for only by the service, and only for what is accepted', () => {
    const rosa = { name: 'Rosa Mãe', relation: 'mãe' };
    expect(signerFor(true, null)).toEqual({});
    expect(signerFor(true, nobodyYet)).toBe('missing');
    expect(signerFor(true, rosa)).toEqual({ signer: rosa });
    for (const guardian of [null, nobodyYet, rosa]) expect(signerFor(false, guardian)).toEqual({});
  });
});
