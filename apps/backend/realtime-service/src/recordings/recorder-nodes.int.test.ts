import { join } from 'node:path';
import { createFolderStore } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import { aKeptConsultation, speak } from './testing/kept-consultation.ts';
import { both, owner, useRecorder } from './testing/recorder-bench.ts';
import { aNode } from './testing/test-recordings.ts';

const bench = useRecorder();

describe('more than one node', () => {
  it('sound on another machine is left to that machine', async () => {
    const consultation = await bench.kept({ owner: 'another-node' });
    await bench.record();
    expect(await bench.rowsOf(consultation)).toEqual([]);
  });

  it('with an object store any node records what others took', async () => {
    const store = createFolderStore(join(bench.dataDir, 'shared'));
    const one = aNode({
      database: bench.db.database,
      dataDir: join(bench.dataDir, 'one'),
      owner: 'one',
      store,
    });
    const two = aNode({
      database: bench.db.database,
      dataDir: join(bench.dataDir, 'two'),
      owner: 'two',
      store,
    });
    const [doctor, patient] = both;
    if (!doctor || !patient) throw new Error('there are two');
    const consultation = await aKeptConsultation(bench.world, one.log, {
      streams: [doctor],
      owner: 'one',
    });
    await speak(bench.world, two.log, consultation, { ...patient, owner: 'two' });
    await bench.record(two);
    await two.recorder.stop();
    const [mixed] = await bench.rowsOf(consultation);
    expect(mixed).toMatchObject({ status: 'ready', duration_ms: '6000' });
  });

  it('waits for a segment that is still on its way to the store', async () => {
    const store = createFolderStore(join(bench.dataDir, 'shared'));
    const other = aNode({ database: bench.db.database, dataDir: bench.dataDir, owner, store });
    const consultation = await aKeptConsultation(bench.world, other.log, { streams: both, owner });
    const [late] = await store.list(`audio/${consultation.id}/`);
    const segment = await store.get(late?.key ?? '');
    await store.remove(late?.key ?? '');
    await bench.record(other);
    const [before] = await bench.rowsOf(consultation);
    expect(before).toMatchObject({ status: 'assembling', failure: 'audio_incomplete' });
    await store.put(late?.key ?? '', segment ?? Buffer.alloc(0), 'application/octet-stream');
    await bench.world.query('update recordings set next_attempt_at = now()');
    other.recorder.wake();
    await other.recorder.idle();
    await other.recorder.stop();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });
});
