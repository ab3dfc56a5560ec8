import { describe, expect, it } from 'vitest';
import { oldFigures } from './old-prices.ts';

const prices = 'https://prices.example/list';

describe('old prices', () => {
  it('say their date, what they are of and where to look; the oldest first', () => {
    expect(
      oldFigures([
        { name: 'whisper', checkedAt: '2026-01-02', source: prices, ageDays: 300 },
        { name: 'gpt-4o', checkedAt: '2025-07-04', source: prices, ageDays: 500 },
        { name: 'gpt-4o-mini', checkedAt: '2025-07-04', source: prices, ageDays: 500 },
        {
          name: 'BRL/USD',
          checkedAt: '2025-10-31',
          source: 'https://rate.example/ptax (venda)',
          ageDays: 390,
        },
      ]),
    ).toEqual([
      { sentence: 'Preços de 04/07/2025 (gpt-4o e gpt-4o-mini) — confira', source: prices },
      { sentence: 'Cotação do dólar de 31/10/2025 — confira', source: 'https://rate.example/ptax' },
      { sentence: 'Preços de 02/01/2026 (whisper) — confira', source: prices },
    ]);
  });

  it('of the same day as the rate stand beside it', () => {
    const day = { checkedAt: '2025-07-04', source: prices, ageDays: 500 };
    expect(
      oldFigures([
        { name: 'gpt-4o', ...day },
        { name: 'BRL/USD', ...day },
      ]),
    ).toHaveLength(2);
  });

  it('are none when all are fresh', () => {
    expect(oldFigures([])).toEqual([]);
  });
});
