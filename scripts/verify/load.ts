/**
 * `npm run verify:load -- [--minutes N] [--rooms N]`: rooms of two people, ten chunks a second each, on one
 * service with a stub engine: how long acknowledgements take, whether memory stays, whether anything is lost.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { waitUntil } from '../lib/system/wait-until.ts';
import { stubEngine } from './faults/fault.ts';
import { type Bench, startBench } from './lib/bench.ts';
import type { ServiceProcess } from './lib/service-process.ts';
import { type LoadPlan, type Measured, measured } from './load/plan.ts';
import { cpuSeconds, growth, residentMb } from './load/process-figures.ts';

const generator = fileURLToPath(new URL('./load/generator.ts', import.meta.url));
const soundSeconds = 60;
const sampleEveryMs = 2000;
const allowed = { p99Ms: 100, growth: 1.1 };

const say = (line: string) => process.stdout.write(`${line}\n`);

interface LoadReport extends Measured {
  date: string;
  minutes: number;
  rooms: number;
  cpu: string;
  cores: number;
  /** CPU seconds of the socket process for each second of the run. */
  serviceCores: number;
  residentMb: number[];
  memoryGrowth: number;
  chunksNotInLog: number;
  /** Streams whose utterances lie elsewhere than those of the same sound in the first room. */
  streamsThatDiffer: number;
  utterances: number;
  passed: boolean;
}

runScript(async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      rooms: { type: 'string', default: '50' },
    },
  });
  const minutes = Number(values.minutes);
  const rooms = Number(values.rooms);
  const bench = await startBench();
  try {
    const service = await bench.aService({
      name: 'load',
      env: { ...stubEngine, MEDCALL_STUB_DECODE_MS: '2', LOG_LEVEL: 'warn' },
    });
    await service.start();
    const plan = await makePlan(bench, service, rooms, minutes * 60);
    const report = await run(bench, service, plan, minutes);
    say(asMarkdown(report));
    if (minutes >= 10 && rooms >= 50) await write(report);
    if (!report.passed) process.exitCode = 1;
  } finally {
    await bench.stop();
  }
});

async function makePlan(
  { tokens, world }: Bench,
  service: ServiceProcess,
  rooms: number,
  seconds: number,
): Promise<LoadPlan> {
  const plan: LoadPlan = { url: service.url, seconds, soundSeconds, rooms: [] };
  for (let n = 0; n < rooms; n++) {
    const consultation = await world.aConsultation();
    await world.aConsent(consultation, 'care');
    await world.aConsent(consultation, 'ai');
    const invitation = await world.anInvitation(consultation);
    plan.rooms.push({
      roomId: consultation.roomId,
      doctor: {
        sub: consultation.doctor.sub,
        token: await tokens.forDoctor(consultation.doctor),
      },
      patient: { sub: invitation.sub, token: await tokens.forInvited(consultation, invitation) },
    });
  }
  return plan;
}

async function run(
  bench: Bench,
  service: ServiceProcess,
  plan: LoadPlan,
  minutes: number,
): Promise<LoadReport> {
  const planFile = path.join(bench.folder, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan));
  const pid = service.pid ?? 0;
  const memory: number[] = [];
  let cpuBefore = 0;
  let startedAt = Date.now();
  let sampling: NodeJS.Timeout | undefined;
  const begin = async () => {
    cpuBefore = await cpuSeconds(pid);
    startedAt = Date.now();
    sampling = setInterval(() => {
      residentMb(pid).then(
        (mb) => memory.push(mb),
        () => undefined,
      );
    }, sampleEveryMs);
  };
  const clients = await speak(planFile, begin);
  clearInterval(sampling);
  const serviceCores = ((await cpuSeconds(pid)) - cpuBefore) / ((Date.now() - startedAt) / 1000);
  const { chunksNotInLog, streamsThatDiffer, utterances } = await inspect(bench, plan);
  const memoryGrowth = growth(memory);
  return {
    ...clients,
    date: new Date().toISOString().slice(0, 10),
    minutes,
    rooms: plan.rooms.length,
    cpu: cpus()[0]?.model ?? '?',
    cores: cpus().length,
    serviceCores,
    residentMb: memory,
    memoryGrowth,
    chunksNotInLog,
    streamsThatDiffer,
    utterances,
    passed:
      clients.p99Ms < allowed.p99Ms &&
      clients.unanswered === 0 &&
      Object.keys(clients.refused).length === 0 &&
      memoryGrowth < allowed.growth &&
      chunksNotInLog === 0 &&
      streamsThatDiffer === 0,
  };
}

