import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utteranceId } from './utterance-id.ts';

it('is a UUID of version 5, the same for the same place and another for any other', () => {
  const id = utteranceId('consulta:ana:microphone:0', 5_120);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(utteranceId('consulta:ana:microphone:0', 5_120)).toBe(id);
  fc.assert(
    fc.property(fc.string(), fc.nat(), (key, sample) => {
      fc.pre(key !== 'consulta:ana:microphone:0' || sample !== 5_120);
      expect(utteranceId(key, sample)).not.toBe(id);
    }),
  );
});
