import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DownloadProgress, downloadFile } from './download.ts';

/** What the browser is handed, by name. */
let saved: Map<string, Blob>;

beforeEach(() => {
  vi.useFakeTimers();
  saved = new Map();
  const held = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    const url = `blob:${held.size}`;
    if (file instanceof Blob) held.set(url, file);
    return url;
  });
  vi.stubGlobal('document', {
    createElement: () => {
      const link = {
        href: '',
        download: '',
        click: () => saved.set(link.download, held.get(link.href) ?? new Blob()),
      };
      return link;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** An answer that a test sends piece by piece, and that ends when the reader goes away. */
function anAnswer(headers: Record<string, string>) {
  let sender: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sender = controller;
    },
  });
  vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => {
    signal?.addEventListener('abort', () => sender?.error(new Error('aborted')));
    return new Response(body, { headers });
  });
  return {
    send: (text: string) => sender?.enqueue(new TextEncoder().encode(text)),
    end: () => sender?.close(),
  };
}

const copy = { path: '/api/copy', fileName: 'copia.zip' };
const token = async () => 'token';

describe('a file that is downloaded', () => {
  it('is saved whole, and tells of its length as it comes', async () => {
    const answer = anAnswer({ 'content-length': '6', 'content-type': 'application/zip' });
    const told: DownloadProgress[] = [];
    const done = downloadFile('http://gateway', token, {
      ...copy,
      onProgress: (progress) => told.push(progress),
    });
    answer.send('abc');
    await vi.advanceTimersByTimeAsync(1);
    answer.send('def');
    answer.end();
    await done;
    expect(told).toEqual([
      { receivedBytes: 3, totalBytes: 6 },
      { receivedBytes: 6, totalBytes: 6 },
    ]);
    expect(await saved.get('copia.zip')?.text()).toBe('abcdef');
  });

  it('of unknown length tells what has come', async () => {
    const answer = anAnswer({});
    const told: DownloadProgress[] = [];
    const done = downloadFile('http://gateway', token, {
      ...copy,
      onProgress: (progress) => told.push(progress),
    });
    answer.send('abc');
    answer.end();
    await done;
    expect(told).toEqual([{ receivedBytes: 3, totalBytes: null }]);
  });

  it('may take long while something comes, and fails when nothing does', async () => {
    const answer = anAnswer({});
    const done = downloadFile('http://gateway', token, copy);
    const refused = expect(done).rejects.toMatchObject({ code: 'unreachable' });
    for (let part = 0; part < 5; part += 1) {
      answer.send('abc');
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect(saved.size).toBe(0);
    await vi.advanceTimersByTimeAsync(31_000);
    await refused;
    expect(saved.size).toBe(0);
  });
});
