import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Clock, Logger } from '@medcall/service-kit';
import { Certificate, CertificateRevocationList } from 'pkijs';
import { Agent, request } from 'undici';
import { isLoopbackAddress, isPublicAddress } from '../webhooks/address-rules.ts';
import type { Resolve } from '../webhooks/webhook-target.ts';
import { factsOf } from './certificate-facts.ts';
import type { TrustedChain } from './trust-store.ts';

/** `unknown`: no list could be read, or the certificate names none. */
export type RevocationState = 'good' | 'revoked' | 'unknown';

export interface Revocation {
  /** Asks the lists of each authority of the chain (RFC 5280, 5), kept until their next issue. */
  stateOf(chain: TrustedChain): Promise<RevocationState>;
}

export interface RevocationDeps {
  clock: Clock;
  logger: Logger;
  resolve: Resolve;
  /** For a demonstration, whose authority is this very machine. */
  allowLoopback: boolean;
}

const timeoutMs = 4_000;
const maxBytes = 20 * 1024 * 1024;
/** ICP-Brasil's authorities issue a list at least every 6 hours (DOC-ICP-05). */
const longestKeptMs = 6 * 3_600_000;
const mostKept = 50;

export function createRevocation(deps: RevocationDeps): Revocation {
  const { clock, logger } = deps;
  const kept = new Map<string, { list: CertificateRevocationList; until: number }>();

  async function listAt(url: string): Promise<CertificateRevocationList> {
    const known = kept.get(url);
    if (known && known.until > clock.now()) return known.list;
    const list = CertificateRevocationList.fromBER(new Uint8Array(await fetchList(url, deps)));
    const next = list.nextUpdate?.value.getTime() ?? 0;
    if (kept.size >= mostKept) kept.clear();
    kept.set(url, { list, until: Math.min(next, clock.now() + longestKeptMs) });
    return list;
  }

  async function stateOfOne(
    one: X509Certificate,
    issuer: X509Certificate,
  ): Promise<RevocationState> {
    const certificate = parse(one);
    for (const url of factsOf(one).crlUrls) {
      try {
        const list = await listAt(url);
        const isOurs = list.issuer.isEqual(certificate.issuer);
        const isCurrent = (list.nextUpdate?.value.getTime() ?? 0) > clock.now();
        if (!isOurs || !isCurrent || !(await list.verify({ issuerCertificate: parse(issuer) }))) {
          logger.warn({ url }, 'a revocation list is not the authority’s, or is out of date');
          continue;
        }
        return list.isCertificateRevoked(certificate) ? 'revoked' : 'good';
      } catch (error) {
        logger.warn({ err: error, url }, 'a revocation list cannot be read');
      }
    }
    return 'unknown';
  }

  return {
    async stateOf({ chain, root }) {
      const states = await Promise.all(
        chain.map((one, index) => stateOfOne(one, chain[index + 1] ?? root)),
      );
      if (states.includes('revoked')) return 'revoked';
      // The holder's own list is the one that changes; an authority's is often not named in test chains.
      return states[0] ?? 'unknown';
    },
  };
}

function parse(one: X509Certificate): Certificate {
  return Certificate.fromBER(new Uint8Array(one.raw));
}

/** The address is checked and pinned: a certificate must not send us into our own network. */
async function fetchList(
  written: string,
  { allowLoopback, resolve }: RevocationDeps,
): Promise<ArrayBuffer> {
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error('neither http nor https');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolve(host);
  const mayPass = (address: string) =>
    isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
  const [address] = addresses;
  if (address === undefined || !addresses.every(mayPass)) throw new Error('no public address');
  const agent = new Agent({
    maxResponseSize: maxBytes,
    connect: {
      lookup: (_host, options, answer) => {
        const family = isIP(address);
        if (options.all) answer(null, [{ address, family }]);
        else answer(null, address, family);
      },
    },
  });
  try {
    const response = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    return await response.body.arrayBuffer();
  } finally {
    await agent.destroy();
  }
}
