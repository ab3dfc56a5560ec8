/** `npm run bench -- [--only NAME]… [--rounds N] [--json FILE]`: ratios within one run; see README.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, startBench } from '../scripts/verify/lib/bench.ts';
import { LEAST_ROUNDS, type RatioResult } from './ratios/compare.ts';
import { gatewayProxy } from './ratios/gateway.ts';
import { ingest } from './ratios/ingest.ts';
import { lagOfFirstFinal } from './ratios/live-lag.ts';
import { inventedWords } from './ratios/non-speech.ts';
import { persistence } from './ratios/persistence.ts';
import { roomsHeld } from './ratios/rooms-held.ts';
import { adaptiveWindow } from './ratios/window.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: String(LEAST_ROUNDS) },
    models: { type: 'string', default: join(import.meta.dirname, '../models') },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const { models } = values;

const say = (line: string) => process.stdout.write(`${line}\n`);
const two = (value: number) => value.toFixed(2);

function ratioLine(result: RatioResult): string {
  const { control, microsPerUnit, name, ratio, spread, unit, valid } = result;
  const costs = `${microsPerUnit.tested.toFixed(1)} / ${microsPerUnit.base.toFixed(1)} µs per ${unit}`;
  const verdict = valid ? '' : '  VOID: the yardstick was not as fast as itself';
  return `${name}: ${two(ratio)} (${two(spread[0])}–${two(spread[1])}) · ${costs} · A/A ${two(control)} · ${result.rounds} rounds${verdict}`;
}

const withDatabase = (measure: (bench: Bench) => Promise<RatioResult>) => async () => {
  const bench = await startBench();
  try {
    return ratioOf(await measure(bench));
  } finally {
    await bench.stop();
  }
};

interface Outcome {
  line: string;
  figures: unknown;
  valid: boolean;
}

function ratioOf(result: RatioResult): Outcome {
  return { line: ratioLine(result), figures: result, valid: result.valid };
}

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

const measurements: Record<string, () => Promise<Outcome>> = {
  lag: async () => ratioOf(await lagOfFirstFinal(models, rounds)),
  async rooms() {
    const held = await roomsHeld(models);
    const line = `rooms held at p95 ≤ 3 s ÷ offline limit: ${two(held.ratio)} · ${held.held} of ${two(held.offlineLimit)} rooms on one decoder, p95 ${two(held.p95Seconds)} s · WER first ${percent(held.wer.first)} (alone ${percent(held.werAlone.first)}), last ${percent(held.wer.last)} (alone ${percent(held.werAlone.last)}) · A/A ${two(held.control)}${held.valid ? '' : '  VOID'}`;
    return { line, figures: held, valid: held.valid };
  },
  window: async () => ratioOf(await adaptiveWindow(models, rounds)),
  async 'non-speech'() {
    const words = await inventedWords(models);
    const line = `words per minute on non-speech ÷ ungated: ${two(words.gated / words.ungated)} · ${two(words.gated)} / ${two(words.ungated)} words a minute over ${words.clips} clips (counted, not timed)`;
    return { line, figures: words, valid: true };
  },
  gateway: withDatabase((bench) => gatewayProxy(bench, 'middleware', rounds)),
  'gateway-plain': withDatabase((bench) => gatewayProxy(bench, 'plain', rounds)),
  ingest: withDatabase((bench) => ingest(bench, rounds)),
  persistence: withDatabase((bench) => persistence(bench, rounds, 50)),
  'persistence-one': withDatabase((bench) => persistence(bench, rounds, 1)),
};

const chosen = values.only ?? Object.keys(measurements);
const unknown = chosen.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  say(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(measurements).join(', ')}.`);
  process.exit(2);
}
const machine = await describeMachine();
say(`${machine.model} × ${machine.cores}, Node ${process.version}\nflags: ${machine.flags}\n`);
const figures: Record<string, unknown> = {};
for (const name of chosen) {
  const outcome = await measurements[name]?.();
  if (!outcome) continue;
  say(outcome.line);
  figures[name] = outcome.figures;
  if (!outcome.valid) process.exitCode = 1;
}
if (values.json) {
  const report = { date: new Date().toISOString(), node: process.version, machine, figures };
  await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit();

/** Model and instruction sets: what makes figures of two machines differ. */
async function describeMachine(): Promise<{ model: string; cores: number; flags: string }> {
  const [cpu] = cpus();
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const all = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  const telling = all.filter((flag) => /^(sse4|avx|fma|amx|vnni|asimd|sve)/.test(flag));
  return {
    model: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    flags: telling.join(' ') || 'unknown',
  };
}
