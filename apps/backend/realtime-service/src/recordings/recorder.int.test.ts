import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, createFolderStore, type ObjectStore } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestConsultation, type World } from '@medcall/service-kit/testing/world';
import { waveform } from '@medcall/shared-types';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aKeptConsultation, type SpokenStream, speak } from './testing/kept-consultation.ts';
import { aNode, ffmpeg, type TestNode } from './testing/test-recordings.ts';
import { listenToFile, type Span, tones } from './testing/tones.ts';

interface Row {
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

let db: TestDatabase;
let world: World;
let dataDir: string;
let node: TestNode;
const owner = 'this-node';

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
});
afterAll(async () => {
  await world.close();
  await db.drop();
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medcall-recordings-'));
  node = aNode({ database: db.database, dataDir, owner });
  await node.log.start();
});
afterEach(async () => {
  await node.recorder.stop();
  await node.log.stop();
  // What one test left to do is nothing for the next one.
  await world.query("update recordings set status = 'failed' where status = 'assembling'");
  await world.query('update audio_streams set discarded_at = now() where discarded_at is null');
  await rm(dataDir, { recursive: true, force: true });
});

const doctorSpans: Span[] = [
  [1000, 1500],
  [4000, 4600],
];
const patientSpans: Span[] = [[500, 1200]];
const both: SpokenStream[] = [
  { role: 'doctor', pcm: tones(6000, doctorSpans) },
  // Comes 700 ms later and mutes the microphone for 3 s in the middle.
  { role: 'patient', originMs: 700, pcm: tones(2000, patientSpans, 700), pauses: { 15: 3000 } },
];

const kept = (options: Partial<Parameters<typeof aKeptConsultation>[2]> = {}) =>
  aKeptConsultation(world, node.log, { streams: both, owner, ...options });

/** Looks for work and does it. */
async function record(at: TestNode = node): Promise<void> {
  await at.recorder.start();
  await at.recorder.idle();
}

async function rowsOf(consultation: TestConsultation): Promise<Row[]> {
  return world.query<Row>(
    'select * from recordings where room_id = $1 order by kind, speaker, created_at',
    [consultation.roomId],
  );
}

function objects(): Promise<string[]> {
  return createFolderStore(join(dataDir, 'objects'))
    .list('')
    .then((all) => all.map(({ key }) => key));
}

const fileOf = (row: Row | undefined) => join(dataDir, 'objects', row?.storage_key ?? 'none');

function expectSpans(heard: ReadonlyArray<readonly [number, number]>, expected: readonly Span[]) {
  expect(heard).toHaveLength(expected.length);
  expected.forEach(([from, to], i) => {
    expect(Math.abs((heard[i]?.[0] ?? 0) - from)).toBeLessThanOrEqual(50);
    expect(Math.abs((heard[i]?.[1] ?? 0) - to)).toBeLessThanOrEqual(50);
  });
}

describe('recordings of a consultation', () => {
  it('are one file of everybody and one of each, with every word where the transcript has it', async () => {
    const consultation = await kept();
    await record();
    const [mixed, doctor, patient, ...more] = await rowsOf(consultation);
    expect(more).toEqual([]);
    expect([mixed, doctor, patient].map((row) => [row?.kind, row?.speaker, row?.status])).toEqual([
      ['mixed', null, 'ready'],
      ['speaker', 'MEDICO', 'ready'],
      ['speaker', 'PACIENTE', 'ready'],
    ]);

    const ofDoctor = await listenToFile(ffmpeg, fileOf(doctor));
    expectSpans(ofDoctor.spans, doctorSpans);
    expect(ofDoctor.lengthMs).toBeCloseTo(6000, -2);
    const ofPatient = await listenToFile(ffmpeg, fileOf(patient));
    expectSpans(ofPatient.spans, [[1200, 1900]]);
    // 2 s of sound, 3 s of muted microphone, 0.7 s late.
    expect(ofPatient.lengthMs).toBeCloseTo(5700, -2);
    const together = await listenToFile(ffmpeg, fileOf(mixed));
    expectSpans(together.spans, [
      [1000, 1900],
      [4000, 4600],
    ]);
    expect(together.lengthMs).toBeCloseTo(6000, -2);

    expect(mixed).toMatchObject({ duration_ms: '6000', duration_seconds: 6 });
    const store = createFolderStore(join(dataDir, 'objects'));
    const wave = waveform.parse(JSON.parse(String(await store.get(mixed?.peaks_key ?? ''))));
    expect(wave).toMatchObject({ durationMs: 6000, perSecond: 10 });
    expect(wave.peaks).toHaveLength(60);
    expect(wave.peaks[5]).toBe(0);
    expect(wave.peaks[12]).toBeGreaterThan(20);
  });

  it('keep time over sound that was lost', async () => {
    const consultation = await kept({
      streams: [
        { role: 'doctor', pcm: tones(3000, [[2000, 2500]]), lost: [5, 6, 7, 8] },
        { role: 'patient', pcm: tones(1000, [[0, 300]]) },
      ],
    });
    await record();
    const rows = await rowsOf(consultation);
    const doctor = rows.find((row) => row.speaker === 'MEDICO');
    expectSpans((await listenToFile(ffmpeg, fileOf(doctor))).spans, [[2000, 2500]]);
  });

  it('in person are one: there is one microphone', async () => {
    const consultation = await kept({
      type: 'PRESENCIAL',
      streams: [{ role: 'doctor', pcm: tones(1000, [[200, 400]]) }],
    });
    await record();
    expect(await rowsOf(consultation)).toMatchObject([{ kind: 'mixed', status: 'ready' }]);
  });

  it('are not made again when nothing has changed', async () => {
    const consultation = await kept();
    await record();
    const before = await rowsOf(consultation);
    const files = await objects();
    node.recorder.wake();
    await node.recorder.idle();
    await node.plan.plan(consultation.id);
    node.recorder.wake();
    await node.recorder.idle();
    expect(await rowsOf(consultation)).toEqual(before);
    expect(await objects()).toEqual(files);
  });

  it('grow with a later capture, under the same id, and the old file goes', async () => {
    const consultation = await kept();
    await record();
    const [before] = await rowsOf(consultation);
    await speak(world, node.log, consultation, {
      role: 'doctor',
      captureId: 'second',
      originMs: 8000,
      pcm: tones(2000, [[500, 1000]]),
      owner,
    });
    node.recorder.wake();
    await node.recorder.idle();
    const [after] = await rowsOf(consultation);
    expect(after).toMatchObject({ id: before?.id, status: 'ready', duration_ms: '10000' });
    expectSpans((await listenToFile(ffmpeg, fileOf(after))).spans, [
      [1000, 1900],
      [4000, 4600],
      [8500, 9000],
    ]);
    expect(await objects()).toHaveLength(6);
    expect(await objects()).not.toContain(before?.storage_key);
  });

  it('are on the record', async () => {
    const consultation = await kept();
    await record();
    const rows = await rowsOf(consultation);
    const audited = await world.query<{ record_id: string; patient_id: string }>(
      "select record_id, patient_id from audit_logs where action = 'recording.assembled'",
    );
    for (const row of rows) {
      expect(audited).toContainEqual({ record_id: row.id, patient_id: consultation.patientId });
    }
  });
});

