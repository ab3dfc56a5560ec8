/**
 * `npm run demo`: plays recorded consultations into the running system (starting it when nothing
 * runs) as a doctor's and a patient's client would, prints what comes back, and measures it.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { styleText } from 'node:util';
import type { SuggestionEvent, TranscriptionEvent } from '@medcall/shared-types';
import { ApiClient } from './lib/client/api.ts';
import type { Stage } from './lib/client/fill-room.ts';
import { readDialogue } from './lib/demo/dialogue.ts';
import { doctorSession } from './lib/demo/doctor-session.ts';
import { startForDemo } from './lib/demo/local-system.ts';
import {
  type DialogueReport,
  lagsOf,
  measure,
  type PooledReport,
  pool,
  turnsOf,
} from './lib/demo/measure.ts';
import { type DemoOptions, parseDemoOptions, usage } from './lib/demo/options.ts';
import { playConsultation } from './lib/demo/play-consultation.ts';
import { closingTable, questionLine, utteranceLine } from './lib/demo/print.ts';
import { inPersonTable } from './lib/demo/print-in-person.ts';
import { runInPerson } from './lib/demo/run-in-person.ts';
import { abortOnSignal } from './lib/system/abort-on-signal.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { runScript } from './lib/system/run-script.ts';
import { readSettings, type SystemSettings, urlsOf } from './lib/system/settings.ts';
import type { System } from './lib/system/start-system.ts';
import { answers } from './lib/system/wait-until.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);
const note = (text: string) => print(styleText('dim', text));

async function demo(): Promise<void> {
  if (process.argv.includes('--help')) {
    print(usage);
    return;
  }
  loadEnvFile();
  const settings = readSettings(process.env);
  const options = parseDemoOptions(process.argv.slice(2), settings);
  const controller = new AbortController();
  abortOnSignal(controller);
  const system = await ensureRunning(options, settings, controller.signal);
  // The play is not told to stop: an interrupt closes the sockets with the process, after the system.
  const interrupted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  });
  try {
    await Promise.race([playAll(options), interrupted]);
  } finally {
    if (system) {
      note('Encerrando o que foi iniciado…');
      await system.stop();
    }
  }
}

async function ensureRunning(
  options: DemoOptions,
  settings: SystemSettings,
  signal: AbortSignal,
): Promise<System | null> {
  if (await answers(`${options.gateway}/api/health`)) return null;
  if (options.gateway !== urlsOf(settings.ports).gateway) {
    throw new Error(`${options.gateway} não responde.`);
  }
  note('O sistema não está no ar; iniciando…');
  const { system, logFile } = await startForDemo(settings, signal);
  note(`No ar. Registro em ${logFile}.`);
  return system;
}

async function playAll(options: DemoOptions): Promise<void> {
  const doctorToken = await doctorSession({
    authUrl: options.auth,
    anonKey: options.anonKey,
    email: options.email,
    password: options.password,
  });
  const me = await new ApiClient(options.gateway, await doctorToken()).me();
  const stage: Stage = {
    gateway: options.gateway,
    realtimeUrl: options.realtime ?? me.realtimeUrl,
    me,
    doctorToken,
  };
  const { inPerson } = options;
  if (inPerson) {
    const pooled = await runInPerson(stage, { ...options, inPerson }, screen);
    await conclude(options, inPersonTable(pooled), pooled);
    return;
  }
  const pooled = await playCalls(stage, options);
  await conclude(options, closingTable(pooled), pooled);
}

/** What a person sees while it plays. */
const screen = {
  onDialogue: (title: string) => print(styleText('bold', `\n${title}`)),
  onStage: note,
  onTranscription: (event: TranscriptionEvent) => {
    if (event.isFinal) print(utteranceLine(event));
  },
  onSuggestion: (event: SuggestionEvent) => print(questionLine(event)),
};

async function playCalls(stage: Stage, options: DemoOptions): Promise<PooledReport> {
  const dialogues = await Promise.all(
    options.audio.map((folder) => readDialogue(path.resolve(folder))),
  );
  const reports: DialogueReport[] = [];
  const lags: number[] = [];
  for (const dialogue of dialogues) {
    const { reference } = dialogue;
    screen.onDialogue(reference.title ?? reference.id);
    const played = await playConsultation(stage, dialogue, { speed: options.speed, ...screen });
    reports.push(measure(played, reference, dialogue.durationMs));
    lags.push(...lagsOf(played, turnsOf(reference)).first);
  }
  return pool(reports, lags);
}

async function conclude(options: DemoOptions, table: string, report: object): Promise<void> {
  print(`\n${table}`);
  if (options.report === undefined) return;
  await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
  note(`Medidas em ${options.report}`);
}

runScript(demo);
