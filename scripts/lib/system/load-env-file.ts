import { existsSync } from 'node:fs';
import path from 'node:path';
import { rootDir } from './settings.ts';

/** Reads `.env` of the repository, if there is one. What the environment already has wins. */
export function loadEnvFile(): void {
  const file = path.join(rootDir, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
