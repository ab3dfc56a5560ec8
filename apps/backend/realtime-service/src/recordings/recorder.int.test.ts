import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, createFolderStore, type ObjectStore } from '@medcall/service-kit';
import { waveform } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { aKeptConsultation, speak } from './testing/kept-consultation.ts';
import { both, doctorSpans, expectSpans, owner, useRecorder } from './testing/recorder-bench.ts';
import { aNode, ffmpeg } from './testing/test-recordings.ts';
import { listenToFile, tones } from './testing/tones.ts';

const bench = useRecorder();

describe('recordings of a consultation', () => {
  it('are one file of everybody and one of each, with every word where the transcript has it', async () => {
    const consultation = await bench.kept();
    await bench.record();
    const [mixed, doctor, patient, ...more] = await bench.rowsOf(consultation);
    expect(more).toEqual([]);
    expect([mixed, doctor, patient].map((row) => [row?.kind, row?.speaker, row?.status])).toEqual([
      ['mixed', null, 'ready'],
      ['speaker', 'MEDICO', 'ready'],
      ['speaker', 'PACIENTE', 'ready'],
    ]);

    const ofDoctor = await listenToFile(ffmpeg, bench.fileOf(doctor));
    expectSpans(ofDoctor.spans, doctorSpans);
    expect(ofDoctor.lengthMs).toBeCloseTo(6000, -2);
    const ofPatient = await listenToFile(ffmpeg, bench.fileOf(patient));
    expectSpans(ofPatient.spans, [[1200, 1900]]);
    // 2 s of sound, 3 s of muted microphone, 0.7 s late.
    expect(ofPatient.lengthMs).toBeCloseTo(5700, -2);
    const together = await listenToFile(ffmpeg, bench.fileOf(mixed));
    expectSpans(together.spans, [
      [1000, 1900],
      [4000, 4600],
    ]);
    expect(together.lengthMs).toBeCloseTo(6000, -2);

    expect(mixed).toMatchObject({ duration_ms: '6000', duration_seconds: 6 });
    const store = createFolderStore(join(bench.dataDir, 'objects'));
    const wave = waveform.parse(JSON.parse(String(await store.get(mixed?.peaks_key ?? ''))));
    expect(wave).toMatchObject({ durationMs: 6000, perSecond: 10 });
    expect(wave.peaks).toHaveLength(60);
    expect(wave.peaks[5]).toBe(0);
    expect(wave.peaks[12]).toBeGreaterThan(20);
  });

  it('keep time over sound that was lost', async () => {
    const consultation = await bench.kept({
      streams: [
        { role: 'doctor', pcm: tones(3000, [[2000, 2500]]), lost: [5, 6, 7, 8] },
        { role: 'patient', pcm: tones(1000, [[0, 300]]) },
      ],
    });
    await bench.record();
    const rows = await bench.rowsOf(consultation);
    const doctor = rows.find((row) => row.speaker === 'MEDICO');
    expectSpans((await listenToFile(ffmpeg, bench.fileOf(doctor))).spans, [[2000, 2500]]);
  });

  it('in person are one: there is one microphone', async () => {
    const consultation = await bench.kept({
      type: 'PRESENCIAL',
      streams: [{ role: 'doctor', pcm: tones(1000, [[200, 400]]) }],
    });
    await bench.record();
    expect(await bench.rowsOf(consultation)).toMatchObject([{ kind: 'mixed', status: 'ready' }]);
  });

  it('are not made again when nothing has changed', async () => {
    const consultation = await bench.kept();
    await bench.record();
    const before = await bench.rowsOf(consultation);
    const files = await bench.objects();
    bench.node.recorder.wake();
    await bench.node.recorder.idle();
    await bench.node.plan.plan(consultation.id);
    bench.node.recorder.wake();
    await bench.node.recorder.idle();
    expect(await bench.rowsOf(consultation)).toEqual(before);
    expect(await bench.objects()).toEqual(files);
  });

  it('grow with a later capture, under the same id, and the old file goes', async () => {
    const consultation = await bench.kept();
    await bench.record();
    const [before] = await bench.rowsOf(consultation);
    await speak(bench.world, bench.node.log, consultation, {
      role: 'doctor',
      captureId: 'second',
      originMs: 8000,
      pcm: tones(2000, [[500, 1000]]),
      owner,
    });
    bench.node.recorder.wake();
    await bench.node.recorder.idle();
    const [after] = await bench.rowsOf(consultation);
    expect(after).toMatchObject({ id: before?.id, status: 'ready', duration_ms: '10000' });
    expectSpans((await listenToFile(ffmpeg, bench.fileOf(after))).spans, [
      [1000, 1900],
      [4000, 4600],
      [8500, 9000],
    ]);
    expect(await bench.objects()).toHaveLength(6);
    expect(await bench.objects()).not.toContain(before?.storage_key);
  });

  it('are on the record', async () => {
    const consultation = await bench.kept();
    await bench.record();
    const rows = await bench.rowsOf(consultation);
    const audited = await bench.world.query<{ record_id: string; patient_id: string }>(
      "select record_id, patient_id from audit_logs where action = 'recording.assembled'",
    );
    for (const row of rows) {
      expect(audited).toContainEqual({ record_id: row.id, patient_id: consultation.patientId });
    }
  });
});

