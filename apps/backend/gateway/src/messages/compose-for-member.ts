import type { Trx } from '@medcall/service-kit';
import { z } from 'zod';
import { incidentClock, openDeadlines } from '../services/incidents/incident-clock.ts';
import type { Composed } from './compose.ts';
import type { MessageDeps } from './message-deps.ts';
import { incidentMail, type MemberMessageKind } from './texts/incident-texts.ts';

const params = z.object({ incident_id: z.uuid(), due_on: z.iso.date() });

/** Writes the mail to a member that a row of `notifications` asks for, from what is true now. */
export async function composeForMember(
  trx: Trx,
  wanted: { memberId: string; kind: MemberMessageKind; params: unknown },
  { clock, frontendUrl }: Pick<MessageDeps, 'clock' | 'frontendUrl'>,
): Promise<Composed> {
  const { due_on: dueOn, incident_id } = params.parse(wanted.params);
  const member = await trx
    .selectFrom('members as m')
    .innerJoin('clinicas as k', 'k.id', 'm.clinica_id')
    // The account's own address; the membership's where the identity is somebody else's.
    .leftJoin('auth_embedded.users as u', 'u.id', 'm.user_auth')
    .select(['m.name', 'm.email', 'u.email as account_email', 'k.nome as clinic_name', 'k.id'])
    .where('m.id', '=', wanted.memberId)
    .where('m.active', '=', true)
    // Whoever administers no more has no business with incidents, also where the mail waited.
    .where('m.role', '=', 'admin')
    .executeTakeFirst();
  if (!member) return { kind: 'void' };
  const incident = await trx
    .selectFrom('incidents')
    .select(['number', 'status', 'known_at', 'small_agent'])
    .select(['authority_at', 'people_at', 'preliminary', 'completed_at'])
    .where('id', '=', incident_id)
    .where('clinica_id', '=', member.id)
    .executeTakeFirst();
  // What was told in the meantime is due no more.
  if (!incident || !openDeadlines(incidentClock(incident, clock.now())).includes(dueOn)) {
    return { kind: 'void' };
  }
  const address = z.email().safeParse(member.account_email ?? member.email);
  if (!address.success) return { kind: 'failed', reason: 'invalid_address' };
  const { html, subject, text } = incidentMail(wanted.kind, {
    memberName: member.name,
    clinicName: member.clinic_name,
    number: incident.number,
    dueOn,
    url: new URL('/admin?aba=incidentes', frontendUrl).href,
  });
  return { kind: 'message', message: { channel: 'email', to: address.data, subject, text, html } };
}
