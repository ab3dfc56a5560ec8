import { createHmac } from 'node:crypto';
import type { iceServer } from '@medcall/shared-types';
import type { z } from 'zod';

export type IceServer = z.infer<typeof iceServer>;

const credentialSeconds = 2 * 3600;

/**
 * STUN/TURN servers for one admitted person. Credentials are time-limited as coturn reads them
 * (draft-uberti-behave-turn-rest-00: user `<expiry>:<id>`, password base64 HMAC-SHA1 of the user).
 */
export function iceServersFor(
  turn: { urls: string | undefined; secret: string | undefined },
  participantId: string,
  nowMs: number,
): IceServer[] {
  if (!turn.urls || !turn.secret) return [];
  const urls = turn.urls.split(',').map((url) => url.trim());
  const username = `${Math.floor(nowMs / 1000) + credentialSeconds}:${participantId}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [{ urls, username, credential }];
}
