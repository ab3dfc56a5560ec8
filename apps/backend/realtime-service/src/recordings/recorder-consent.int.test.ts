import { join } from 'node:path';
import { createFolderStore, type ObjectStore } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import { aKeptConsultation } from './testing/kept-consultation.ts';
import { both, owner, useRecorder } from './testing/recorder-bench.ts';
import { aNode } from './testing/test-recordings.ts';

const bench = useRecorder();

describe('the recording consent', () => {
  it('absent means no recording, not even on request', async () => {
    const consultation = await bench.kept({ consent: false });
    await bench.record();
    expect(await bench.rowsOf(consultation)).toEqual([]);
    await expect(bench.node.plan.plan(consultation.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('given afterwards makes them while the sound is there', async () => {
    const consultation = await bench.kept({ consent: false });
    await bench.record();
    await bench.world.aConsent(consultation, 'recording');
    await bench.node.recorder.consentChanged(consultation.id, true);
    await bench.node.recorder.idle();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
  });

  it('taken back erases the files and keeps the rows; given again makes new ones', async () => {
    const consultation = await bench.kept();
    await bench.record();
    const before = await bench.rowsOf(consultation);
    await bench.world.aConsent(consultation, 'recording', false);
    await bench.node.recorder.consentChanged(consultation.id, false);
    expect(await bench.objects()).toEqual([]);
    const erased = await bench.rowsOf(consultation);
    expect(erased).toMatchObject(
      before.map(({ id, sha256 }) => ({ id, sha256, status: 'erased', storage_key: null })),
    );
    await bench.world.aConsent(consultation, 'recording');
    await bench.node.recorder.consentChanged(consultation.id, true);
    await bench.node.recorder.idle();
    const states = (await bench.rowsOf(consultation)).map(({ status }) => status).sort();
    expect(states).toEqual([...Array(3).fill('erased'), ...Array(3).fill('ready')]);
  });

  it('taken back unheard is found by the next look', async () => {
    const consultation = await bench.kept();
    await bench.record();
    await bench.world.aConsent(consultation, 'recording', false);
    const later = aNode({ database: bench.db.database, dataDir: bench.dataDir, owner });
    await bench.record(later);
    await later.recorder.stop();
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'erased' }));
    expect(await bench.objects()).toEqual([]);
  });

  it('given again before the withdrawal was handled keeps the files', async () => {
    const consultation = await bench.kept();
    await bench.record();
    await bench.world.aConsent(consultation, 'recording', false);
    await bench.world.aConsent(consultation, 'recording', true);
    await bench.node.recorder.consentChanged(consultation.id, false);
    expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status: 'ready' }));
    expect(await bench.objects()).toHaveLength(6);
  });

  it.each([
    { told: true, status: 'erased' },
    { told: false, status: 'assembling' },
  ])(
    'taken back while a file is on its way to the store leaves no file (told: $told)',
    async ({ status, told }) => {
      const folder = createFolderStore(join(bench.dataDir, 'shared'));
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
      const slow = aNode({ database: bench.db.database, dataDir: bench.dataDir, owner, store });
      const consultation = await aKeptConsultation(bench.world, slow.log, { streams: both, owner });
      await slow.recorder.start();
      await onItsWay;
      await bench.world.aConsent(consultation, 'recording', false);
      if (told) await slow.recorder.consentChanged(consultation.id, false);
      letGo();
      await slow.recorder.idle();
      await slow.recorder.stop();
      expect(await bench.rowsOf(consultation)).toMatchObject(Array(3).fill({ status }));
      expect(await folder.list('recordings/')).toEqual([]);
    },
  );
});
