import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasTokenPrice,
  priceOfEmbedding,
  priceOfSound,
  priceOfTokens,
  priceVersion,
} from './prices.ts';

const rate = { brlMicrosPerUsd: 5_000_000 };

describe('prices', () => {
  it('of a minute of Whisper and of a call of GPT-4o are those of the table times the rate', () => {
    expect(priceOfSound('whisper', 60, rate)).toBe(30_000);
    expect(priceOfSound('whisper', 1, rate)).toBe(500);
    expect(priceOfTokens('gpt-4o', { input: 1000, output: 100 }, rate)).toBe(17_500);
  });

  it('of a dated version are those of its model, unless it is listed itself', () => {
    const call = { input: 1000, output: 0 };
    expect(priceOfTokens('gpt-4o-2024-11-20', call, rate)).toBe(12_500);
    expect(priceOfTokens('gpt-4o-2024-05-13', call, rate)).toBe(25_000);
    expect(hasTokenPrice('gpt-4o-2024-11-20')).toBe(true);
    expect(hasTokenPrice('medcall-chat')).toBe(false);
  });

  it('say from which table and rate they come', () => {
    expect(priceVersion(rate)).toMatch(/^\d{4}-\d{2}-\d{2} @ 5\.000000$/);
  });

  it('take an unknown model for the dearest', () => {
    expect(priceOfSound('new-thing', 60, rate)).toBe(30_000);
    expect(priceOfTokens('new-thing', { input: 0, output: 10 }, rate)).toBe(6000);
    expect(priceOfEmbedding('new-thing', 1000, rate)).toBe(650);
  });

  it('are whole, never below the exact price, and less than one micro-real above it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 7200, noNaN: true }),
        fc.integer({ min: 1_000_000, max: 9_000_000 }),
        (seconds, brlMicrosPerUsd) => {
          const price = priceOfSound('whisper', seconds, { brlMicrosPerUsd });
          const exact = (Math.ceil(seconds * 1000) * 6000 * brlMicrosPerUsd) / 60_000 / 1_000_000;
          expect(Number.isInteger(price)).toBe(true);
          expect(price).toBeGreaterThanOrEqual(exact - 1e-6);
          expect(price).toBeLessThan(exact + 1 + 1e-6);
        },
      ),
    );
  });
});
