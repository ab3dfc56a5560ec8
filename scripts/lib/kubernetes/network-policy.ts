import { z } from 'zod';
import type { Manifest } from './kustomize.ts';

const labels = z.record(z.string(), z.string());
/** The part of Kubernetes' selectors that our files use; a word beyond it is refused. */
const selector = z.strictObject({
  matchLabels: labels.optional(),
  matchExpressions: z
    .array(
      z.strictObject({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }),
    )
    .optional(),
});
const peer = z.union([
  z.strictObject({ podSelector: selector.optional(), namespaceSelector: selector.optional() }),
  z.strictObject({
    ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).optional() }),
  }),
]);
const port = z.strictObject({
  port: z.union([z.string(), z.number()]),
  /** The last of a range that `port` begins. */
  endPort: z.number().optional(),
  protocol: z.string().optional(),
});
const ports = z.array(port).optional();
const policy = z.looseObject({
  spec: z.strictObject({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.strictObject({ from: z.array(peer).optional(), ports })).optional(),
    egress: z.array(z.strictObject({ to: z.array(peer).optional(), ports })).optional(),
  }),
});

/** One end of a connection: a pod of ours or of another namespace, or an address outside the cluster. */
export type Place =
  | { kind: 'pod'; labels: Record<string, string>; namespace: string }
  | { kind: 'outside'; address: string };

/** @param port as its Service or container calls it, or its number */
export interface Way {
  from: Place;
  to: Place;
  port: string | number;
}

/**
 * Whether NetworkPolicies let a connection through, by Kubernetes' rules: a pod that no policy selects for a
 * direction is open in it; one that is selected takes what at least one policy names. Both ends must.
 * Of addresses outside only whether they are in an excepted block of IPv4 counts.
 */
export function isOpen(objects: readonly Manifest[], { from, port: wanted, to }: Way): boolean {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map((one) => ({ namespace: one.metadata.namespace, ...policy.parse(one).spec }));
  const end = (place: Place, direction: 'Ingress' | 'Egress', other: Place): boolean => {
    if (place.kind === 'outside') return true;
    const chosen = policies.filter(
      (one) =>
        one.policyTypes.includes(direction) &&
        one.namespace === place.namespace &&
        selects(one.podSelector, place.labels),
    );
    if (chosen.length === 0) return true;
    return chosen.some((one) => {
      const rules =
        direction === 'Ingress'
          ? (one.ingress ?? []).map((rule) => ({ peers: rule.from, ports: rule.ports }))
          : (one.egress ?? []).map((rule) => ({ peers: rule.to, ports: rule.ports }));
      return rules.some(
        (rule) =>
          (rule.ports === undefined || rule.ports.some((named) => isPort(named, wanted))) &&
          (rule.peers === undefined ||
            rule.peers.some((named) => isPeer(named, other, one.namespace))),
      );
    });
  };
  return end(from, 'Egress', to) && end(to, 'Ingress', from);
}

function isPort(named: z.infer<typeof port>, wanted: string | number): boolean {
  if (named.port === wanted) return true;
  if (typeof named.port !== 'number' || typeof wanted !== 'number') return false;
  return named.port < wanted && wanted <= (named.endPort ?? named.port);
}

function isPeer(
  named: z.infer<typeof peer>,
  place: Place,
  ownNamespace: string | undefined,
): boolean {
  if ('ipBlock' in named) {
    const { cidr, except = [] } = named.ipBlock;
    return (
      place.kind === 'outside' &&
      isIn(place.address, cidr) &&
      !except.some((block) => isIn(place.address, block))
    );
  }
  if (place.kind === 'outside') return false;
  const { namespaceSelector, podSelector } = named;
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': place.namespace })
    : place.namespace === ownNamespace;
  return inNamespace && (podSelector === undefined || selects(podSelector, place.labels));
}

function selects(
  { matchExpressions = [], matchLabels = {} }: z.infer<typeof selector>,
  has: Record<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => has[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(has[key] ?? ''))
  );
}

function isIn(address: string, block: string): boolean {
  const [network = '', length = '0'] = block.split('/');
  if (network.includes(':')) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(asNumber(address) / size) === Math.floor(asNumber(network) / size);
}

function asNumber(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
