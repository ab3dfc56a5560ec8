import { spawnSync } from 'node:child_process';

/** Poppler's `pdfsig` and NSS' `certutil`: whether they are here, and where. */
export const pdfsigPath = process.env.PDFSIG_PATH ?? 'pdfsig';
export const certutilPath = process.env.CERTUTIL_PATH ?? 'certutil';

/** Whether PDF signatures can be checked by a program that has nothing in common with ours. */
export function hasPdfsig(): boolean {
  return runs(pdfsigPath, '-v') && runs(certutilPath, '-H');
}

function runs(program: string, flag: string): boolean {
  return spawnSync(program, [flag], { stdio: 'ignore' }).error === undefined;
}