describe('after a crash or a failure', () => {
  it('what a dead process had begun is done, and its leftovers go', async () => {
    const consultation = await bench.kept();
    await bench.node.plan.plan(consultation.id);
    const [mixed] = await bench.rowsOf(consultation);
    await bench.world.query(
      `update recordings set claimed_by = $1, claimed_until = now() + interval '1 hour', attempts = 1
       where id = $2`,
      [owner, mixed?.id],
    );
    const left = `recordings/${consultation.id}/${mixed?.id}/half.ogg`;
    await createFolderStore(join(bench.dataDir, 'objects')).put(
      left,
      Buffer.from('half'),
      'audio/ogg',
    );
    await bench.record();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
    expect(await bench.objects()).not.toContain(left);
    expect(await readdir(join(bench.dataDir, 'recordings-in-work'))).toEqual([]);
  });

  it('what another living node is at is left to it, until its claim runs out', async () => {
    const consultation = await bench.kept();
    await bench.node.plan.plan(consultation.id);
    const claim = (until: string) =>
      bench.world.query(
        `update recordings set claimed_by = 'another', claimed_until = now() + $2::interval where room_id = $1`,
        [consultation.roomId, until],
      );
    await claim('1 minute');
    await bench.record();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'assembling' }));
    await claim('-1 second');
    bench.node.recorder.wake();
    await bench.node.recorder.idle();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });

  it('a store that is away is tried again later, with its reason in the row', async () => {
    const folder = createFolderStore(join(bench.dataDir, 'shared'));
    let away = true;
    const store: ObjectStore = {
      ...folder,
      put: (key, body, type) =>
        away && key.startsWith('recordings/')
          ? Promise.reject(new AppError('unavailable'))
          : folder.put(key, body, type),
    };
    const other = aNode({ database: bench.db.database, dataDir: bench.dataDir, owner, store });
    const consultation = await aKeptConsultation(bench.world, other.log, { streams: both, owner });
    await bench.record(other);
    expect(await bench.rowsOf(consultation)).toMatchObject(
      Array(3).fill({ status: 'assembling', failure: 'unavailable', attempts: 1 }),
    );
    away = false;
    await bench.world.query('update recordings set next_attempt_at = now()');
    other.recorder.wake();
    await other.recorder.idle();
    await other.recorder.stop();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });

  it('an encoder that does not work gives up in the end, and is asked again on request', async () => {
    const broken = join(bench.dataDir, 'not-ffmpeg');
    await writeFile(broken, '#!/bin/sh\necho no encoder >&2\nexit 3\n', { mode: 0o755 });
    const consultation = await bench.kept();
    await bench.node.plan.plan(consultation.id);
    await bench.world.query('update recordings set attempts = 13 where room_id = $1', [
      consultation.roomId,
    ]);
    const lame = aNode({
      database: bench.db.database,
      dataDir: bench.dataDir,
      owner,
      ffmpeg: broken,
    });
    await bench.record(lame);
    await lame.recorder.stop();
    expect(await bench.rowsOf(consultation)).toMatchObject(
      Array(3).fill({ status: 'failed', failure: 'encoding_failed' }),
    );
    await bench.node.plan.plan(consultation.id);
    await bench.record();
    expect(await bench.rowsOf(consultation)).toMatchObject(
      Array(3).fill({ status: 'ready', failure: null }),
    );
  });
});
