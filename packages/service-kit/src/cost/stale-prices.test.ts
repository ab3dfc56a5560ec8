import { describe, expect, it } from 'vitest';
import { priceTable, type Seen } from './prices.ts';
import { stalePrices, warnOfStalePrices } from './stale-prices.ts';

const day = 86_400_000;
const rows: [string, Seen][] = [
  ...Object.entries(priceTable.perMinute),
  ...Object.entries(priceTable.perMillionTokens),
  ...Object.entries(priceTable.perMillionEmbedded),
  ['BRL/USD', priceTable.rate],
];

describe('the price table', () => {
  it.each(rows)('says of %s where and when it was read', (_, { checkedAt, source }) => {
    expect(source).toMatch(/^https:\/\//);
    expect(checkedAt).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Number.isNaN(Date.parse(checkedAt))).toBe(false);
    expect(checkedAt <= priceTable.version).toBe(true);
  });
});

describe('old prices', () => {
  const read = Date.parse(priceTable.perMinute.whisper?.checkedAt ?? '');
  const rateRead = Date.parse(priceTable.rate.checkedAt);

  it('are those of models in use that nobody has looked up for half a year', () => {
    const inUse = { models: ['whisper'], ownRate: true };
    expect(stalePrices(inUse, read + 180 * day)).toEqual([]);
    expect(stalePrices(inUse, read + 181 * day)).toEqual([
      expect.objectContaining({ name: 'whisper', ageDays: 181 }),
    ]);
    expect(stalePrices({ models: [], ownRate: true }, read + 999 * day)).toEqual([]);
  });

  it('of a model’s dated version are the model’s', () => {
    const late = read + 9999 * day;
    const names = stalePrices(
      { models: ['gpt-4o-2024-11-20', 'nobody-knows'], ownRate: true },
      late,
    );
    expect(names.map(({ name }) => name)).toEqual(['gpt-4o-2024-11-20']);
  });

  it('include the rate after a month where something is paid, unless the operator sets his own', () => {
    const models = ['nobody-knows'];
    expect(stalePrices({ models: [], ownRate: false }, rateRead + 31 * day)).toEqual([]);
    expect(stalePrices({ models, ownRate: false }, rateRead + 30 * day)).toEqual([]);
    expect(stalePrices({ models, ownRate: false }, rateRead + 31 * day)).toEqual([
      expect.objectContaining({ name: 'BRL/USD', source: expect.stringContaining('bcb.gov.br') }),
    ]);
    expect(stalePrices({ models, ownRate: true }, rateRead + 31 * day)).toEqual([]);
  });

  it('are warned of once, with their names, and not while they are fresh', () => {
    const warned: object[] = [];
    const logger = { warn: (fields: object) => warned.push(fields) };
    warnOfStalePrices(logger, { models: ['whisper'], ownRate: true }, read);
    expect(warned).toEqual([]);
    warnOfStalePrices(logger, { models: ['whisper'], ownRate: false }, read + 400 * day);
    expect(warned).toEqual([
      expect.objectContaining({
        stale: [
          expect.objectContaining({ name: 'whisper' }),
          expect.objectContaining({ name: 'BRL/USD' }),
        ],
      }),
    ]);
  });
});
