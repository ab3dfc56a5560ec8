import { type NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions, type SessionRequest } from '#lib/auth/options.ts';
import { isSameOrigin } from '#lib/auth/origin.ts';
import { serverEnv } from '#lib/env.ts';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth: action } = await context.params;
  const env = serverEnv();
  const isSessionRead = request.method === 'GET' && action[0] === 'session';
  const changesCookies = request.method !== 'GET' || isSessionRead;
  if (changesCookies && !isSameOrigin(request.headers, [env.frontendUrl, ownUrl(request)])) {
    return NextResponse.json(
      { error: { code: 'forbidden', message: 'Este pedido veio de outro endereço.' } },
      { status: 403 },
    );
  }
  const session: SessionRequest = { mayRefresh: isSessionRead, refreshed: false };
  const response: Response = await NextAuth(request, context, authOptions(session));
  if (!isSessionRead || session.refreshed) return response;
  // next-auth writes the cookie on every read. One that did not refresh may hold tokens which
  // another tab has just replaced: it must not put them back.
  const headers = new Headers(response.headers);
  headers.delete('set-cookie');
  return new Response(response.body, { status: response.status, headers });
}

/** The address under which the browser sees us, also when it is not the configured one (127.0.0.1). */
function ownUrl(request: NextRequest): string {
  const host = request.headers.get('host') ?? request.nextUrl.host;
  return `${request.nextUrl.protocol}//${host}`;
}

export { handle as GET, handle as POST };
