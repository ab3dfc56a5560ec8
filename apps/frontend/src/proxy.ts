import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { sessionCookie } from './lib/auth/session-cookie.ts';
import { contentSecurityPolicy } from './lib/content-security-policy.ts';
import { type ServerEnv, serverEnv } from './lib/env.ts';
import { isProtectedPath, secondStepPath } from './lib/protected-paths.ts';

/**
 * The first door: a signed-out visitor of a protected page is sent to /login with the way back,
 * before any of the page is rendered. The layouts ask again (`requireSession`). Every page gets its
 * own nonce.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const env = serverEnv();
  const isProtected = isProtectedPath(pathname);
  const roomPath = /^\/call\/([^/]+)$/.exec(pathname)?.[1];
  const tokens = isProtected || roomPath ? await tokensOf(request, env) : undefined;
  if (isProtected && !tokens) {
    const login = new URL('/login', request.url);
    login.searchParams.set('de', `${pathname}${search}`);
    return NextResponse.redirect(login);
  }
  if (isProtected && tokens?.secondStep) {
    return NextResponse.redirect(new URL(secondStepPath(`${pathname}${search}`), request.url));
  }
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = contentSecurityPolicy(nonce, env.public, env.production);
  // Next puts the nonce of this request header on its own scripts; ours read `x-nonce`.
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  // Who comes with an invitation, or without a session, gets the small page (decision 0098).
  const asGuest = roomPath && (!tokens || request.nextUrl.searchParams.has('convite'));
  const response = asGuest
    ? NextResponse.rewrite(new URL(`/convidado/${roomPath}`, request.url), { request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (isProtected) response.headers.set('cache-control', 'private, no-store');
  return response;
}

async function tokensOf(request: NextRequest, env: ServerEnv) {
  const token = await getToken({
    req: request,
    secret: env.authSecret,
    cookieName: sessionCookie(env.frontendUrl).name,
  });
  return token?.tokens;
}

export const config = {
  matcher: [
    '/((?!_next/static|_next/image|worklets/|icons/|favicon.ico|icon.svg|sw.js|manifest.webmanifest|api/).*)',
  ],
};
