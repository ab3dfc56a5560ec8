import { z } from 'zod';

const claims = z.object({ aal: z.string().nullish() });

/**
 * The `aal` of an access token, embedded or hosted: `aal2` after a second factor. Not verified here: it
 * decides which page is shown, never what is allowed.
 */
export function assuranceOf(accessToken: string): string | null {
  try {
    const payload = accessToken.split('.')[1] ?? '';
    const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return parsed.data?.aal ?? null;
  } catch {
    return null;
  }
}
