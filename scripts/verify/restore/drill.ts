import { rm } from 'node:fs/promises';
import path from 'node:path';
import { migrate } from '@medcall/service-kit/database/migrate';
import { createTestTokens, type TestTokens } from '@medcall/service-kit/testing/tokens';
import { takeBackup } from '../../lib/backup/backup.ts';
import { restoreBackup } from '../../lib/backup/restore.ts';
import { waitUntil } from '../../lib/system/wait-until.ts';
import { keptIn } from '../lib/bench.ts';
import {
  endConsultation,
  type LiveConsultation,
  openConsultation,
  play,
  voicesOf,
} from '../lib/consultation.ts';
import { type IdentityServer, startIdentityServer } from '../lib/identity-server.ts';
import { chunksLost, differences, transcriptLines } from '../lib/judge.ts';
import { type DialogueSound, stretches } from '../lib/sound.ts';
import type { Voice } from '../lib/voice.ts';
import { forgetTexts, rederive } from './rederive.ts';
import { Site } from './site.ts';

export type Found = (what: string, seen: string, ok: boolean) => void;

interface Held {
  live: LiveConsultation;
  voices: Voice[];
}

/** Seconds of each dialogue that are played. */
const seconds = 30;
const since = (startedAt: number) => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;

/** Holds a consultation, backs up in the middle of another, loses everything and brings it back. */
export async function drill(folder: string, found: Found): Promise<void> {
  const tokens = await createTestTokens();
  const identity = await startIdentityServer(tokens);
  const site = new Site(path.join(folder, 'data'), identity);
  const backup = path.join(folder, 'backup');
  const [whole, half] = await stretches(2, seconds);
  if (!whole || !half) throw new Error('there is no sound');
  try {
    await site.start((url) => migrate({ url }));
    const over = await heldToTheEnd(site, tokens, whole);
    const texts = await transcriptLines(site.world, over.live.consultation.id);
    const { acked, consultationId } = await backUpDuringAnother(site, tokens, half, backup, found);
    await site.end();
    await rm(site.dataDir, { recursive: true });
    found('data folder destroyed', 'database, sound, keys', true);
    const restoredAt = Date.now();
    await restoreBackup(backup, site.dataDir);
    await site.start();
    found('restored, database and service answer', since(restoredAt), true);
    await judgeFinished(site, identity, over, texts, found);
    await judgeInterrupted(site.dataDir, consultationId, acked, found);
  } finally {
    await site.end();
    identity.close();
  }
}

async function heldToTheEnd(site: Site, tokens: TestTokens, sound: DialogueSound): Promise<Held> {
  const { service, world } = site;
  const live = await openConsultation(
    { world, tokens },
    { doctor: service.url, patient: service.url },
  );
  const voices = voicesOf(live, sound, { speed: 6 });
  await play(voices);
  await endConsultation({ world, tokens }, live);
  live.close();
  return { live, voices };
}

/** @returns what was acknowledged when the backup began */
async function backUpDuringAnother(
  { dataDir, postgres, service, world }: Site,
  tokens: TestTokens,
  sound: DialogueSound,
  target: string,
  found: Found,
): Promise<{ acked: number[]; consultationId: string }> {
  const live = await openConsultation(
    { world, tokens },
    { doctor: service.url, patient: service.url },
  );
  const voices = voicesOf(live, sound, { speed: 1 });
  const running = play(voices).catch(() => undefined);
  await waitUntil('the second consultation has text', () => live.seen.doctor.length > 0, {
    timeoutMs: 60_000,
  });
  const startedAt = Date.now();
  const acked = voices.map(({ sender }) => sender.marks.ackedSeq);
  const { bytes } = await takeBackup({ ownerUrl: postgres.ownerUrl, dataDir, target });
  found(
    'backup, while a consultation runs',
    `${(bytes / 1e6).toFixed(0)} MB in ${since(startedAt)}`,
    true,
  );
  await running;
  live.close();
  return { acked, consultationId: live.consultation.id };
}

async function judgeFinished(
  { dataDir, postgres, service, world }: Site,
  identity: IdentityServer,
  { live, voices }: Held,
  texts: string[],
  found: Found,
): Promise<void> {
  const { id, roomId } = live.consultation;
  const rows = await transcriptLines(world, id);
  found('rows of the finished consultation', compared(texts, rows), same(texts, rows));
  const missing = await chunksLost(keptIn(dataDir), id, voices);
  found('its sound', `${missing} chunks missing`, missing === 0);
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
    compared(texts, again),
    same(texts, again),
  );
}

async function judgeInterrupted(
  dataDir: string,
  consultationId: string,
  acked: number[],
  found: Found,
): Promise<void> {
  const kept = await keptChunks(dataDir, consultationId);
  const wanted = acked.map((seq) => seq + 1);
  found(
    'the consultation that ran during the backup',
    `${kept.join(' and ')} chunks are there, ${wanted.join(' and ')} were acknowledged when the backup began`,
    kept.length === wanted.length && Math.min(...kept) >= Math.min(...wanted),
  );
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
