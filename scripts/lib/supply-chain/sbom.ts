import type { LockedPackage } from './licences.ts';

/** What a bill of materials is about. */
export interface Product {
  name: string;
  version: string;
}

/**
 * A software bill of materials in CycloneDX 1.5: what production installs, each with its licence, its address as a
 * package URL and the hash that the lock file holds. Made from the lock file, because `npm sbom --omit=dev` leaves
 * out what only a workspace needs (a fifth of ours). The same lock gives the same bill.
 */
export function billOfMaterials(product: Product, packages: readonly LockedPackage[]): object {
  const unique = new Map(
    packages.filter(({ dev }) => !dev).map((one) => [`${one.name}@${one.version}`, one]),
  );
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', ...product } },
    components: [...unique.values()]
      .sort((a, b) => purlOf(a).localeCompare(purlOf(b), 'en'))
      .map((one) => ({
        type: 'library',
        'bom-ref': purlOf(one),
        name: one.name,
        version: one.version,
        purl: purlOf(one),
        licenses: [licenceOf(one.licence)],
        ...(one.integrity === null ? {} : { hashes: one.integrity.split(' ').map(hashOf) }),
      })),
  };
}

function purlOf({ name, version }: LockedPackage): string {
  // The scope's @ is encoded, its slash is not (purl specification, type npm).
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** One SPDX name is an id, anything composed is an expression. */
function licenceOf(licence: string) {
  return /^[\w.+-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence };
}

/** `sha512-…` in base64, as a lock file has it. */
function hashOf(integrity: string) {
  const [algorithm = '', digest = ''] = integrity.split('-', 2);
  return {
    alg: algorithm.replace(/^sha(\d+)$/, (_whole, bits: string) => `SHA-${bits}`),
    content: Buffer.from(digest, 'base64').toString('hex'),
  };
}
