import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rootDir } from '../system/settings.ts';
import { schemaErrors } from './api-schema.ts';
import { buildKustomization, containersOf, type Manifest, readManifests } from './kustomize.ts';

const base = path.join(rootDir, 'configs/k8s');
const overlays = path.join(rootDir, 'configs/k8s-overlays');
const builds: Array<[name: string, objects: Manifest[]]> = [
  ['the base', buildKustomization(base)],
  ['dev', buildKustomization(path.join(overlays, 'dev'))],
  ['production', buildKustomization(path.join(overlays, 'production'))],
];

const labels = z.record(z.string(), z.string());
const deployment = z.looseObject({
  spec: z.looseObject({
    selector: z.object({ matchLabels: labels }),
    template: z.looseObject({
      metadata: z.looseObject({ labels }),
      spec: z.looseObject({
        terminationGracePeriodSeconds: z.number(),
        automountServiceAccountToken: z.literal(false),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
        containers: z.array(
          z.looseObject({
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
            env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
            securityContext: z.object({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
            resources: z.object({ requests: labels, limits: z.object({ memory: z.string() }) }),
          }),
        ),
      }),
    }),
  }),
});
const named = (objects: Manifest[], kind: string) =>
  new Map(objects.filter((one) => one.kind === kind).map((one) => [one.metadata.name, one]));

describe('the Kubernetes manifests', () => {
  it('are there as the architecture lists them, and each is part of the base', () => {
    const files = readdirSync(base);
    expect(files).toEqual(
      expect.arrayContaining([
        'gateway-deployment.yaml',
        'realtime-deployment.yaml',
        'ai-service-deployment.yaml',
        'services.yaml',
        'ingress.yaml',
      ]),
    );
    const objects = files
      .filter((file) => file !== 'kustomization.yaml')
      .flatMap((file) => readManifests(path.join(base, file)));
    expect(buildKustomization(base)).toHaveLength(objects.length);
  });

  for (const [name, objects] of builds) {
    describe(name, () => {
      it.each(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object] as const))(
        '%s is what the API takes',
        async (_, object) => {
          expect(await schemaErrors(object)).toEqual([]);
        },
      );
    });
  }

  it('a field that the API does not have, a wrong type and a missing one are found', async () => {
    const wrong = structuredClone(
      named(buildKustomization(base), 'Deployment').get('medcall-gateway'),
    );
    const spec = wrong?.spec as Record<string, unknown>;
    spec.replica = 2;
    spec.replicas = 'two';
    delete spec.selector;
    const errors = await schemaErrors(wrong as Manifest);
    expect(errors.join('\n')).toMatch(/\/spec\/replica: unknown field/);
    expect(errors.join('\n')).toMatch(/\/spec\/replicas: type/);
    expect(errors.join('\n')).toMatch(/missingProperty":"selector"/);
  });
});

describe('what belongs together', () => {
  const objects = buildKustomization(base);
  const deployments = [...named(objects, 'Deployment').values()].map((one) => ({
    name: one.metadata.name,
    ...deployment.parse(one),
  }));

  it('every Deployment selects its own pods and runs them without rights', () => {
    expect(deployments).toHaveLength(5);
    for (const { spec } of deployments) {
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    }
  });

  it('each gets longer to end than its drain takes (5 s of leaving, 25 s of grace)', () => {
    for (const { spec } of deployments) {
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(35);
    }
  });

  it('has no secret in it: what is secret comes by reference', () => {
    const secretNames = /SECRET|PASSWORD|_KEY$|_TOKEN$|DATABASE_URL|REDIS_URL/;
    for (const object of objects) {
      if (object.kind === 'ConfigMap') {
        for (const key of Object.keys(object.data as object)) expect(key).not.toMatch(secretNames);
      }
      expect(object.kind).not.toBe('Secret');
    }
    for (const { spec } of deployments) {
      for (const { env } of spec.template.spec.containers) {
        for (const one of env) expect(one.value, one.name).toBeUndefined();
      }
    }
  });

  it('names only variables that .env.example documents', () => {
    const example = readFileSync(path.join(rootDir, '.env.example'), 'utf8');
    const known = new Set(
      [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, one]) => one ?? ''),
    );
    const config = named(objects, 'ConfigMap').get('medcall-config')?.data as object;
    const names = [
      ...Object.keys(config),
      ...deployments.flatMap(({ spec }) =>
        spec.template.spec.containers.flatMap(({ env }) => env.map((one) => one.name)),
      ),
    ];
    expect(names.filter((one) => !known.has(one))).toEqual([]);
  });

  it.each(builds)(
    '%s: who is scaled by itself has no number of its own, which each roll-out would go back to',
    (_, built) => {
      const scaled = [...named(built, 'HorizontalPodAutoscaler').values()].map(
        (one) => (one.spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name,
      );
      expect(scaled.length).toBeGreaterThan(3);
      for (const [name, one] of named(built, 'Deployment')) {
        expect('replicas' in (one.spec as object), name).toBe(!scaled.includes(name));
      }
    },
  );

  it('autoscalers and budgets point at what exists', () => {
    const names = deployments.map((one) => one.name).sort();
    const targets = [...named(objects, 'HorizontalPodAutoscaler').values()].map(
      (one) => (one.spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name,
    );
    expect(names).toEqual(expect.arrayContaining(targets));
    expect([...named(objects, 'PodDisruptionBudget').keys()].sort()).toEqual(names);
  });

  it('ingresses lead to services, services to ports of pods', () => {
    const services = named(objects, 'Service');
    const backends = JSON.stringify([...named(objects, 'Ingress').values()]).matchAll(
      /"service":\{"name":"([^"]+)"/g,
    );
    for (const [, name = ''] of backends) expect(services.has(name), name).toBe(true);
    for (const service of services.values()) {
      const { ports, selector } = service.spec as {
        selector: Record<string, string>;
        ports: Array<{ port: number }>;
      };
      const target = deployments.find(
        ({ spec }) =>
          spec.selector.matchLabels['app.kubernetes.io/name'] ===
          selector['app.kubernetes.io/name'],
      );
      expect(target?.spec.template.spec.containers[0]?.ports).toContainEqual({
        name: 'http',
        containerPort: ports[0]?.port,
      });
    }
  });

  it('every image of ours has a Dockerfile, and production names each by a tag', () => {
    const files = readdirSync(path.join(rootDir, 'configs/docker'));
    for (const { image } of objects.flatMap(containersOf)) {
      expect(files).toContain(`${image.replace('medcall/', '')}.Dockerfile`);
    }
    for (const { image } of buildKustomization(path.join(overlays, 'production')).flatMap(
      containersOf,
    )) {
      expect(image).toMatch(/\/medcall\/[a-z-]+:(?!latest)\S+$/);
    }
  });
});
