import { resolve } from 'node:path';

/** Root of the repository. */
export const projectRoot = resolve(import.meta.dirname, '../../../../..');