describe('the recording consent', () => {
  it('absent means no recording, not even on request', async () => {
    const consultation = await kept({ consent: false });
    await record();
    expect(await rowsOf(consultation)).toEqual([]);
    await expect(node.plan.plan(consultation.id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('given afterwards makes them while the sound is there', async () => {
    const consultation = await kept({ consent: false });
    await record();
    await world.aConsent(consultation, 'recording');
    await node.recorder.consentChanged(consultation.id, true);
    await node.recorder.idle();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });

  it('taken back erases the files and keeps the rows; given again makes new ones', async () => {
    const consultation = await kept();
    await record();
    const before = await rowsOf(consultation);
    await world.aConsent(consultation, 'recording', false);
    await node.recorder.consentChanged(consultation.id, false);
    expect(await objects()).toEqual([]);
    const erased = await rowsOf(consultation);
    expect(erased).toMatchObject(
      before.map(({ id, sha256 }) => ({ id, sha256, status: 'erased', storage_key: null })),
    );
    await world.aConsent(consultation, 'recording');
    await node.recorder.consentChanged(consultation.id, true);
    await node.recorder.idle();
    const states = (await rowsOf(consultation)).map(({ status }) => status).sort();
    expect(states).toEqual([...Array(3).fill('erased'), ...Array(3).fill('ready')]);
  });

  it('taken back unheard is found by the next look', async () => {
    const consultation = await kept();
    await record();
    await world.aConsent(consultation, 'recording', false);
    const later = aNode({ database: db.database, dataDir, owner });
    await record(later);
    await later.recorder.stop();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'erased' }));
    expect(await objects()).toEqual([]);
  });

  it('given again before the withdrawal was handled keeps the files', async () => {
    const consultation = await kept();
    await record();
    await world.aConsent(consultation, 'recording', false);
    await world.aConsent(consultation, 'recording', true);
    await node.recorder.consentChanged(consultation.id, false);
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
    expect(await objects()).toHaveLength(6);
  });

  it.each([
    { told: true, status: 'erased' },
    { told: false, status: 'assembling' },
  ])(
    'taken back while a file is on its way to the store leaves no file (told: $told)',
    async ({ status, told }) => {
      const folder = createFolderStore(join(dataDir, 'shared'));
      const { promise: onItsWay, resolve: setOut } = Promise.withResolvers<void>();
      const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
      const store: ObjectStore = {
        ...folder,
        async put(key, body, type) {
          if (key.endsWith('.ogg')) {
            setOut();
            await gate;
          }
          await folder.put(key, body, type);
        },
      };
      const slow = aNode({ database: db.database, dataDir, owner, store });
      const consultation = await aKeptConsultation(world, slow.log, { streams: both, owner });
      await slow.recorder.start();
      await onItsWay;
      await world.aConsent(consultation, 'recording', false);
      if (told) await slow.recorder.consentChanged(consultation.id, false);
      letGo();
      await slow.recorder.idle();
      await slow.recorder.stop();
      expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status }));
      expect(await folder.list('recordings/')).toEqual([]);
    },
  );
});

