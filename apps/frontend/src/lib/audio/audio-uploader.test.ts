import type { Ack, ChunkAck } from '@medcall/shared-types';
import { describe, expect, it, vi } from 'vitest';
import { AudioUploader } from './audio-uploader.ts';
import type { Chunk, ChunkStore } from './chunk-store.ts';

function aChunk(seq: number): Chunk {
  return { seq, capturedAtMs: seq * 100, data: new ArrayBuffer(4) };
}

function anUploader(left: Map<string, Chunk[]> = new Map()) {
  const sent: { captureId: string; seq: number }[] = [];
  const cleared = vi.fn(async () => {});
  const store: ChunkStore = {
    put: async () => {},
    removeThrough: async () => {},
    load: async () => left,
    clear: cleared,
  };
  let ids = 0;
  const backlog = vi.fn();
  const uploader = new AudioUploader({
    store,
    send: async ({ captureId, seq }): Promise<Ack<ChunkAck>> => {
      sent.push({ captureId, seq });
      return { ok: true, ackedSeq: seq, durableSeq: seq };
    },
    newId: () => {
      ids += 1;
      return `capture-${ids}`;
    },
    onBacklog: backlog,
    onRefused: vi.fn(),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { uploader, sent, cleared, backlog, settled };
}

describe('AudioUploader', () => {
  it('hands over what the page before a reload had left, from where the service stands', async () => {
    const { uploader, sent, settled } = anUploader(new Map([['old', [aChunk(4), aChunk(5)]]]));
    await uploader.restore();
    uploader.joined({ old: { nextSeq: 5 } });
    await settled();
    expect(sent).toEqual([{ captureId: 'old', seq: 5 }]);
  });

  it('gives each capture its own id and its own count', async () => {
    const { uploader, sent, settled } = anUploader();
    uploader.joined({});
    uploader.begin();
    uploader.push(new ArrayBuffer(4), 0);
    uploader.end();
    uploader.begin();
    uploader.push(new ArrayBuffer(4), 0);
    await settled();
    expect(sent).toEqual([
      { captureId: 'capture-1', seq: 0 },
      { captureId: 'capture-2', seq: 0 },
    ]);
  });

  it('collects while the line is down and tells how much', async () => {
    const { uploader, sent, backlog, settled } = anUploader();
    uploader.joined({});
    uploader.begin();
    uploader.lineDown();
    for (const at of [0, 100, 200]) uploader.push(new ArrayBuffer(4), at);
    await settled();
    expect(sent).toEqual([]);
    expect(backlog).toHaveBeenLastCalledWith(300);
    uploader.joined({});
    await settled();
    expect(sent).toHaveLength(3);
    expect(backlog).toHaveBeenLastCalledWith(0);
  });

  it('leaves nothing on the device when the transcription is not allowed', async () => {
    const { uploader, sent, cleared, settled } = anUploader(new Map([['old', [aChunk(0)]]]));
    await uploader.restore();
    uploader.begin();
    uploader.push(new ArrayBuffer(4), 0);
    await uploader.discard();
    uploader.joined({});
    uploader.push(new ArrayBuffer(4), 100);
    await settled();
    expect(sent).toEqual([]);
    expect(cleared).toHaveBeenCalledOnce();
  });
});
