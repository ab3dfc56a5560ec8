import { serverEnv } from '#lib/env.ts';
import { securityTxt } from '#lib/security-txt.ts';

// The configuration is read at run time, one image for many sites.
export const dynamic = 'force-dynamic';

/** Whom to tell about a weakness; nothing where nobody was named. */
export function GET(): Response {
  const { frontendUrl, securityContact } = serverEnv();
  if (securityContact === null) return new Response(null, { status: 404 });
  return new Response(securityTxt(securityContact, frontendUrl, Date.now()), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
