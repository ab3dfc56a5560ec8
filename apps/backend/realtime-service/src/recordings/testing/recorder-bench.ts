import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestConsultation, type World } from '@medcall/service-kit/testing/world';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { aKeptConsultation, type SpokenStream } from './kept-consultation.ts';
import { aNode, type TestNode } from './test-recordings.ts';
import { type Span, tones } from './tones.ts';

/** A row of `recordings`. */
export interface RecordingRow {
  id: string;
  kind: string;
  speaker: string | null;
  status: string;
  storage_key: string | null;
  peaks_key: string | null;
  duration_ms: string | null;
  duration_seconds: number | null;
  size_bytes: string | null;
  sha256: string | null;
  failure: string | null;
  attempts: number;
  updated_at: Date;
}

export const owner = 'this-node';

export const doctorSpans: Span[] = [
  [1000, 1500],
  [4000, 4600],
];
export const patientSpans: Span[] = [[500, 1200]];
export const both: SpokenStream[] = [
  { role: 'doctor', pcm: tones(6000, doctorSpans) },
  // Comes 700 ms later and mutes the microphone for 3 s in the middle.
  { role: 'patient', originMs: 700, pcm: tones(2000, patientSpans, 700), pauses: { 15: 3000 } },
];

/** A database of the file's own, and for each test a node on an empty folder. */
class RecorderBench {
  db!: TestDatabase;
  world!: World;
  dataDir!: string;
  node!: TestNode;

  kept(options: Partial<Parameters<typeof aKeptConsultation>[2]> = {}) {
    return aKeptConsultation(this.world, this.node.log, { streams: both, owner, ...options });
  }

  /** Looks for work and does it. */
  async record(at: TestNode = this.node): Promise<void> {
    await at.recorder.start();
    await at.recorder.idle();
  }

  rowsOf(consultation: TestConsultation): Promise<RecordingRow[]> {
    return this.world.query<RecordingRow>(
      'select * from recordings where room_id = $1 order by kind, speaker, created_at',
      [consultation.roomId],
    );
  }

  async objects(): Promise<string[]> {
    const all = await createFolderStore(join(this.dataDir, 'objects')).list('');
    return all.map(({ key }) => key);
  }

  fileOf(row: RecordingRow | undefined): string {
    return join(this.dataDir, 'objects', row?.storage_key ?? 'none');
  }
}

/** Makes the bench of a test file and tears it down. */
export function useRecorder(): RecorderBench {
  const bench = new RecorderBench();
  beforeAll(async () => {
    bench.db = await createTestDatabase();
    bench.world = await createWorld(bench.db.ownerUrl);
  });
  afterAll(async () => {
    await bench.world.close();
    await bench.db.drop();
  });
  beforeEach(async () => {
    bench.dataDir = await mkdtemp(join(tmpdir(), 'medcall-recordings-'));
    bench.node = aNode({ database: bench.db.database, dataDir: bench.dataDir, owner });
    await bench.node.log.start();
  });
  afterEach(async () => {
    await bench.node.recorder.stop();
    await bench.node.log.stop();
    // What one test left to do is nothing for the next one.
    await bench.world.query("update recordings set status = 'failed' where status = 'assembling'");
    await bench.world.query(
      'update audio_streams set discarded_at = now() where discarded_at is null',
    );
    await rm(bench.dataDir, { recursive: true, force: true });
  });
  return bench;
}

export function expectSpans(
  heard: ReadonlyArray<readonly [number, number]>,
  expected: readonly Span[],
) {
  expect(heard).toHaveLength(expected.length);
  expected.forEach(([from, to], i) => {
    expect(Math.abs((heard[i]?.[0] ?? 0) - from)).toBeLessThanOrEqual(50);
    expect(Math.abs((heard[i]?.[1] ?? 0) - to)).toBeLessThanOrEqual(50);
  });
}
