import { priceSeen, priceTable, type Seen } from './prices.ts';

/** Vendors change list prices a few times a year, a rate moves every day. */
const longestDays = { price: 180, rate: 30 } as const;
const dayMs = 86_400_000;
/** The exchange rate's name among old figures. */
export const rateName = 'BRL/USD';

export interface StalePrice extends Seen {
  /** A model's name, or `BRL/USD`. */
  name: string;
  ageDays: number;
}

export interface PricesInUse {
  /** Names by which calls are priced; one that the table does not know counts as the dearest. */
  models: readonly string[];
  /** A rate of the environment is its operator's affair. */
  ownRate: boolean;
}

/**
 * Figures behind the costs of these models that nobody has looked up for too long, the rate among them
 * where anything is paid at all.
 */
export function stalePrices({ models, ownRate }: PricesInUse, nowMs: number): StalePrice[] {
  const seen = [...new Set(models)].flatMap((name) => {
    const price = priceSeen(name);
    return price ? [{ name, longest: longestDays.price, ...price }] : [];
  });
  const { checkedAt, source } = priceTable.rate;
  const rate = { name: rateName, longest: longestDays.rate, checkedAt, source };
  const all = ownRate || models.length === 0 ? seen : [...seen, rate];
  return all.flatMap(({ longest, ...one }) => {
    const ageDays = Math.floor((nowMs - Date.parse(one.checkedAt)) / dayMs);
    return ageDays > longest ? [{ ...one, ageDays }] : [];
  });
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
