import { z } from 'zod';

const lockFile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      integrity: z.string().optional(),
    }),
  ),
});

export const licencePolicy = z.strictObject({
  allowed: z.array(z.string()),
  exceptions: z.array(
    z.strictObject({ package: z.string(), licence: z.string(), why: z.string().min(20) }),
  ),
});
export type LicencePolicy = z.infer<typeof licencePolicy>;

export interface LockedPackage {
  name: string;
  version: string;
  licence: string;
  /** Only for development and tests: in no image. */
  dev: boolean;
  /** Hash of what is fetched; null for what comes inside another package. */
  integrity: string | null;
}

/** What package-lock.json installs, our own workspaces left out. */
export function lockedPackages(lock: unknown): LockedPackage[] {
  return Object.entries(lockFile.parse(lock).packages).flatMap(([place, one]) => {
    if (!place.includes('node_modules/') || one.link) return [];
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [
      {
        name,
        version: one.version ?? '?',
        licence: one.license ?? 'none named',
        dev: one.dev ?? false,
        integrity: one.integrity ?? null,
      },
    ];
  });
}

/** Packages whose licence the policy does not allow. */
export function refusedLicences(packages: LockedPackage[], policy: LicencePolicy): LockedPackage[] {
  return packages.filter(
    ({ licence, name }) =>
      !isAllowed(licence, policy.allowed) &&
      !policy.exceptions.some(
        (exception) =>
          matches(name, exception.package) &&
          (exception.licence === '*' || exception.licence === licence),
      ),
  );
}

/** An SPDX expression of names, AND and OR: of AND every part must be allowed, of OR one. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const plain = expression.replaceAll(/[()]/g, ' ').trim();
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => allowed.includes(one.trim())));
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
