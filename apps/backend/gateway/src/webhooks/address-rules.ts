import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no webhook may reach: what IANA registers as not globally reachable
 * (iana-ipv4-special-registry, iana-ipv6-special-registry), and addresses in public ranges that clouds
 * keep for their own machinery.
 */
const refusedV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Azure's WireServer answers inside its machines at a public address.
  ['168.63.129.16', 32],
] as const;

/**
 * Global unicast is 2000::/3; everything else is refused without being named: loopback, mapped and
 * compatible IPv4, NAT64, unique local, link-local, site-local, multicast. Inside it:
 */
const refusedV6 = [
  // IETF protocol assignments: Teredo, ORCHID, benchmarking.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries an IPv4 address that would have to be looked at on its own.
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const;

const v4 = blockList('ipv4', refusedV4);
const v6 = blockList('ipv6', refusedV6);
const globalV6 = blockList('ipv6', [['2000::', 3]]);
const loopback = blockList('ipv4', [['127.0.0.0', 8]]);

/** True for an address of the public internet. Anything that is no address is none. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !v4.check(address, 'ipv4');
    case 6:
      // A zone names an interface of this machine.
      return (
        !address.includes('%') && globalV6.check(address, 'ipv6') && !v6.check(address, 'ipv6')
      );
    default:
      return false;
  }
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && loopback.check(address, 'ipv4'));
}

function blockList(
  family: 'ipv4' | 'ipv6',
  ranges: readonly (readonly [string, number])[],
): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, family);
  return list;
}
