/**
 * `npm run dev`: the whole system on this machine with demonstration data; `npm run dev:<service>`:
 * one service on the same database and secrets, in a terminal of its own.
 */
import { aborted, abortOnSignal } from './lib/system/abort-on-signal.ts';
import { printLine } from './lib/system/console.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { readyTable } from './lib/system/ready-table.ts';
import { runScript } from './lib/system/run-script.ts';
import { isServiceName, readSettings, serviceNames } from './lib/system/settings.ts';
import { startSystem } from './lib/system/start-system.ts';

async function dev(): Promise<void> {
  const only = process.argv[2];
  if (only !== undefined && !isServiceName(only)) {
    throw new Error(`Serviço desconhecido: ${only}. Há ${serviceNames.join(', ')}.`);
  }
  loadEnvFile();
  const controller = new AbortController();
  abortOnSignal(controller);
  const { signal } = controller;
  const system = await startSystem({
    settings: readSettings(process.env),
    services: only === undefined ? serviceNames : [only],
    demo: process.env.MEDCALL_DEMO !== '0',
    mode: 'dev',
    prepareDatabase: true,
    restart: true,
    env: process.env,
    onLine: printLine,
    signal,
  });
  try {
    await system.ready(signal);
    process.stdout.write(readyTable(system));
    await aborted(signal);
  } finally {
    printLine('medcall', 'Encerrando…');
    await system.stop();
  }
}

runScript(dev);
