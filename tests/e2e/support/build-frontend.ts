import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { nextBinary } from '../../../scripts/lib/system/service-list.ts';
import { rootDir } from '../../../scripts/lib/system/settings.ts';

const frontendDir = path.join(rootDir, 'apps', 'frontend');

/**
 * Vitest's global setup of the end-to-end tests: `next build`, once for all of them, as `npm run build` does it. With E2E_REUSE_BUILD=1 an existing build is kept: for
 * working on the tests themselves.
 */
export default async function buildFrontend(): Promise<void> {
  const reuse = process.env.E2E_REUSE_BUILD === '1';
  if (reuse && existsSync(path.join(frontendDir, '.next', 'BUILD_ID'))) return;
  const { NODE_ENV: _test, VITEST: _vitest, ...env } = process.env;
  const said: string[] = [];
  const child = spawn(process.execPath, [nextBinary(frontendDir), 'build'], {
    cwd: frontendDir,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`next build failed:\n${said.join('').slice(-4000)}`);
}