/** Lets the people speak, in their own process. */
function speak(planFile: string, onBegin: () => Promise<void>): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [generator, planFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'speaking') onBegin().catch(reject);
      else resolve(measured.parse(JSON.parse(line)));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the load generator ended with ${code}`));
    });
  });
}

/** What the service has of it: every chunk, and the same utterances in every room. */
async function inspect(bench: Bench, plan: LoadPlan) {
  const { query } = bench.world;
  const lastSeq = plan.seconds * 10 - 1;
  const acked = () =>
    query<{ missing: string }>(
      'select sum($1 - acked_seq) as missing from audio_streams having count(*) = $2',
      [lastSeq, plan.rooms.length * 2],
    );
  await waitUntil(
    'positions are saved and texts are rows',
    async () => Number((await acked())[0]?.missing ?? -1) === 0,
    { timeoutMs: 20_000 },
  ).catch(() => undefined);
  const missing = Number((await acked())[0]?.missing ?? Number.NaN);
  // The last utterances are still open or on their way: they are left out everywhere.
  const settledMs = (plan.seconds - 30) * 1000;
  const streams = await query<{ capture_id: string; places: string }>(
    `select s.capture_id, coalesce(string_agg((t.start_ms - s.origin_ms)::text, ','
       order by t.start_ms) filter (where t.start_ms - s.origin_ms < $1), '') as places
     from audio_streams s left join transcriptions t on t.stream_id = s.id
     group by s.id, s.capture_id`,
    [settledMs],
  );
  const first = new Map<string, string>();
  for (const { capture_id: who, places } of streams) {
    if (!first.has(who)) first.set(who, places);
  }
  return {
    chunksNotInLog: missing,
    streamsThatDiffer: streams.filter((one) => one.places !== first.get(one.capture_id)).length,
    utterances: streams.reduce((sum, { places }) => sum + places.split(',').length, 0),
  };
}

async function write(report: LoadReport): Promise<void> {
  const folder = path.join(rootDir, 'docs/reports');
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'verify-load.json'),
    `${JSON.stringify(report).replaceAll('],"', '],\n"')}\n`,
  );
  await writeFile(path.join(folder, 'verify-load.md'), asMarkdown(report));
}

function asMarkdown(report: LoadReport): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const [first = 0] = report.residentMb;
  return `# ${report.rooms} rooms × 2 streams × 10 chunks a second, ${report.minutes} min

\`npm run verify:load\` on ${report.date}: **${report.passed ? 'passed' : 'NOT passed'}**. ${report.cpu}, ${report.cores} cores, shared by service, database, decoder and the clients (a process of their own). Stub engine, real voice activity detector, real PostgreSQL, real sockets.

| | | wanted |
|---|---|---|
| chunks sent | ${report.sent} | |
| acknowledgement p50, p90 | ${ms(report.p50Ms)}, ${ms(report.p90Ms)} | |
| acknowledgement p99 | ${ms(report.p99Ms)} | < ${allowed.p99Ms} ms |
| acknowledgement p99.9, longest | ${ms(report.p999Ms)}, ${ms(report.maxMs)} | |
| not answered, refused | ${report.unanswered}, ${JSON.stringify(report.refused)} | 0 |
| chunks not in the log | ${report.chunksNotInLog} | 0 |
| streams whose utterances differ from the same sound in another room | ${report.streamsThatDiffer} | 0 |
| utterances | ${report.utterances} | |
| memory of the socket process, first sample, last | ${first} MB, ${report.residentMb.at(-1)} MB | |
| memory, last fifth ÷ second fifth (medians) | ${report.memoryGrowth.toFixed(3)} | < ${allowed.growth} |
| CPU of the socket process | ${report.serviceCores.toFixed(2)} cores | |
`;
}
