/**
 * `npm run verify:kills -- [--seed N] [--rounds N] [--real N] [--workers N] [--in-person] [--fresh]`: ends the real
 * service with SIGKILL at ten stages of the pipeline and looks whether anything was lost or doubled. Each
 * result is kept as it comes, so that a run that was interrupted goes on where it was.
 */
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { ordersOf, stageOf } from './kills/plan.ts';
import { killsAsMarkdown, summariseKills } from './kills/report.ts';
import {
  type KillResult,
  killResult,
  passed,
  runKill,
  runUndisturbed,
  type Undisturbed,
} from './kills/round.ts';
import { type Bench, startBench } from './lib/bench.ts';
import type { ServiceProcess } from './lib/service-process.ts';
import { stretches } from './lib/sound.ts';

const stubDecoder = fileURLToPath(new URL('./lib/stub-decoder.ts', import.meta.url));
const reports = path.join(rootDir, 'docs/reports');
/** A kill that did not happen (the stage was passed less often this time) is tried with a lower number. */
const attempts = 3;

const say = (line: string) => process.stdout.write(`${line}\n`);

const engines = {
  stub: { env: { MEDCALL_TEST_DECODER: stubDecoder }, seconds: 24, sounds: 8, speed: 8 },
  whisper: { env: {}, seconds: 20, sounds: 2, speed: 2 },
} as const;
type Engine = keyof typeof engines;

interface Options {
  seed: number;
  rounds: number;
  real: number;
  workers: number;
  /** One microphone and two voices instead of two tracks. */
  inPerson: boolean;
}

runScript(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '2026' },
      rounds: { type: 'string', default: '200' },
      real: { type: 'string', default: '10' },
      workers: { type: 'string', default: '2' },
      'in-person': { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  });
  const options: Options = {
    seed: Number(values.seed),
    rounds: Number(values.rounds),
    real: Number(values.real),
    workers: Number(values.workers),
    inPerson: values['in-person'],
  };
  const suffix = options.inPerson ? '-in-person' : '';
  const folder = path.join(rootDir, '.data/verify');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `kills${suffix}-${options.seed}.jsonl`);
  if (values.fresh) await rm(file, { force: true });
  const results = await readResults(file);
  await runRounds(options, results, async (result) => {
    results.push(result);
    await appendFile(file, `${JSON.stringify(result)}\n`);
    const outcome = passed(result) ? 'ok' : 'FAILED';
    say(
      `${results.length}/${options.rounds} #${result.number} ${result.engine} ${result.stage} ×${result.passes}: ${outcome}, ${result.kills} kill(s), ${result.utterances} rows, down ${result.downSeconds} s`,
    );
    if (result.failure) say(result.failure);
  });
  results.sort((a, b) => a.number - b.number);
  const report = summariseKills(options.seed, new Date().toISOString().slice(0, 10), results);
  if (options.rounds >= 200) {
    await mkdir(reports, { recursive: true });
    await writeFile(
      path.join(reports, `verify-kills${suffix}.json`),
      `${JSON.stringify(report, null, 1)}\n`,
    );
    await writeFile(path.join(reports, `verify-kills${suffix}.md`), killsAsMarkdown(report));
  }
  say(killsAsMarkdown(report));
  if (report.passed < report.rounds) process.exitCode = 1;
});

async function readResults(file: string): Promise<KillResult[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => killResult.parse(JSON.parse(line)));
}

async function runRounds(
  { inPerson, real, rounds, seed, workers }: Options,
  done: readonly KillResult[],
  onResult: (result: KillResult) => Promise<void>,
): Promise<void> {
  const known = new Set(done.map(({ number }) => number));
  const open = Array.from({ length: rounds }, (_, number) => number).filter((n) => !known.has(n));
  if (open.length === 0) return;
  const bench = await startBench();
  try {
    const work = async (worker: number) => {
      const hand = await aHand(bench, worker, { seed, inPerson });
      for (let number = open.shift(); number !== undefined; number = open.shift()) {
        // The real decoder in the last rounds: all stages in their turn.
        const result = await hand(number, number >= rounds - real ? 'whisper' : 'stub');
        if (bench.interrupted) return;
        await onResult(result);
      }
    };
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  } finally {
    await bench.stop();
  }
}

/** One worker: a service of its own for each engine, and what undisturbed runs gave there. */
async function aHand(
  bench: Bench,
  worker: number,
  { inPerson, seed }: Pick<Options, 'inPerson' | 'seed'>,
) {
  const undisturbed = new Map<string, Undisturbed>();
  const services = new Map<Engine, ServiceProcess>();
  return async (number: number, engine: Engine): Promise<KillResult> => {
    const { env, seconds, sounds, speed } = engines[engine];
    const name = `${engine}-${worker}`;
    const dataDir = path.join(bench.folder, name);
    const service = services.get(engine) ?? (await bench.aService({ name, env }));
    services.set(engine, service);
    const all = await stretches(sounds, seconds);
    const sound = all[Math.floor(number / 10) % all.length] ?? all[0];
    if (!sound) throw new Error('there is no sound');
    const key = `${engine} ${sound.name}`;
    const measure =
      undisturbed.get(key) ??
      (await runUndisturbed(bench, service, dataDir, sound, { speed, inPerson }));
    undisturbed.set(key, measure);
    for (let attempt = 1; ; attempt++) {
      const orders = ordersOf(seed, number, measure.passes, attempt);
      const round = { number, engine, sound, speed, inPerson, orders };
      const result = await runKill(bench, service, dataDir, round, measure);
      if (result.kills > 0 || attempt === attempts || result.failure) return result;
      say(`#${number} ${stageOf(number)}: not passed ${orders[0].passes} times, again`);
    }
  };
}
