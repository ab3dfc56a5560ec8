import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { serverEnv } from './lib/env.ts';
import { isProtectedPath } from './lib/protected-paths.ts';

/**
 * The first door: a signed-out visitor of a protected page is sent to /login with the way back,
 * before any of the page is rendered. The layouts ask again (`requireSession`).
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (!isProtectedPath(pathname)) return NextResponse.next();
  const env = serverEnv();
  const token = await getToken({
    req: request,
    secret: env.authSecret,
    secureCookie: env.frontendUrl.startsWith('https://'),
  });
  if (token?.tokens) {
    const response = NextResponse.next();
    response.headers.set('Cache-Control', 'private, no-store');
    return response;
  }
  const login = new URL('/login', request.url);
  login.searchParams.set('de', `${pathname}${search}`);
  return NextResponse.redirect(login);
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|worklets/|favicon.ico|icon.svg|api/).*)'],
};
