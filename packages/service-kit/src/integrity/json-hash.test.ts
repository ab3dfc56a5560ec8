import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashJson } from './json-hash.ts';
import { noteHash } from './note-hash.ts';

describe('hashJson', () => {
  test('does not depend on the order of keys', () => {
    expect(hashJson({ a: 1, b: [2, { c: 'é', d: null }] })).toBe(
      hashJson({ b: [2, { d: null, c: 'é' }], a: 1 }),
    );
  });

  test('matches a hash computed elsewhere (printf %s \'{"a":1}\' | sha256sum)', () => {
    expect(hashJson({ a: 1 })).toBe(
      '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
    );
  });

  test('tells any two different values apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        fc.pre(JSON.stringify(left) !== JSON.stringify(right));
        fc.pre(!(typeof left === 'object' || typeof right === 'object'));
        expect(hashJson(left) === hashJson(right)).toBe(Object.is(left, right) || left === right);
      }),
    );
  });

  test('refuses what is no JSON', () => {
    expect(() => hashJson(undefined)).toThrow(TypeError);
  });
});

test('a note’s hash covers each of its parts', () => {
  const note = {
    consultation_id: 'c',
    version: 2,
    sections: { subjetivo: [], objetivo: [], avaliacao: [], plano: [] },
    cid10: [],
    ciap2: [],
    signed_at: '2026-01-01T00:00:00.000Z',
    signed_by: 'd',
  };
  const changed = Object.keys(note).map((key) => noteHash({ ...note, [key]: 'other' }));
  expect(new Set([noteHash(note), ...changed]).size).toBe(8);
});
