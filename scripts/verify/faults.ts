/**
 * `npm run verify:faults -- [--only TEXT]`: holds consultations while something goes wrong around them, and
 * writes what was expected and what was seen.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { duplicateChunks, lostChunks, missingChunks, reorderedChunks } from './faults/chunks.ts';
import { diskFull, lostTail, tornTail } from './faults/disk.ts';
import {
  decoderCrash,
  endDuringBacklog,
  garbledEngine,
  hangingEngine,
  rateLimited,
  serverErrors,
  unstorableText,
} from './faults/engines.ts';
import type { Fault, Seen } from './faults/fault.ts';
import {
  clockStep,
  databaseDown,
  databaseFrozen,
  orderlyRestart,
  redisKilled,
} from './faults/surroundings.ts';
import { startBench } from './lib/bench.ts';
import { stretches } from './lib/sound.ts';

/** These take the database away from everybody. */
const alone: Fault[] = [databaseDown, databaseFrozen];
const others: Fault[] = [
  redisKilled,
  rateLimited,
  serverErrors,
  hangingEngine,
  garbledEngine,
  unstorableText,
  decoderCrash,
  endDuringBacklog,
  diskFull,
  tornTail,
  lostTail,
  clockStep,
  duplicateChunks,
  reorderedChunks,
  missingChunks,
  lostChunks,
  orderlyRestart,
];

const soundSeconds = 30;
/** Most faults wait most of the time. */
const lanes = 3;
const say = (line: string) => process.stdout.write(`${line}\n`);

type Line = Seen & { fault: string; expected: string; seconds: number };

runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
  const wanted = ({ name }: Fault) => name.includes(values.only);
  const faults = [...alone, ...others];
  const [sound] = await stretches(1, soundSeconds);
  if (!sound) throw new Error('there is no sound');
  const bench = await startBench();
  const lines = new Map<Fault, Line>();
  const run = async (fault: Fault) => {
    const startedAt = Date.now();
    const seen = await fault.run(bench, sound).catch(
      (error: unknown): Seen => ({
        ok: false,
        seen: error instanceof Error ? error.message : String(error),
      }),
    );
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    lines.set(fault, { fault: fault.name, expected: fault.expected, ...seen, seconds });
    say(`${seen.ok ? 'ok    ' : 'FAILED'} ${fault.name} (${seconds} s): ${seen.seen}`);
  };
  try {
    for (const fault of alone.filter(wanted)) await run(fault);
    const open = others.filter(wanted);
    const lane = async () => {
      for (let fault = open.shift(); fault; fault = open.shift()) await run(fault);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await bench.stop();
  }
  const seen = faults.flatMap((fault) => lines.get(fault) ?? []);
  if (seen.length === faults.length) await writeReport(seen);
  const passed = seen.filter(({ ok }) => ok).length;
  say(`${passed} passed, ${seen.length - passed} failed`);
  if (passed < seen.length) process.exitCode = 1;
});

async function writeReport(lines: readonly Line[]): Promise<void> {
  const folder = path.join(rootDir, 'docs/reports');
  const date = new Date().toISOString().slice(0, 10);
  const passed = lines.filter(({ ok }) => ok).length;
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'verify-faults.json'),
    `${JSON.stringify({ date, passed, faults: lines }, null, 1)}\n`,
  );
  const rows = lines.map(
    ({ expected, fault, ok, seen }) => `| ${fault} | ${expected} | ${ok ? '✓' : '✗'} ${seen} |`,
  );
  await writeFile(
    path.join(folder, 'verify-faults.md'),
    `# Faults around a consultation

\`npm run verify:faults\` on ${date}: **${passed} of ${lines.length}** as expected.

Each line is a whole consultation of ${soundSeconds} s of real speech with the real service in a process of its own, real PostgreSQL, real sockets and the reference client. The engine's text is a checksum of the samples, so "as undisturbed" means that not one sample was lost, doubled or moved. Foreign engines are a server that speaks OpenAI's protocol.

| fault | expected | seen |
|---|---|---|
${rows.join('\n')}
`,
  );
}
