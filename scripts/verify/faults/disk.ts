import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from '../../lib/system/wait-until.ts';
import { calm, disturbed, type Fault, judged, stubEngine } from './fault.ts';

const run = promisify(execFile);
const stub = { name: 'stub', env: stubEngine };

export const diskFull: Fault = {
  name: 'disk full (a file system of 600 kB), space is made later',
  expected:
    'storage_full, the chunks stay with their senders and go on where they were; nothing torn',
  async run(bench, sound) {
    let mounted = '';
    const wrong: string[] = [];
    try {
      const outcome = await disturbed(bench, sound, {
        name: 'disk-full',
        env: stubEngine,
        speed: 3,
        before: async (dataDir) => {
          mounted = path.join(dataDir, 'audio');
          await mkdir(mounted, { recursive: true });
          await run('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', mounted]);
        },
        during: async ({ voices }) => {
          await waitUntil(
            'both are told that the disk is full',
            () => voices.every(({ refused }) => (refused.get('storage_full') ?? 0) > 2),
            { timeoutMs: 60_000, everyMs: 50 },
          );
          await run('mount', ['-o', 'remount,size=64m', mounted]);
        },
      });
      return judged(await calm(bench, sound, stub), outcome, wrong);
    } finally {
      if (mounted) await run('umount', ['-l', mounted]);
    }
  },
};

/** Newest segment of each stream of a consultation. */
async function newestSegments(dataDir: string, consultationId: string): Promise<string[]> {
  const folder = path.join(dataDir, 'audio', consultationId);
  const newest: string[] = [];
  for (const stream of await readdir(folder)) {
    const last = (await readdir(path.join(folder, stream))).sort().at(-1);
    if (last) newest.push(path.join(folder, stream, last));
  }
  return newest;
}

export const tornTail: Fault = {
  name: 'torn tail: SIGKILL, half a record and garbage at the end of the files',
  expected: 'cut off at the last whole record; what was acknowledged is there',
  async run(bench, sound) {
    const outcome = await disturbed(bench, sound, {
      name: 'torn-tail',
      env: stubEngine,
      speed: 4,
      during: async ({ dataDir, live, service, voices }) => {
        await waitUntil('people speak', () => voices.every((v) => v.sender.marks.ackedSeq > 60), {
          timeoutMs: 60_000,
          everyMs: 20,
        });
        await service.kill();
        const [one, other] = await newestSegments(dataDir, live.consultation.id);
        if (!one || !other) throw new Error('there are no two streams');
        const bytes = await readFile(one);
        await appendFile(one, bytes.subarray(-1500));
        await appendFile(other, Buffer.from('\u0001\u0001\u0000\u0000 no record begins like this'));
        await service.start();
      },
    });
    return judged(await calm(bench, sound, stub), outcome);
  },
};

export const lostTail: Fault = {
  name: 'power cut: SIGKILL, and the files end at what was durable',
  expected: 'what was acknowledged and not durable comes again from the senders',
  async run(bench, sound) {
    let asked = 0;
    const outcome = await disturbed(bench, sound, {
      name: 'power-cut',
      env: stubEngine,
      speed: 4,
      during: async ({ dataDir, live, service, voices }) => {
        const waiting = () => voices.every(({ sender }) => sender.marks.ackedSeq > 60);
        await waitUntil('people speak', waiting, { timeoutMs: 60_000, everyMs: 20 });
        await service.kill();
        const recordBytes = 28 + 3200;
        for (const file of await newestSegments(dataDir, live.consultation.id)) {
          // At most what is not durable of the stream that has least of it.
          const open = Math.min(
            ...voices.map(({ sender }) => sender.marks.ackedSeq - sender.marks.durableSeq),
          );
          asked += open;
          const { length } = await readFile(file);
          await truncate(file, length - open * recordBytes + (open > 0 ? 700 : 0));
        }
        await service.start();
      },
      afterEnd: async ({ voices }) => {
        const again = voices.reduce((sum, voice) => sum + voice.brokenPromises, 0);
        for (const voice of voices) voice.brokenPromises = 0;
        return `${again} chunks asked for again, of ${asked} cut off`;
      },
    });
    return judged(await calm(bench, sound, stub), outcome);
  },
};
