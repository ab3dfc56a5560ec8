/**
 * `npm start`: production on one machine. Nothing is made up: configuration, database and secrets
 * come from the environment (see .env.example), there is no demonstration data, and the frontend is
 * the one that `npm run build` made.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { aborted, abortOnSignal } from './lib/system/abort-on-signal.ts';
import { printLine } from './lib/system/console.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { requiredInProduction } from './lib/system/required-in-production.ts';
import { runScript } from './lib/system/run-script.ts';
import { readSettings, rootDir, serviceNames } from './lib/system/settings.ts';
import { startSystem } from './lib/system/start-system.ts';

async function start(): Promise<void> {
  loadEnvFile();
  const missing = requiredInProduction.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(
      `Falta configurar: ${missing.join(', ')}. Veja .env.example; para experimentar, use npm run dev.`,
    );
  }
  if (!existsSync(path.join(rootDir, 'apps/frontend/.next/BUILD_ID'))) {
    throw new Error('O frontend ainda não foi construído: rode npm run build.');
  }
  const controller = new AbortController();
  abortOnSignal(controller);
  const system = await startSystem({
    settings: readSettings(process.env),
    services: serviceNames,
    demo: false,
    mode: 'start',
    prepareDatabase: false,
    restart: true,
    env: process.env,
    // Structured lines go out as they are: a log collector reads them, not a person.
    onLine: (source, line) =>
      line.startsWith('{') ? process.stdout.write(`${line}\n`) : printLine(source, line),
    signal: controller.signal,
  });
  try {
    await system.ready(controller.signal);
    printLine('medcall', 'No ar.');
    await aborted(controller.signal);
  } finally {
    await system.stop();
  }
}

runScript(start);
