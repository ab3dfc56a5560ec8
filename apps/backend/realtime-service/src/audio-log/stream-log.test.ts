import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChunkRecord } from './record.ts';
import { SegmentWriter, type StreamHeader } from './segment.ts';
import { StreamLog } from './stream-log.ts';

const header: StreamHeader = {
  consultationId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a11',
  sub: 'someone',
  stream: 'microphone',
  captureId: '0',
  participantId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a12',
  speaker: 'PACIENTE',
  sampleRate: 16_000,
  originMs: 1234,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stream-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (path: string) => ({ folder: path, fence: 1, durability: 'disk' as const });

/** A chunk whose bytes tell its number and which of several tries it was. */
function chunk(seq: number, attempt = 0, bytes = 640): ChunkRecord {
  const pcm = new Uint8Array(bytes).fill(attempt);
  new DataView(pcm.buffer).setUint32(0, seq);
  return { type: 'chunk', seq, capturedAtMs: seq * 100, pcm };
}

async function seqs(log: StreamLog): Promise<string[]> {
  const out: string[] = [];
  for await (const record of log.read()) {
    out.push(record.type === 'gap' ? `gap ${record.seq}-${record.toSeq}` : `${record.seq}`);
  }
  return out;
}

describe('the log of a stream', () => {
  it('keeps every acknowledged chunk once, in order, whatever order and repeats they come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 80 }),
        async (arrivals) => {
          const dir = await mkdtemp(join(folder, 'run-'));
          const log = await StreamLog.create(at(dir), header);
          for (const [attempt, seq] of arrivals.entries())
            await log.append(chunk(seq, attempt % 250));
          const settled = new Set(arrivals);
          let contiguous = -1;
          while (settled.has(contiguous + 1)) contiguous += 1;
          expect(log.marks.ackedSeq).toBe(contiguous);
          const inOrder = [...settled].sort((a, b) => a - b).map(String);
          expect(await seqs(log)).toEqual(inOrder);
          await log.close();
          const again = await StreamLog.open(at(dir));
          expect(again?.marks.ackedSeq).toBe(contiguous);
          await again?.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets the first bytes of a number win', async () => {
    const log = await StreamLog.create(at(folder), header);
    expect(await log.append(chunk(0, 1))).toBe(true);
    expect(await log.append(chunk(0, 2))).toBe(false);
    for await (const record of log.read()) {
      expect(record.type === 'chunk' && record.pcm[8]).toBe(1);
    }
    await log.close();
  });

  it('is read from the middle on, also over segments and holes', async () => {
    const log = await StreamLog.create(at(folder), header);
    const bytes = 60_000;
    // About thirty-three records fill a segment.
    for (let seq = 0; seq < 80; seq += 1) if (seq !== 75) await log.append(chunk(seq, 0, bytes));
    const from = async (of: StreamLog, seq: number) => {
      const out: number[] = [];
      for await (const record of of.read(seq)) out.push(record.seq);
      return out;
    };
    const rest = (seq: number) =>
      Array.from({ length: 80 - seq }, (_, i) => seq + i).filter((one) => one !== 75);
    for (const seq of [0, 32, 34, 70, 76]) expect(await from(log, seq)).toEqual(rest(seq));
    expect(await from(log, 80)).toEqual([]);
    await log.close();
    const again = await StreamLog.open(at(folder));
    for (const seq of [0, 34, 70]) expect(again && (await from(again, seq))).toEqual(rest(seq));
    await again?.close();
  });

  it('goes on behind the last whole record when the process or the disk tore the tail', async () => {
    const log = await StreamLog.create(at(folder), header);
    for (let seq = 0; seq < 5; seq++) await log.append(chunk(seq));
    await log.close();
    const [name = ''] = await readdir(folder);
    const path = join(folder, name);
    const whole = await readFile(path);
    const only = async (bytes: Buffer) => {
      for (const other of await readdir(folder)) await rm(join(folder, other));
      await writeFile(path, bytes);
    };
    for (const cut of [1, 27, 200, 660]) {
      await only(whole);
      await truncate(path, whole.length - cut);
      const reopened = await StreamLog.open(at(folder));
      expect(reopened?.marks.ackedSeq).toBe(3);
      await reopened?.append(chunk(4, 9));
      expect(reopened && (await seqs(reopened))).toEqual(['0', '1', '2', '3', '4']);
      await reopened?.close();
    }
    await only(whole);
    await appendFile(path, Buffer.from('garbage after the end of what was written'));
    const cleaned = await StreamLog.open(at(folder));
    expect(cleaned?.marks.ackedSeq).toBe(4);
    await cleaned?.close();
  });

  it('does not believe a record whose bytes have changed', async () => {
    const log = await StreamLog.create(at(folder), header);
    for (let seq = 0; seq < 3; seq++) await log.append(chunk(seq));
    await log.close();
    const [name = ''] = await readdir(folder);
    const bytes = await readFile(join(folder, name));
    const last = bytes.length - 100;
    bytes.writeUInt8(bytes.readUInt8(last) ^ 0xff, last);
    await writeFile(join(folder, name), bytes);
    const reopened = await StreamLog.open(at(folder));
    expect(reopened?.marks.ackedSeq).toBe(1);
    await reopened?.close();
  });

  it('loses to a bad spot on the disk only the record that it touches', async () => {
    const log = await StreamLog.create(at(folder), header);
    for (let seq = 0; seq < 9; seq++) await log.append(chunk(seq));
    await log.close();
    const [name = ''] = await readdir(folder);
    const bytes = await readFile(join(folder, name));
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0xff, middle, middle + 8);
    await writeFile(join(folder, name), bytes);
    const reopened = await StreamLog.open(at(folder));
    const left = reopened ? await seqs(reopened) : [];
    expect(left).toHaveLength(8);
    expect(left).toContain('8');
    expect(reopened?.damagedBytes).toBe(668);
    await reopened?.close();
  });

  it('calls nothing durable after a failed sync until it was written and synced again elsewhere', async () => {
    const log = await StreamLog.create(at(folder), header);
    await log.append(chunk(0));
    await log.sync();
    await log.append(chunk(1));
    // Linux reports a failed write-back once and calls the lost pages clean from then on.
    const failing = vi
      .spyOn(SegmentWriter.prototype, 'sync')
      .mockRejectedValueOnce(new Error('EIO'));
    await expect(log.sync()).rejects.toThrow('EIO');
    failing.mockRestore();
    expect(log.marks).toEqual({ ackedSeq: 1, durableSeq: 0 });
    await log.append(chunk(2));
    await log.sync();
    expect(log.marks).toEqual({ ackedSeq: 2, durableSeq: 2 });
    const [first = '', ...others] = (await readdir(folder)).sort();
    expect(others).toHaveLength(1);
    await rm(join(folder, first));
    // What the first segment lost is in the second one.
    expect(await seqs(log)).toEqual(['1', '2']);
    await log.close();
  });

  it('leaves no empty file behind when a segment cannot be begun', async () => {
    const log = await StreamLog.create(at(folder), header);
    const failing = vi
      .spyOn(SegmentWriter.prototype, 'append')
      .mockRejectedValue(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(log.append(chunk(0))).rejects.toMatchObject({ code: 'storage_full' });
    }
    failing.mockRestore();
    expect(await readdir(folder)).toEqual([]);
    expect(await log.append(chunk(0))).toBe(true);
    await log.close();
  });

  it('does not bring back what lay there before the stream was discarded', async () => {
    const before = await StreamLog.create(at(folder), { ...header, originMs: 10 });
    await before.append(chunk(0));
    await before.close();
    expect(await StreamLog.open(at(folder), 9999)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('passes a hole that was given up and keeps what was written in between', async () => {
    const log = await StreamLog.create(at(folder), header);
    for (const seq of [0, 1, 5, 9]) await log.append(chunk(seq));
    expect(log.marks.ackedSeq).toBe(1);
    expect(log.firstHole()).toEqual({ from: 2, to: 4 });
    await log.giveUp(2, 8);
    expect(log.marks.ackedSeq).toBe(9);
    expect(await seqs(log)).toEqual(['0', '1', 'gap 2-4', '5', 'gap 6-8', '9']);
    expect(await log.append(chunk(3))).toBe(false);
    await log.close();
    const again = await StreamLog.open(at(folder));
    expect(again?.marks.ackedSeq).toBe(9);
    await again?.close();
  });

  it('acknowledges at once and is durable only after a sync', async () => {
    const log = await StreamLog.create(at(folder), header);
    await log.append(chunk(0));
    expect(log.marks).toEqual({ ackedSeq: 0, durableSeq: -1 });
    await log.sync();
    expect(log.marks).toEqual({ ackedSeq: 0, durableSeq: 0 });
    await log.close();
  });

  it('with an object store is durable only once its closed segments were copied', async () => {
    const log = await StreamLog.create({ folder, fence: 1, durability: 'store' }, header);
    await log.append(chunk(0));
    await log.sync();
    expect(log.marks.durableSeq).toBe(-1);
    const sealed = await log.seal();
    await log.append(chunk(1));
    if (sealed) log.shipped(sealed);
    expect(log.marks).toEqual({ ackedSeq: 1, durableSeq: 0 });
    expect(sealed?.paths).toHaveLength(1);
    expect((await log.seal())?.paths).toHaveLength(1);
    await log.close();
  });

  it('goes on in new segments and reads across them', async () => {
    const log = await StreamLog.create(at(folder), header);
    for (let seq = 0; seq < 70; seq++) await log.append(chunk(seq, 0, 32_000));
    expect((await readdir(folder)).length).toBe(2);
    expect(await seqs(log)).toHaveLength(70);
    await log.close();
    const again = await StreamLog.open(at(folder));
    await again?.append(chunk(70));
    expect(again && (await seqs(again))).toHaveLength(71);
    await again?.close();
  });
});