describe('after a crash or a failure', () => {
  it('what a dead process had begun is done, and its leftovers go', async () => {
    const consultation = await kept();
    await node.plan.plan(consultation.id);
    const [mixed] = await rowsOf(consultation);
    await world.query(
      `update recordings set claimed_by = $1, claimed_until = now() + interval '1 hour', attempts = 1
       where id = $2`,
      [owner, mixed?.id],
    );
    const left = `recordings/${consultation.id}/${mixed?.id}/half.ogg`;
    await createFolderStore(join(dataDir, 'objects')).put(left, Buffer.from('half'), 'audio/ogg');
    await record();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
    expect(await objects()).not.toContain(left);
    expect(await readdir(join(dataDir, 'recordings-in-work'))).toEqual([]);
  });

  it('what another living node is at is left to it, until its claim runs out', async () => {
    const consultation = await kept();
    await node.plan.plan(consultation.id);
    const claim = (until: string) =>
      world.query(
        `update recordings set claimed_by = 'another', claimed_until = now() + $2::interval where room_id = $1`,
        [consultation.roomId, until],
      );
    await claim('1 minute');
    await record();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'assembling' }));
    await claim('-1 second');
    node.recorder.wake();
    await node.recorder.idle();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });

  it('a store that is away is tried again later, with its reason in the row', async () => {
    const folder = createFolderStore(join(dataDir, 'shared'));
    let away = true;
    const store: ObjectStore = {
      ...folder,
      put: (key, body, type) =>
        away && key.startsWith('recordings/')
          ? Promise.reject(new AppError('unavailable'))
          : folder.put(key, body, type),
    };
    const other = aNode({ database: db.database, dataDir, owner, store });
    const consultation = await aKeptConsultation(world, other.log, { streams: both, owner });
    await record(other);
    expect(await rowsOf(consultation)).toMatchObject(
      Array(3).fill({ status: 'assembling', failure: 'unavailable', attempts: 1 }),
    );
    away = false;
    await world.query('update recordings set next_attempt_at = now()');
    other.recorder.wake();
    await other.recorder.idle();
    await other.recorder.stop();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });

  it('an encoder that does not work gives up in the end, and is asked again on request', async () => {
    const broken = join(dataDir, 'not-ffmpeg');
    await writeFile(broken, '#!/bin/sh\necho no encoder >&2\nexit 3\n', { mode: 0o755 });
    const consultation = await kept();
    await node.plan.plan(consultation.id);
    await world.query('update recordings set attempts = 13 where room_id = $1', [
      consultation.roomId,
    ]);
    const lame = aNode({ database: db.database, dataDir, owner, ffmpeg: broken });
    await record(lame);
    await lame.recorder.stop();
    expect(await rowsOf(consultation)).toMatchObject(
      Array(3).fill({ status: 'failed', failure: 'encoding_failed' }),
    );
    await node.plan.plan(consultation.id);
    await record();
    expect(await rowsOf(consultation)).toMatchObject(
      Array(3).fill({ status: 'ready', failure: null }),
    );
  });
});

describe('more than one node', () => {
  it('sound on another machine is left to that machine', async () => {
    const consultation = await kept({ owner: 'another-node' });
    await record();
    expect(await rowsOf(consultation)).toEqual([]);
  });

  it('with an object store any node records what others took', async () => {
    const store = createFolderStore(join(dataDir, 'shared'));
    const one = aNode({
      database: db.database,
      dataDir: join(dataDir, 'one'),
      owner: 'one',
      store,
    });
    const two = aNode({
      database: db.database,
      dataDir: join(dataDir, 'two'),
      owner: 'two',
      store,
    });
    const [doctor, patient] = both;
    if (!doctor || !patient) throw new Error('there are two');
    const consultation = await aKeptConsultation(world, one.log, {
      streams: [doctor],
      owner: 'one',
    });
    await speak(world, two.log, consultation, { ...patient, owner: 'two' });
    await record(two);
    await two.recorder.stop();
    const [mixed] = await rowsOf(consultation);
    expect(mixed).toMatchObject({ status: 'ready', duration_ms: '6000' });
  });

  it('waits for a segment that is still on its way to the store', async () => {
    const store = createFolderStore(join(dataDir, 'shared'));
    const other = aNode({ database: db.database, dataDir, owner, store });
    const consultation = await aKeptConsultation(world, other.log, { streams: both, owner });
    const [late] = await store.list(`audio/${consultation.id}/`);
    const segment = await store.get(late?.key ?? '');
    await store.remove(late?.key ?? '');
    await record(other);
    const [before] = await rowsOf(consultation);
    expect(before).toMatchObject({ status: 'assembling', failure: 'audio_incomplete' });
    await store.put(late?.key ?? '', segment ?? Buffer.alloc(0), 'application/octet-stream');
    await world.query('update recordings set next_attempt_at = now()');
    other.recorder.wake();
    await other.recorder.idle();
    await other.recorder.stop();
    expect(await rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });
});
