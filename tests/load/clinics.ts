/**
 * `npm run verify:clinics -- [--clinics 100] [--rooms 50] [--seconds 60] [--only NAME]`: signed-in clinics that read
 * their pages while a part of them holds consultations: once on one node without Redis, once on two nodes with
 * Redis and an object store. Real gateway, sign-in, invitations, sockets, PostgreSQL and voice activity; a stub for
 * the engine, whose price is measured elsewhere. Writes docs/reports/verify-clinics.{json,md}; ends by itself.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ApiClient, signIn } from '../../scripts/lib/client/api.ts';
import { subjectOf } from '../../scripts/lib/client/fill-room.ts';
import { runScript } from '../../scripts/lib/system/run-script.ts';
import { rootDir } from '../../scripts/lib/system/settings.ts';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { type LoadPlan, type Measured, measured } from '../../scripts/verify/load/plan.ts';
import {
  aSignInOf,
  type Installation,
  install,
  password,
  passwordHash,
  type Shape,
} from './installation.ts';
import { readPages } from './pages.ts';
import { asMarkdown, type ClinicsReport, type Outcome } from './report.ts';

const generator = fileURLToPath(new URL('../../scripts/verify/load/generator.ts', import.meta.url));
const shapes: Shape[] = [
  { name: 'one node, no Redis', nodes: 1, redis: false },
  { name: 'two nodes, Redis', nodes: 2, redis: true },
];
const pageEveryMs = 5_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Size {
  clinics: number;
  rooms: number;
  seconds: number;
}

runScript(async () => {
  const { values } = parseArgs({
    options: {
      clinics: { type: 'string', default: '100' },
      rooms: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '60' },
      only: { type: 'string' },
    },
  });
  const size: Size = {
    clinics: Number(values.clinics),
    rooms: Number(values.rooms),
    seconds: Number(values.seconds),
  };
  const outcomes: Outcome[] = [];
  for (const shape of shapes) {
    if (values.only !== undefined && shape.name !== values.only) continue;
    outcomes.push(await carryOut(shape, size));
  }
  const report: ClinicsReport = {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? '?',
    cores: cpus().length,
    ...size,
    pageEverySeconds: pageEveryMs / 1000,
    outcomes,
  };
  say(asMarkdown(report));
  const full = size.clinics >= 100 && size.rooms >= 50 && outcomes.length === shapes.length;
  if (full) await write(report);
  if (!outcomes.every(({ lost, pages, sockets }) => isWhole(lost, pages.failed, sockets))) {
    process.exitCode = 1;
  }
});

function isWhole(lost: number, failed: object, sockets: Measured): boolean {
  return lost === 0 && Object.keys(failed).length === 0 && sockets.unanswered === 0;
}

async function carryOut(shape: Shape, size: Size): Promise<Outcome> {
  say(`${shape.name}: starts`);
  const installation = await install(shape);
  try {
    const tokens = await signAllIn(installation, size.clinics);
    const plan = await fillRooms(installation, tokens, size);
    say(
      `${shape.name}: ${tokens.length} clinics are signed in, ${plan.rooms.length} rooms are made`,
    );
    const before = { use: await installation.use(), bytes: await installation.soundBytes() };
    let pages: Promise<Outcome['pages']> | undefined;
    let began = before.use;
    let beganAt = performance.now();
    const sockets = await speak(installation, plan, async () => {
      began = await installation.use();
      beganAt = performance.now();
      const untilMs = beganAt + size.seconds * 1000;
      pages = readPages(installation.gatewayUrl, tokens, { everyMs: pageEveryMs, untilMs });
    });
    if (!pages) throw new Error('nobody spoke');
    const read = await pages;
    const seconds = (performance.now() - beganAt) / 1000;
    const use = await installation.use();
    const lost = await notInTheLog(installation, plan);
    return {
      shape: shape.name,
      seconds,
      sockets,
      pages: read,
      lost,
      parts: Object.entries(use).map(([part, now]) => ({
        part,
        cores: (now.cpuSeconds - (began[part]?.cpuSeconds ?? 0)) / seconds,
        residentMb: now.residentMb,
      })),
      soundBytes: (await installation.soundBytes()) - before.bytes,
      rows: await rowsOf(installation),
    };
  } finally {
    await installation.stop();
  }
}

async function signAllIn({ bench, gatewayUrl }: Installation, clinics: number): Promise<string[]> {
  const hash = await passwordHash();
  const tokens: string[] = [];
  for (let index = 0; index < clinics; index += 1) {
    const email = await aSignInOf(bench, index, hash);
    const session = await signIn({ authUrl: gatewayUrl, anonKey: 'embedded', email, password });
    tokens.push(session.access_token);
  }
  return tokens;
}

/** The first clinics hold one consultation each; with two nodes doctor and patient are at different ones. */
async function fillRooms(
  { gatewayUrl, nodes }: Installation,
  tokens: readonly string[],
  { rooms, seconds }: Size,
): Promise<LoadPlan> {
  const urls = nodes.map(({ url }) => url);
  const plan: LoadPlan = { url: urls[0] ?? '', seconds, soundSeconds: 60, rooms: [] };
  for (const [index, token] of tokens.slice(0, rooms).entries()) {
    const api = new ApiClient(gatewayUrl, token);
    const patient = await api.createPatient('Paciente de Teste');
    const visit = await api.createConsultation({ patient_id: patient.id, type: 'ONLINE' });
    const invitation = await api.invite(visit.id);
    const { accessToken } = await new ApiClient(gatewayUrl).exchangeInvitation(invitation.token);
    const invited = new ApiClient(gatewayUrl, accessToken);
    for (const type of ['care', 'ai'] as const) {
      await invited.giveConsent(visit.id, { type, accepted: true });
    }
    const at = (n: number) => urls[n % urls.length] ?? plan.url;
    plan.rooms.push({
      roomId: visit.roomId,
      doctor: { sub: subjectOf(token), token, url: at(index) },
      patient: { sub: subjectOf(accessToken), token: accessToken, url: at(index + 1) },
    });
  }
  return plan;
}

/** Lets the people speak, in their own process. */
async function speak(
  { bench }: Installation,
  plan: LoadPlan,
  onBegin: () => Promise<void>,
): Promise<Measured> {
  const planFile = path.join(bench.folder, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan));
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
      if (code !== 0) reject(new Error(`the clients ended with ${code}`));
    });
  });
}

/** Chunks that were sent and that the database does not know as written. */
async function notInTheLog({ bench }: Installation, plan: LoadPlan): Promise<number> {
  const lastSeq = plan.seconds * 10 - 1;
  const missing = async () => {
    const [row] = await bench.world.query<{ missing: string | null }>(
      'select sum($1::bigint - acked_seq)::text as missing from audio_streams having count(*) = $2',
      [lastSeq, plan.rooms.length * 2],
    );
    return Number(row?.missing ?? Number.NaN);
  };
  await waitUntil('positions are saved', async () => (await missing()) === 0, {
    timeoutMs: 20_000,
  }).catch(() => undefined);
  return missing();
}

async function rowsOf({ bench }: Installation): Promise<number> {
  const [row] = await bench.world.query<{ rows: string }>(
    'select count(*)::text as rows from transcriptions',
  );
  return Number(row?.rows ?? 0);
}

async function write(report: ClinicsReport): Promise<void> {
  const folder = path.join(rootDir, 'docs/reports');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'verify-clinics.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(path.join(folder, 'verify-clinics.md'), asMarkdown(report));
}
