import { priceTable, type Seen } from './prices.ts';

/** Vendors change list prices a few times a year, a rate moves every day. */
const longestDays = { price: 180, rate: 30 } as const;
const dayMs = 86_400_000;

export interface StalePrice extends Seen {
  /** Name in the price table, or `BRL/USD`. */
  name: string;
  ageDays: number;
}

export interface PricesInUse {
  /** Names by which calls are priced; one that the table does not know counts as the dearest. */
  models: readonly string[];
  /** A rate of the environment is its operator's affair. */
  ownRate: boolean;
}

/** Figures behind the costs of these models that nobody has looked up for too long. */
export function stalePrices({ models, ownRate }: PricesInUse, nowMs: number): StalePrice[] {
  const { perMillionEmbedded, perMillionTokens, perMinute, rate } = priceTable;
  const seen = models.flatMap((name) => {
    const price = perMinute[name] ?? perMillionTokens[name] ?? perMillionEmbedded[name];
    return price ? [{ name, longest: longestDays.price, ...seenOf(price) }] : [];
  });
  const all = ownRate
    ? seen
    : [...seen, { name: 'BRL/USD', longest: longestDays.rate, ...seenOf(rate) }];
  return all.flatMap(({ longest, ...one }) => {
    const ageDays = Math.floor((nowMs - Date.parse(one.checkedAt)) / dayMs);
    return ageDays > longest ? [{ ...one, ageDays }] : [];
  });
}

function seenOf({ checkedAt, source }: Seen): Seen {
  return { checkedAt, source };
}

interface WarningLog {
  warn(fields: object, message: string): void;
}

/** Says so once, where paid engines are chosen: a cap in reais is only as right as the rate. */
export function warnOfStalePrices(logger: WarningLog, inUse: PricesInUse, nowMs: number): void {
  const stale = stalePrices(inUse, nowMs);
  if (stale.length === 0) return;
  logger.warn(
    { stale, version: priceTable.version },
    'prices of paid engines are old: look them up, and set BRL_PER_USD',
  );
}
