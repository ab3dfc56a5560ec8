/**
 * `npm run verify:restore`: the drill. A consultation is held and becomes text, another is in the middle, a
 * backup is taken while the service runs; then the data folder is destroyed, database and sound; it is
 * restored, the services start, and the transcript derived from the restored sound must be the one that was.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnv } from '@medcall/service-kit';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import { migrate } from '@medcall/service-kit/database/migrate';
import { createTestTokens } from '@medcall/service-kit/testing/tokens';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { realtimeEnv } from '../../apps/backend/realtime-service/src/config/env.ts';
import { createContainer } from '../../apps/backend/realtime-service/src/container.ts';
import { retranscribeRoom } from '../../apps/backend/realtime-service/src/retranscribe.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { takeBackup } from '../lib/backup/backup.ts';
import { restoreBackup } from '../lib/backup/restore.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { waitUntil } from '../lib/system/wait-until.ts';
import { stubDecoder, stubEngine } from './faults/fault.ts';
import { keptIn } from './lib/bench.ts';
import { endConsultation, openConsultation, play, voicesOf } from './lib/consultation.ts';
import { startIdentityServer } from './lib/identity-server.ts';
import { chunksLost, differences, transcriptLines } from './lib/judge.ts';
import { ServiceProcess } from './lib/service-process.ts';
import { stretches } from './lib/sound.ts';

const seconds = 30;
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Finding {
  what: string;
  seen: string;
  ok: boolean;
}

runScript(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-restore-'));
  await chmod(folder, 0o755);
  const findings: Finding[] = [];
  try {
    await drill(folder, findings);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const text = asMarkdown(findings);
  say(text);
  await mkdir(path.join(rootDir, 'docs/reports'), { recursive: true });
  await writeFile(path.join(rootDir, 'docs/reports/verify-restore.md'), text);
  if (!findings.every(({ ok }) => ok)) process.exitCode = 1;
});

async function drill(folder: string, findings: Finding[]): Promise<void> {
  const found = (what: string, seen: string, ok: boolean) => {
    findings.push({ what, seen, ok });
    say(`${ok ? 'ok ' : 'NOT'} ${what}: ${seen}`);
  };
  const dataDir = path.join(folder, 'data');
  const backup = path.join(folder, 'backup');
  const postgresDir = path.join(dataDir, 'postgres');
  const tokens = await createTestTokens();
  const identity = await startIdentityServer(tokens);
  let postgres = await startEmbeddedPostgres({ dataDir: postgresDir });
  await migrate({ url: postgres.ownerUrl });
  let world = await createWorld(postgres.ownerUrl);
  const port = await freePort();
  const aService = (databaseUrl: string) =>
    new ServiceProcess({
      port,
      dataDir,
      databaseUrl,
      env: { ...identity.environment, ...stubEngine },
    });
  let service = aService(postgres.appUrl);
  try {
    await service.start();
    const urls = { doctor: service.url, patient: service.url };
    const [whole, half] = await stretches(2, seconds);
    if (!whole || !half) throw new Error('there is no sound');
    const over = await openConsultation({ world, tokens }, urls);
    const voices = voicesOf(over, whole, { speed: 6 });
    await play(voices);
    await endConsultation({ world, tokens }, over);
    over.close();
    const { id, roomId } = over.consultation;
    const before = await transcriptLines(world, id);

    const open = await openConsultation({ world, tokens }, urls);
    const halfVoices = voicesOf(open, half, { speed: 1 });
    const running = play(halfVoices).catch(() => undefined);
    await waitUntil('the second consultation has text', () => open.seen.doctor.length > 0, {
      timeoutMs: 60_000,
    });
    const startedAt = Date.now();
    const acked = halfVoices.map(({ sender }) => sender.marks.ackedSeq);
    const { bytes } = await takeBackup({ ownerUrl: postgres.ownerUrl, dataDir, target: backup });
    found(
      'backup, while a consultation runs',
      `${(bytes / 1e6).toFixed(0)} MB in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
      true,
    );
    await running;
    open.close();

    await service.kill();
    await world.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true });
    found('data folder destroyed', 'database, sound, keys', true);

    const restoredAt = Date.now();
    await restoreBackup(backup, dataDir);
    postgres = await startEmbeddedPostgres({ dataDir: postgresDir });
    world = await createWorld(postgres.ownerUrl);
    service = aService(postgres.appUrl);
    await service.start();
    found(
      'restored, database and service answer',
      `${((Date.now() - restoredAt) / 1000).toFixed(1)} s`,
      true,
    );

    const rows = await transcriptLines(world, id);
    found('rows of the finished consultation', compared(before, rows), same(before, rows));
    found(
      'its sound',
      `${await chunksLost(keptIn(dataDir), id, voices)} chunks missing`,
      (await chunksLost(keptIn(dataDir), id, voices)) === 0,
    );
    await service.stop();
    await forgetTexts(world, id);
    await rederive({
      databaseUrl: postgres.appUrl,
      dataDir,
      identity: identity.environment,
      roomId,
    });
    const again = await transcriptLines(world, id);
    found(
      'its transcript, derived anew from the restored sound after its rows were deleted',
      compared(before, again),
      same(before, again),
    );

    const kept = await keptChunks(dataDir, open.consultation.id);
    const wanted = acked.map((seq) => seq + 1);
    found(
      'the consultation that ran during the backup',
      `${kept.join(' and ')} chunks are there, ${wanted.join(' and ')} were acknowledged when the backup began`,
      kept.length === wanted.length && Math.min(...kept) >= Math.min(...wanted),
    );
  } finally {
    await service.kill();
    await world.close().catch(() => undefined);
    await postgres.stop().catch(() => undefined);
    identity.close();
  }
}

/** Only for the drill: nothing of the text is left but the sound. */
async function forgetTexts(world: World, consultationId: string): Promise<void> {
  await world.query('alter table transcriptions disable trigger user');
  await world.query('delete from transcriptions where consultation_id = $1', [consultationId]);
  await world.query('alter table transcriptions enable trigger user');
}

