import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { proxy } from './proxy.ts';

const secret = 'a-secret-of-this-test-only';

beforeAll(() => {
  vi.stubEnv('NEXTAUTH_SECRET', secret);
  vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000');
});

function visit(path: string, cookie?: string) {
  const headers = new Headers(cookie ? { cookie: `next-auth.session-token=${cookie}` } : {});
  return proxy(new NextRequest(`http://localhost:3000${path}`, { headers }));
}

const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 0 };

describe('proxy', () => {
  it.each([
    '/dashboard',
    '/agenda',
    '/admin',
    '/admin?aba=auditoria',
    '/consulta/123',
    '/consulta-presencial/123',
    '/pacientes/1',
    '/configuracoes',
    '/Dashboard',
    '/%64ashboard',
    '//dashboard',
  ])('sends a signed-out visitor of %s to the sign-in, with no page', async (path) => {
    const response = await visit(path);
    expect(response.status).toBe(307);
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.pathname).toBe('/login');
    expect(target.searchParams.get('de')).toBeTruthy();
    expect(await response.text()).toBe('');
  });

  it('keeps the way back, query included', async () => {
    const response = await visit('/agenda?dia=2026-11-23');
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.searchParams.get('de')).toBe('/agenda?dia=2026-11-23');
  });

  it('lets a signed-in person pass, without a copy in any cache', async () => {
    const response = await visit(
      '/dashboard',
      await encode({ secret, token: { sub: '1', tokens } }),
    );
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('cache-control')).toContain('no-store');
  });

  it('takes a cookie signed with another secret for no cookie', async () => {
    const forged = await encode({
      secret: 'another-secret-altogether',
      token: { sub: '1', tokens },
    });
    expect((await visit('/dashboard', forged)).status).toBe(307);
  });

  it.each(['/', '/login', '/dashboards'])('leaves %s open', async (path) => {
    expect((await visit(path)).headers.get('x-middleware-next')).toBe('1');
  });

  it('shows who is invited the small page, under the address of the room', async () => {
    const signedIn = await encode({ secret, token: { sub: '1', tokens } });
    const shown = async (path: string, cookie?: string) => {
      const rewritten = (await visit(path, cookie)).headers.get('x-middleware-rewrite');
      return rewritten && new URL(rewritten);
    };
    // The invitation is read from the address by the page itself; no server page is given it.
    const guest = 'http://localhost:3000/convidado/sala-1234';
    expect(String(await shown('/call/sala-1234?convite=segredo'))).toBe(guest);
    expect(String(await shown('/call/sala-1234?convite=segredo', signedIn))).toBe(guest);
    expect(String(await shown('/call/sala-1234'))).toBe(guest);
    expect(await shown('/call/sala-1234', signedIn)).toBeNull();
    expect(await shown('/call/sala-1234/outra')).toBeNull();
  });

  it('gives each page a nonce of its own and lets it connect to our services alone', async () => {
    const [one, two] = await Promise.all([visit('/'), visit('/')]);
    const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/;
    expect(nonce.exec(policyOf(one))?.[1]).not.toBe(nonce.exec(policyOf(two))?.[1]);
    expect(policyOf(one)).toContain("frame-ancestors 'none'");
    expect(policyOf(one)).toContain('ws://localhost:3002');
    expect(policyOf(one)).not.toMatch(/script-src[^;]*unsafe-inline/);
  });
});
