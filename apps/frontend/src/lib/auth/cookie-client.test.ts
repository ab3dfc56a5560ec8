import { afterEach, describe, expect, it, vi } from 'vitest';
import { cookieClient } from './cookie-client.ts';
import { readCookieSession } from './cookie-session.ts';

vi.mock('./cookie-session.ts', () => ({ readCookieSession: vi.fn() }));
vi.mock('../env.ts', () => ({
  serverEnv: () => ({
    supabaseUrl: 'http://identity.test',
    supabaseAnonKey: 'anon-key',
    gatewayUrl: 'http://identity.test',
  }),
}));

function withLife(seconds: number) {
  const expiresAt = Math.floor(Date.now() / 1000) + seconds;
  const claims = Buffer.from(JSON.stringify({ sub: 'u1', exp: expiresAt })).toString('base64url');
  vi.mocked(readCookieSession).mockResolvedValue({
    tokens: { accessToken: `e30.${claims}.c2ln`, refreshToken: 'r0', expiresAt },
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('cookieClient', () => {
  it.each([-1, 20, 60, 90])(
    'refuses a session with %i s left, and spends nothing',
    async (life) => {
      const fetch = vi.fn();
      vi.stubGlobal('fetch', fetch);
      withLife(life);
      expect(await cookieClient()).toEqual({ refused: null });
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it('never renews one that it takes', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: unknown) => {
      asked.push(String(url instanceof Request ? url.url : url));
      return Response.json({ id: 'u1', aud: 'authenticated', factors: [] });
    });
    withLife(100);
    const client = await cookieClient();
    if ('refused' in client) throw new Error('refused');
    await client.supabase.auth.mfa.listFactors();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((url) => url.includes('/token'))).toEqual([]);
  });
});
