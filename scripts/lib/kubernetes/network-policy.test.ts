import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../system/settings.ts';
import { buildKustomization } from './kustomize.ts';
import { isOpen, type Place } from './network-policy.ts';

const namespace = 'medcall';
const objects = buildKustomization(path.join(rootDir, 'configs/k8s-overlays/production'));

const ours = (name: string): Place => ({
  kind: 'pod',
  namespace,
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'medcall' },
});
const theirs = (of: string, labels: Record<string, string> = {}): Place => ({
  kind: 'pod',
  namespace: of,
  labels,
});
const outside = (address: string): Place => ({ kind: 'outside', address });
const everyone = ['frontend', 'gateway', 'worker', 'realtime-service', 'ai-service', 'migrate'];

/** The arrows of docs/ARCHITECTURE.md, and what an operator adds to them. */
const arrows: Array<[from: Place, to: Place, port: string | number]> = [
  ...['frontend', 'gateway', 'realtime-service'].flatMap((name): typeof arrows => [
    [theirs('traefik'), ours(name), 'http'],
    [theirs('ingress-nginx'), ours(name), 'http'],
  ]),
  [ours('frontend'), ours('gateway'), 'http'],
  [ours('gateway'), ours('realtime-service'), 'http'],
  [ours('gateway'), ours('ai-service'), 'http'],
  [ours('worker'), ours('ai-service'), 'http'],
  [ours('realtime-service'), ours('ai-service'), 'http'],
  [ours('realtime-service'), ours('gateway'), 'http'],
  [ours('ai-service'), ours('gateway'), 'http'],
  ...everyone.flatMap((name): typeof arrows => [
    [ours(name), theirs('kube-system', { 'k8s-app': 'kube-dns' }), 53],
    [ours(name), theirs('monitoring'), 4318],
  ]),
  ...everyone
    .slice(1)
    .map((name): (typeof arrows)[number] => [ours(name), outside('10.20.0.5'), 5432]),
  // A webhook on a port of its own.
  [ours('worker'), outside('52.67.10.1'), 8443],
  [ours('gateway'), outside('52.67.10.1'), 8443],
  ...['gateway', 'worker', 'realtime-service', 'ai-service'].flatMap((name): typeof arrows => [
    [ours(name), outside('10.20.0.6'), 6379],
    [ours(name), outside('52.67.10.1'), 443],
    [theirs('monitoring'), ours(name), 'metrics'],
  ]),
];

const closed: Array<[from: Place, to: Place, port: string | number]> = [
  [theirs('traefik'), ours('ai-service'), 'http'],
  [theirs('default'), ours('gateway'), 'http'],
  [theirs('default'), ours('gateway'), 'metrics'],
  [theirs('traefik'), ours('gateway'), 'metrics'],
  [ours('frontend'), ours('ai-service'), 'http'],
  [ours('frontend'), ours('realtime-service'), 'http'],
  [ours('frontend'), outside('10.20.0.5'), 5432],
  [ours('frontend'), outside('10.20.0.6'), 6379],
  [ours('migrate'), ours('gateway'), 'http'],
  [ours('gateway'), theirs('default'), 'http'],
  [ours('gateway'), theirs('monitoring'), 9090],
  [ours('worker'), outside('52.67.10.1'), 80],
  [ours('worker'), outside('52.67.10.1'), 22],
  [ours('worker'), outside('10.20.0.7'), 8443],
  [ours('realtime-service'), outside('52.67.10.1'), 8443],
  // The cloud's metadata: credentials of the machine.
  ...everyone.map((name): (typeof closed)[number] => [ours(name), outside('169.254.169.254'), 443]),
];

const named = (place: Place) =>
  place.kind === 'outside'
    ? place.address
    : (place.labels['app.kubernetes.io/name'] ?? place.namespace);
const titled = (ways: typeof arrows) =>
  ways.map(
    ([from, to, port]) => [`${named(from)} → ${named(to)}:${port}`, { from, to, port }] as const,
  );

describe('the network policies', () => {
  it.each(titled(arrows))('let %s through', (_, way) => {
    expect(isOpen(objects, way)).toBe(true);
  });

  it.each(titled(closed))('keep %s shut', (_, way) => {
    expect(isOpen(objects, way)).toBe(false);
  });

  it('without them everything is open', () => {
    const without = objects.filter(({ kind }) => kind !== 'NetworkPolicy');
    for (const [from, to, port] of closed) expect(isOpen(without, { from, to, port })).toBe(true);
  });
});
