import { readFileSync } from 'node:fs';
import path from 'node:path';
import { metricsText } from '@medcall/service-kit';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { rootDir } from '../system/settings.ts';

const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');

const alerts = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[smh]$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('configs/observability/alerts.yml')));
const rules = alerts.groups.flatMap((group) => group.rules);

const dashboard = z
  .looseObject({
    panels: z.array(
      z.looseObject({
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.looseObject({ expr: z.string() })),
      }),
    ),
  })
  .parse(JSON.parse(read('configs/observability/dashboard.json')));

/** Every query, with where it stands. */
const queries: Array<[where: string, expr: string]> = [
  ...rules.map((rule): [string, string] => [rule.alert, rule.expr]),
  ...dashboard.panels.flatMap(({ targets, title }) =>
    targets.map(({ expr }): [string, string] => [title, expr]),
  ),
];

/** Faults of a PromQL expression, and the series that it reads. */
function readQuery(expr: string): { errors: number; names: string[] } {
  let errors = 0;
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter({ from, name, to, type }) {
      if (type.isError) errors += 1;
      if (name === 'VectorSelector')
        names.push(expr.slice(from, to).split(/[{[]/)[0]?.trim() ?? '');
    },
  });
  return { errors, names };
}

/** Series that the services give away: the registry's own, and those that are observed by name. */
async function knownSeries(): Promise<Set<string>> {
  const declared = [...(await metricsText()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(
    ([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  const sources = [
    'apps/backend/realtime-service/src/observe-realtime.ts',
    'apps/backend/gateway/src/jobs/observe-jobs.ts',
  ];
  const observed = sources.flatMap((file) =>
    [...read(file).matchAll(/'(medcall_\w+)'/g)].map(([, name = '']) => name),
  );
  return new Set([...declared, ...observed, 'up']);
}

describe('alerts and dashboard', () => {
  it.each(queries)('%s: `%s` is PromQL over series that exist', async (_, expr) => {
    const { errors, names } = readQuery(expr);
    expect(errors).toBe(0);
    expect(names.length).toBeGreaterThan(0);
    const known = await knownSeries();
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('a wrong expression and an unknown series would be seen', async () => {
    expect(readQuery('sum by (le (rate(x[5m]))').errors).toBeGreaterThan(0);
    expect((await knownSeries()).has('medcall_rooms_total')).toBe(false);
  });

  it.each(rules.map((rule) => [rule.alert, rule.annotations.runbook] as const))(
    '%s leads to a runbook that is there',
    (_, runbook) => {
      const [file = '', anchor = ''] = runbook.split('#');
      const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(headings).toContain(anchor);
    },
  );

  it('no two panels lie over each other', () => {
    const places = dashboard.panels.map(({ gridPos }) => `${gridPos.x},${gridPos.y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('the autoscaler’s signals are given away', async () => {
    const known = await knownSeries();
    const names = [
      ...read('configs/k8s/autoscaling.yaml').matchAll(/metric: \{ name: (\w+) \}/g),
    ].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });
});
