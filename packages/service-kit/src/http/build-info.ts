import { readFileSync } from 'node:fs';

/** What runs here: the version of the packages, and the build that the image was given. */
export interface BuildInfo {
  version: string;
  build: string;
}

const manifest: unknown = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** @param build MEDCALL_BUILD: the commit that the image was made of */
export function buildInfo(build: string): BuildInfo {
  const version =
    manifest !== null && typeof manifest === 'object' && 'version' in manifest
      ? String(manifest.version)
      : '0';
  return { version, build };
}
