import { type Clock, metrics } from '@medcall/service-kit';
import type { Difference } from './compare-answers.ts';

/** What became of one comparison. `dropped`: too many at once; `skipped`: nothing that can be compared. */
export type ShadowOutcome = 'same' | 'different' | 'failed' | 'dropped' | 'skipped';

export interface ShadowRouteReport {
  route: string;
  counts: Record<ShadowOutcome, number>;
  /** The most frequent first. */
  differences: (Difference & { count: number; lastAt: string })[];
}

/** What shadow reads have shown since the process or the table of today began; in memory, no bodies. */
export interface ShadowReport {
  record(route: string, outcome: ShadowOutcome, differences?: readonly Difference[]): void;
  read(): { since: string; routes: ShadowRouteReport[] };
  /** Rules have changed: what was counted under the old ones says nothing about these. */
  clear(): void;
}

const mostDifferencesOfARoute = 200;

export function createShadowReport(clock: Clock): ShadowReport {
  const iso = () => new Date(clock.now()).toISOString();
  type Kept = {
    counts: ShadowRouteReport['counts'];
    differences: Map<string, Difference & { count: number; lastAt: string }>;
  };
  const routes = new Map<string, Kept>();
  let since = iso();

  const keptOf = (route: string): Kept => {
    const known = routes.get(route);
    if (known) return known;
    const fresh: Kept = {
      counts: { same: 0, different: 0, failed: 0, dropped: 0, skipped: 0 },
      differences: new Map(),
    };
    routes.set(route, fresh);
    return fresh;
  };

  return {
    record(route, outcome, differences = []) {
      const kept = keptOf(route);
      kept.counts[outcome] += 1;
      metrics.shadowReads.inc({ route, outcome });
      for (const { kind, path } of differences) {
        metrics.shadowDifferences.inc({ route, kind });
        const key = `${kind} ${path}`;
        const known = kept.differences.get(key);
        if (!known && kept.differences.size >= mostDifferencesOfARoute) continue;
        kept.differences.set(key, { path, kind, count: (known?.count ?? 0) + 1, lastAt: iso() });
      }
    },
    read: () => ({
      since,
      routes: [...routes]
        .map(([route, { counts, differences }]) => ({
          route,
          counts: { ...counts },
          differences: [...differences.values()].sort((a, b) => b.count - a.count),
        }))
        .sort((a, b) => a.route.localeCompare(b.route)),
    }),
    clear() {
      routes.clear();
      since = iso();
    },
  };
}
