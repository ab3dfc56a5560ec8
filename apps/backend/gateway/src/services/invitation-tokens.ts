import { createHash } from 'node:crypto';
import type { KeyedHash } from '../keys/derive-key.ts';

/**
 * The secret of an invitation's link: 256 bits, made from its id with a key that the database does not
 * hold. So a reminder can carry the link again while only its hash is stored (decision 0040).
 */
export interface InvitationTokens {
  tokenOf(invitationId: string): string;
}

export function createInvitationTokens(keyed: KeyedHash): InvitationTokens {
  return { tokenOf: (invitationId) => keyed(`invitation:${invitationId}`).toString('base64url') };
}

/** What the database keeps of a token. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The address that a patient opens. */
export function invitationUrl(frontendUrl: string, roomId: string, token: string): string {
  const url = new URL(`/call/${roomId}`, frontendUrl);
  url.searchParams.set('convite', token);
  return url.href;
}