async function rederive(options: {
  databaseUrl: string;
  dataDir: string;
  identity: Record<string, string>;
  roomId: string;
}): Promise<void> {
  const env = readEnv(realtimeEnv, {
    ...options.identity,
    DATABASE_URL: options.databaseUrl,
    DATA_DIR: options.dataDir,
    MODELS_DIR: path.join(rootDir, 'models'),
    STT_DECODERS: '1',
    LOG_LEVEL: 'warn',
  });
  const container = createContainer(env, { decoderScript: stubDecoder });
  try {
    const [vadFactory, correct, embedder] = await Promise.all([
      container.loadVad(),
      container.loadCorrection(),
      container.loadEmbedder(),
    ]);
    await container.audioLog.start();
    await container.engine.start();
    await retranscribeRoom(container, { vadFactory, correct, embedder }, options.roomId);
  } finally {
    await container.engine.stop();
    await container.audioLog.stop();
    await container.close();
  }
}

async function keptChunks(dataDir: string, consultationId: string): Promise<number[]> {
  const counts: number[] = [];
  for (const stream of await keptIn(dataDir).streamsOf(consultationId)) {
    let count = 0;
    for await (const record of stream.records()) if (record.type === 'chunk') count += 1;
    counts.push(count);
  }
  return counts.sort((a, b) => a - b);
}

function same(before: string[], after: string[]): boolean {
  const { doubled, missing } = differences(before, after);
  return before.length > 0 && missing.length + doubled.length === 0;
}

function compared(before: string[], after: string[]): string {
  const { doubled, missing } = differences(before, after);
  return `${after.length} of ${before.length}, ${missing.length} missing, ${doubled.length} too many`;
}

function asMarkdown(findings: Finding[]): string {
  const passed = findings.every(({ ok }) => ok);
  return `# Restore drill

\`npm run verify:restore\` on ${new Date().toISOString().slice(0, 10)}: **${passed ? 'passed' : 'NOT passed'}**. Real embedded PostgreSQL with its files flushed, real audio log, stub engine whose text names every sample.

| step | seen | |
|---|---|---|
${findings.map(({ ok, seen, what }) => `| ${what} | ${seen} | ${ok ? 'ok' : '**no**'} |`).join('\n')}
`;
}
