import { appendFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { SystemSettings } from '../system/settings.ts';
import { type System, startSystem } from '../system/start-system.ts';

/** Starts everything but the frontend for a demonstration; its logs go to a file, not over the talk. */
export async function startForDemo(
  settings: SystemSettings,
  signal: AbortSignal,
): Promise<{ system: System; logFile: string }> {
  await mkdir(settings.dataDir, { recursive: true });
  const logFile = path.join(settings.dataDir, 'demo.log');
  const system = await startSystem({
    settings,
    services: ['gateway', 'ai-service', 'realtime-service'],
    demo: true,
    mode: 'dev',
    prepareDatabase: true,
    restart: false,
    env: process.env,
    onLine: (source, line) => appendFileSync(logFile, `${source} ${line}\n`),
    signal,
  });
  try {
    await system.ready(signal);
    return { system, logFile };
  } catch (error) {
    await system.stop();
    throw new Error(`O sistema não ficou pronto; o registro está em ${logFile}.`, { cause: error });
  }
}
