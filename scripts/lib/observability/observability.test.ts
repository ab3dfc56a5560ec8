import { readFileSync } from 'node:fs';
import path from 'node:path';
import { metricsText } from '@medcall/service-kit';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readCompose } from '../containers/compose.ts';
import { composeSecrets } from '../containers/compose-secrets.ts';
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

const scaler = z.looseObject({
  spec: z.looseObject({
    metrics: z.array(
      z.looseObject({
        pods: z.looseObject({ metric: z.strictObject({ name: z.string() }) }).optional(),
        external: z.looseObject({ metric: z.strictObject({ name: z.string() }) }).optional(),
      }),
    ),
  }),
});
const adapterRule = z.strictObject({
  seriesQuery: z.string(),
  resources: z.strictObject({
    overrides: z.record(z.string(), z.strictObject({ resource: z.enum(['namespace', 'pod']) })),
  }),
  metricsQuery: z.string(),
});
const adapter = z
  .strictObject({ rules: z.array(adapterRule), externalRules: z.array(adapterRule) })
  .parse(parse(read('configs/observability/prometheus-adapter.yml')));
const kubernetes = z
  .looseObject({
    scrape_configs: z.array(
      z.looseObject({
        job_name: z.string(),
        relabel_configs: z.array(z.looseObject({ target_label: z.string().optional() })),
      }),
    ),
  })
  .parse(parse(read('configs/observability/prometheus-kubernetes.yml')));

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
    'packages/service-kit/src/redis/redis.ts',
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

  it('the autoscalers’ signals are given away, and prometheus-adapter hands on exactly these', async () => {
    const known = await knownSeries();
    const scalers = parseAllDocuments(read('configs/k8s/autoscaling.yaml')).map((one) =>
      scaler.parse(one.toJS()),
    );
    const metrics = scalers.flatMap(({ spec }) => spec.metrics);
    const wanted = {
      rules: metrics.flatMap(({ pods }) => (pods ? [pods.metric.name] : [])),
      externalRules: metrics.flatMap(({ external }) => (external ? [external.metric.name] : [])),
    };
    expect(wanted.rules.length).toBeGreaterThan(0);
    expect(wanted.externalRules.length).toBeGreaterThan(0);
    for (const kind of ['rules', 'externalRules'] as const) {
      const given = adapter[kind].map(({ seriesQuery }) => seriesQuery.split('{')[0] ?? '');
      expect(given).toEqual(wanted[kind]);
      expect(given.filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it.each([...adapter.rules, ...adapter.externalRules])(
    'prometheus-adapter: $seriesQuery is PromQL by labels that the pods’ scraping writes',
    ({ metricsQuery, resources, seriesQuery }) => {
      const labels = Object.keys(resources.overrides);
      const written = kubernetes.scrape_configs[0]?.relabel_configs.map((one) => one.target_label);
      expect(written).toEqual(expect.arrayContaining(labels));
      for (const label of labels) expect(seriesQuery).toContain(`${label}!=""`);
      const filledIn = metricsQuery
        .replaceAll('<<.Series>>', seriesQuery.split('{')[0] ?? '')
        .replaceAll('<<.LabelMatchers>>', 'namespace="medcall"')
        .replaceAll('<<.GroupBy>>', labels.join());
      expect(readQuery(filledIn)).toMatchObject({ errors: 0 });
      expect(readQuery(seriesQuery)).toMatchObject({ errors: 0 });
    },
  );

  it('on Kubernetes the same job is scraped, by the annotations that our pods have', () => {
    expect(kubernetes.scrape_configs.map((one) => one.job_name)).toEqual(['medcall']);
    for (const name of ['gateway', 'worker', 'realtime', 'ai-service']) {
      const pods = read(`configs/k8s/${name}-deployment.yaml`);
      expect(pods).toContain('prometheus.io/scrape: "true", prometheus.io/port: "9464"');
      expect(pods).toContain('{ name: metrics, containerPort: 9464 }');
    }
    expect(read('configs/k8s/config.yaml')).toContain('METRICS_PORT: "9464"');
  });

  it('the compose file’s services give their figures where prometheus.yml looks for them', () => {
    const compose = readCompose(path.join(rootDir, 'docker-compose.yml'), composeSecrets());
    const targets = z
      .looseObject({
        scrape_configs: z.array(
          z.looseObject({
            static_configs: z.array(z.looseObject({ targets: z.array(z.string()) })),
          }),
        ),
      })
      .parse(parse(read('configs/observability/prometheus.yml')))
      .scrape_configs.flatMap((one) => one.static_configs.flatMap((some) => some.targets));
    expect(targets).toHaveLength(4);
    for (const target of targets) {
      const [name = '', port] = target.split(':');
      expect(compose.services[name]?.environment.METRICS_PORT, name).toBe(port);
      expect(compose.services[name]?.networks, name).toEqual(
        expect.arrayContaining(compose.services.prometheus?.networks ?? ['none']),
      );
    }
  });
});
