import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './address-rules.ts';

/** Where a name points to; a test brings its own. */
export type Resolve = (host: string) => Promise<string[]>;

export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

export interface TargetRules {
  resolve: Resolve;
  /** Lets http and this very machine pass. */
  allowLoopback: boolean;
}

/** A checked address to connect to. The name is for Host and TLS alone: it is not resolved again. */
export interface WebhookTarget {
  url: URL;
  host: string;
  address: string;
}

export type TargetRefusal =
  | 'not_a_url'
  | 'not_https'
  | 'has_credentials'
  | 'bad_port'
  | 'private_address'
  | 'unresolved';
export type TargetCheck =
  | { kind: 'target'; target: WebhookTarget }
  | { kind: 'refused'; why: TargetRefusal };

/** Names that mean a machine's own network, whatever a resolver makes of them. */
const localNames =
  /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|onion|test|invalid|example)$/;
const properName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
/** Ports below 1024 belong to services that are no web servers. */
const lowPorts = new Set(['', '80', '443']);

/**
 * Checks an address for a webhook and pins it: the name is resolved once, every answer must be public,
 * and the connection goes to the checked answer, so that a name cannot point elsewhere a moment later.
 */
export async function checkTarget(text: string, rules: TargetRules): Promise<TargetCheck> {
  // The parser drops line breaks and tabs; whoever writes them has something in mind.
  if (!URL.canParse(text) || /[\s\\]/.test(text)) return refused('not_a_url');
  const url = new URL(text);
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase();
  if (url.username !== '' || url.password !== '') return refused('has_credentials');
  if (url.protocol !== 'https:' && !(rules.allowLoopback && url.protocol === 'http:')) {
    return refused('not_https');
  }
  if (host === '') return refused('not_a_url');
  if (Number(url.port) < 1024 && !lowPorts.has(url.port)) return refused('bad_port');

  const ownMachine = host === 'localhost' || isLoopbackAddress(host);
  if (url.protocol === 'http:' && !ownMachine) return refused('not_https');
  const mayPass = (address: string) =>
    ownMachine ? rules.allowLoopback && isLoopbackAddress(address) : isPublicAddress(address);
  if (isIP(host) !== 0) {
    return mayPass(host)
      ? { kind: 'target', target: { url, host, address: host } }
      : refused('private_address');
  }
  const named = properName.test(host) && !localNames.test(host);
  if (!named && !(rules.allowLoopback && ownMachine)) return refused('private_address');

  const addresses = await rules.resolve(host).catch(() => []);
  const [address] = addresses;
  if (address === undefined) return refused('unresolved');
  // One bad answer among good ones is an attack, or a mistake that is worth hearing of.
  if (!addresses.every(mayPass)) return refused('private_address');
  return { kind: 'target', target: { url, host, address } };
}

function refused(why: TargetRefusal): TargetCheck {
  return { kind: 'refused', why };
}
