import type { StalePrice } from '@medcall/shared-types';
import { formatDate } from '#lib/utils.ts';
import { costMessages as text } from '#messages/admin/costs.ts';

/** What the ledger calls the rate of the dollar. */
const rate = 'BRL/USD';

export interface OldFigures {
  sentence: string;
  /** Where they are looked up. */
  source: string;
}

/** Old prices, those that were read on the same day in the same place as one; the oldest first. */
export function oldFigures(stale: readonly StalePrice[]): OldFigures[] {
  const together = Map.groupBy(stale, ({ checkedAt, name, source }) =>
    JSON.stringify([checkedAt, source, name === rate]),
  );
  return [...together.values()]
    .sort((a, b) => (b[0]?.ageDays ?? 0) - (a[0]?.ageDays ?? 0))
    .flatMap((figures) => {
      const [first] = figures;
      if (!first) return [];
      const date = formatDate(`${first.checkedAt}T12:00:00Z`);
      const names = new Intl.ListFormat('pt-BR').format(figures.map(({ name }) => name));
      const sentence = first.name === rate ? text.oldRate(date) : text.oldPrices(date, names);
      return [{ sentence, source: placeOf(first.source) }];
    });
}

/** A source may say behind its address what to read there. */
function placeOf(source: string): string {
  return source.split(' ')[0] ?? source;
}
