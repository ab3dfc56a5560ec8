import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createHttp } from './http.ts';
import type { UploadProgress } from './upload.ts';

/** The browser's request as far as an upload uses it; a test plays the line. */
class ARequest {
  static readonly sent: ARequest[] = [];
  readonly upload: {
    onprogress?: (event: { loaded: number; total: number }) => void;
    onload?: (event: { loaded: number }) => void;
  } = {};
  readonly headers = new Map<string, string>();
  opened = '';
  status = 0;
  responseText = '';
  answerHeaders = '';
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;

  open(method: string, url: URL) {
    this.opened = `${method} ${url}`;
  }
  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value);
  }
  getAllResponseHeaders() {
    return this.answerHeaders;
  }
  send() {
    ARequest.sent.push(this);
  }
  abort() {
    this.onabort?.();
  }
  answer(status: number, text: string, headers = '') {
    this.status = status;
    this.responseText = text;
    this.answerHeaders = headers;
    this.onload?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('XMLHttpRequest', ARequest);
  ARequest.sent.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function anUpload(signal?: AbortSignal) {
  const http = createHttp({
    baseUrl: 'http://g',
    getToken: async ({ renew }) => (renew ? 'new' : 'old'),
  });
  const told: UploadProgress[] = [];
  const done = http({
    method: 'POST',
    path: '/api/guidelines',
    file: { type: 'application/pdf', content: new Blob(['abcdef']) },
    answer: z.object({ name: z.string() }),
    deadlineMs: 10_000,
    onProgress: (progress) => told.push(progress),
    ...(signal ? { signal } : {}),
  });
  return { told, done };
}

async function request(index = 0): Promise<ARequest> {
  await vi.waitFor(() => expect(ARequest.sent.length).toBeGreaterThan(index));
  const found = ARequest.sent[index];
  if (!found) throw new Error('nothing was sent');
  return found;
}

describe('a file that is sent', () => {
  it('tells how much of it has gone out, its last byte included, and gives the answer', async () => {
    const { told, done } = anUpload();
    const line = await request();
    expect(line.opened).toBe('POST http://g/api/guidelines');
    expect(line.headers.get('authorization')).toBe('Bearer old');
    expect(line.headers.get('content-type')).toBe('application/pdf');
    line.upload.onprogress?.({ loaded: 2, total: 6 });
    line.upload.onload?.({ loaded: 6 });
    line.answer(201, '{"name":"Ana"}', 'content-type: application/json\r\n');
    await expect(done).resolves.toEqual({ name: 'Ana' });
    expect(told).toEqual([
      { sentBytes: 2, totalBytes: 6 },
      { sentBytes: 6, totalBytes: 6 },
    ]);
  });

  it('is sent again with a renewed token, and refused in the service’s words', async () => {
    const { done } = anUpload();
    (await request()).answer(401, '');
    const again = await request(1);
    expect(again.headers.get('authorization')).toBe('Bearer new');
    const refused = expect(done).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 7,
    });
    again.answer(429, '', 'retry-after: 7\r\n');
    await refused;
  });

  it('may take long while bytes move, and fails when none do', async () => {
    const { done } = anUpload();
    const refused = expect(done).rejects.toMatchObject({ code: 'unreachable' });
    const line = await request();
    let failed = false;
    done.catch(() => {
      failed = true;
    });
    for (let loaded = 1; loaded < 6; loaded += 1) {
      line.upload.onprogress?.({ loaded, total: 6 });
      await vi.advanceTimersByTimeAsync(8_000);
    }
    expect(failed).toBe(false);
    await vi.advanceTimersByTimeAsync(3_000);
    await refused;
  });

  it('says that the service did not answer when the line breaks', async () => {
    const { done } = anUpload();
    const refused = expect(done).rejects.toMatchObject({ code: 'unreachable' });
    (await request()).onerror?.();
    await refused;
  });

  it('is not sent at all, or no further, once it was given up', async () => {
    await expect(anUpload(AbortSignal.abort()).done).rejects.toMatchObject({ code: 'unreachable' });
    expect(ARequest.sent).toHaveLength(0);
    const leaving = new AbortController();
    const refused = expect(anUpload(leaving.signal).done).rejects.toMatchObject({
      code: 'unreachable',
    });
    await request();
    leaving.abort();
    await refused;
  });

  it('ends with an error where the answer is none that a browser can hold', async () => {
    const { done } = anUpload();
    const refused = expect(done).rejects.toMatchObject({ code: 'unreachable' });
    (await request()).answer(200, '{}', 'broken name: 1\r\n');
    await refused;
  });
});
