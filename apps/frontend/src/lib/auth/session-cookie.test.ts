import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { proxy } from '../../proxy.ts';
import { sessionCookie } from './session-cookie.ts';

const secret = 'a-secret-of-this-test-only';
const frontendUrl = 'https://medcall.example';

beforeAll(() => {
  vi.stubEnv('NEXTAUTH_SECRET', secret);
  vi.stubEnv('NEXTAUTH_URL', frontendUrl);
  vi.stubEnv('NEXT_PUBLIC_GATEWAY_HTTP_URL', 'https://api.medcall.example');
  vi.stubEnv('NEXT_PUBLIC_REALTIME_WS_URL', 'https://realtime.medcall.example');
});

async function visit(cookieName: string): Promise<string | null> {
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 0 };
  const cookie = `${cookieName}=${await encode({ secret, token: { sub: '1', tokens } })}`;
  const response = await proxy(
    new NextRequest(`${frontendUrl}/dashboard`, { headers: { cookie } }),
  );
  return response.headers.get('location');
}

describe('the cookies of the sign-in over HTTPS', () => {
  it('bear __Host-, are Secure, HttpOnly and SameSite, and name no domain', () => {
    const cookies = Object.values(sessionCookie(frontendUrl).cookies);
    expect(cookies).toHaveLength(2);
    for (const { name, options } of cookies) {
      expect(name).toMatch(/^__Host-/);
      expect(options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
    }
  });

  it('open the pages; a cookie that a neighbour could have set does not', async () => {
    expect(await visit(sessionCookie(frontendUrl).name)).toBeNull();
    for (const other of ['__Secure-next-auth.session-token', 'next-auth.session-token']) {
      expect(await visit(other)).toContain('/login');
    }
  });

  it('keep next-auth’s own names where there is no HTTPS', () => {
    expect(sessionCookie('http://localhost:3000')).toEqual({
      name: 'next-auth.session-token',
      cookies: {},
    });
  });
});
