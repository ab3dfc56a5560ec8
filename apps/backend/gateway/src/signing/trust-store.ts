import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateRefused } from './certificate-refused.ts';

/** A chain up to a root that this installation trusts; the root itself is not in it. */
export interface TrustedChain {
  /** The holder's first. */
  chain: X509Certificate[];
  root: X509Certificate;
  /** The root is one of the test folder: signatures under it have no legal value, and say so. */
  isTest: boolean;
}

export interface TrustStore {
  /** Whether there is any root: without one no certificate can be taken. */
  readonly isEmpty: boolean;
  /** @throws CertificateRefused no_roots, expired, not_yet_valid, unknown_chain */
  chainOf(leaf: X509Certificate, others: readonly X509Certificate[], at: Date): TrustedChain;
}

/** Longer than any of ICP-Brasil, whose chains have three or four links. */
const longestChain = 8;

/**
 * The roots of a folder, PEM or DER, as ITI publishes them; authorities below a root may lie there too.
 * @param folder none: nobody is trusted. `teste/` below it counts only where `allowTest` is true
 */
export async function loadTrustStore(
  folder: string | undefined,
  allowTest: boolean,
): Promise<TrustStore> {
  const real = folder === undefined ? [] : await certificatesIn(folder);
  const test =
    folder === undefined || !allowTest ? [] : await certificatesIn(join(folder, 'teste'));
  const isSelfSigned = (one: X509Certificate) => one.checkIssued(one) && one.verify(one.publicKey);
  const roots = [
    ...real.filter(isSelfSigned).map((root) => ({ root, isTest: false })),
    ...test.filter(isSelfSigned).map((root) => ({ root, isTest: true })),
  ];
  const known = [...real, ...test].filter((one) => !isSelfSigned(one));
  return {
    isEmpty: roots.length === 0,
    chainOf(leaf, others, at) {
      if (roots.length === 0) throw new CertificateRefused('no_roots');
      if (at < new Date(leaf.validFrom)) throw new CertificateRefused('not_yet_valid');
      if (at > new Date(leaf.validTo)) throw new CertificateRefused('expired');
      const chain = [leaf];
      for (let last = leaf; chain.length < longestChain; ) {
        const found = roots.find(({ root }) => isIssuer(root, last, at));
        if (found) return { chain, ...found };
        const next = [...others, ...known].find(
          (one) => !chain.includes(one) && isIssuer(one, last, at),
        );
        if (!next) break;
        chain.push(next);
        last = next;
      }
      throw new CertificateRefused('unknown_chain');
    },
  };
}

/** Name and key identifier, the right to issue, the signature itself, and its own time. */
function isIssuer(issuer: X509Certificate, subject: X509Certificate, at: Date): boolean {
  return (
    issuer.ca &&
    subject.checkIssued(issuer) &&
    at >= new Date(issuer.validFrom) &&
    at <= new Date(issuer.validTo) &&
    subject.verify(issuer.publicKey)
  );
}

async function certificatesIn(folder: string): Promise<X509Certificate[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => /\.(crt|cer|pem)$/i.test(name)).sort();
  const all = await Promise.all(files.map((name) => readFile(join(folder, name))));
  return all.flatMap(certificatesOf);
}

function certificatesOf(file: Buffer): X509Certificate[] {
  const blocks = file
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  return (blocks ?? [file]).map((one) => new X509Certificate(one));
}
