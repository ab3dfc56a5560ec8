import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { tracePages } from '../page-trace.ts';
import { ApiError } from './api-error.ts';
import { createHttp } from './http.ts';

const answer = z.object({ name: z.string() });

function aServer(...responses: Response[]) {
  const fetch = vi.fn(async (_input: unknown, _init?: RequestInit) => {
    const next = responses.shift();
    if (!next) throw new TypeError('fetch failed');
    return next;
  });
  const getToken = vi.fn(async ({ renew }: { renew: boolean }) => (renew ? 'new' : 'old'));
  const http = createHttp({
    baseUrl: 'http://g',
    getToken,
    fetch: fetch as typeof globalThis.fetch,
  });
  return { fetch, getToken, http };
}

async function refusal(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ApiError)) throw new Error('an ApiError was expected');
  return error;
}

describe('createHttp', () => {
  it('renews the token once after a 401 and repeats the request', async () => {
    const { fetch, http } = aServer(
      Response.json({}, { status: 401 }),
      Response.json({ name: 'Ana' }),
    );
    await expect(http({ path: '/x', answer })).resolves.toEqual({ name: 'Ana' });
    const bearers = fetch.mock.calls.map(([, init]) =>
      new Headers(init?.headers).get('authorization'),
    );
    expect(bearers).toEqual(['Bearer old', 'Bearer new']);
  });

  it('says which trace a request belongs to where pages are traced, and nothing elsewhere', async () => {
    vi.stubGlobal('window', { location: { pathname: '/dashboard' } });
    try {
      for (const traced of [true, false]) {
        tracePages(traced);
        const { fetch, http } = aServer(Response.json({ name: 'Ana' }));
        await http({ path: '/x', answer });
        const [[, init]] = fetch.mock.calls as [[unknown, RequestInit]];
        const said = new Headers(init.headers).get('traceparent');
        if (traced) expect(said).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
        else expect(said).toBeNull();
      }
    } finally {
      tracePages(false);
      vi.unstubAllGlobals();
    }
  });

  it("passes on the service's code and sentence", async () => {
    const body = { error: { code: 'conflict', message: 'Este CPF já existe.', details: { a: 1 } } };
    const { http } = aServer(Response.json(body, { status: 409 }));
    const error = await refusal(http({ path: '/x', answer }));
    expect(error).toMatchObject({ code: 'conflict', message: 'Este CPF já existe.', status: 409 });
  });

  it('says in Portuguese that a proxy in between is down', async () => {
    const { http } = aServer(new Response('<html>Bad gateway</html>', { status: 502 }));
    expect((await refusal(http({ path: '/x', answer }))).code).toBe('unavailable');
  });

  it('tells no answer from a wrong answer', async () => {
    const { http } = aServer(Response.json({ nome: 'Ana' }));
    expect((await refusal(http({ path: '/x', answer }))).code).toBe('bad_answer');
    expect((await refusal(http({ path: '/x', answer }))).code).toBe('unreachable');
  });

  it('keeps the wait that a 429 asks for', async () => {
    const { http } = aServer(new Response('', { status: 429, headers: { 'retry-after': '17' } }));
    expect(await refusal(http({ path: '/x', answer }))).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 17,
    });
  });
});
