import { randomUUID } from 'node:crypto';
import type { Trx } from '@medcall/service-kit';
import { hashOfToken, invitationUrl } from '../services/invitation-tokens.ts';
import type { MessageDeps } from './message-deps.ts';

export interface LinkedConsultation {
  id: string;
  room_id: string;
  patient_name: string;
  scheduled_at: Date | null;
}

type LinkDeps = Pick<MessageDeps, 'tokens' | 'frontendUrl' | 'clock'>;

const validAfterStartMs = 24 * 3_600_000;

/**
 * The patient's link: that of his newest invitation which is open and whose secret can be made again,
 * so that all messages lead the same person in; a new invitation where there is none.
 */
export async function roomLink(
  trx: Trx,
  consultation: LinkedConsultation,
  deps: LinkDeps,
): Promise<string> {
  const now = deps.clock.now();
  const startsAt = consultation.scheduled_at?.getTime() ?? now;
  const usableUntil = new Date(Math.max(now, startsAt));
  const known = await openLink(trx, consultation, 'patient', usableUntil, deps);
  if (known !== null) return known;
  const id = randomUUID();
  const token = deps.tokens.tokenOf(id);
  await trx
    .insertInto('invitations')
    .values({
      id,
      consultation_id: consultation.id,
      kind: 'patient',
      name: consultation.patient_name,
      token_hash: hashOfToken(token),
      expires_at: new Date(Math.max(now, startsAt) + validAfterStartMs),
    })
    .execute();
  return invitationUrl(deps.frontendUrl, consultation.room_id, token);
}

/** The newest link to the consultation's papers; null when it was revoked or has run out since. */
export function documentsLink(
  trx: Trx,
  consultation: LinkedConsultation,
  deps: LinkDeps,
): Promise<string | null> {
  return openLink(trx, consultation, 'documents', new Date(deps.clock.now()), deps);
}

async function openLink(
  trx: Trx,
  consultation: LinkedConsultation,
  kind: 'patient' | 'documents',
  usableUntil: Date,
  deps: LinkDeps,
): Promise<string | null> {
  const open = await trx
    .selectFrom('invitations')
    .select(['id', 'token_hash'])
    .where('consultation_id', '=', consultation.id)
    .where('kind', '=', kind)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', usableUntil)
    .orderBy('created_at', 'desc')
    .execute();
  for (const invitation of open) {
    const token = deps.tokens.tokenOf(invitation.id);
    // An older secret, or one of another key: its link is not to be had any more.
    if (hashOfToken(token).equals(invitation.token_hash)) {
      return invitationUrl(deps.frontendUrl, consultation.room_id, token);
    }
  }
  return null;
}
