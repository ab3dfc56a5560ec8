import type { Trx } from '@medcall/service-kit';
import { type ConsultationType, isOpen, type MessageFailure } from '@medcall/shared-types';
import { isMobile, parsePhone } from '@medcall/utils';
import { z } from 'zod';
import { isPersonOf } from '../services/same-person.ts';
import type { MessageDeps } from './message-deps.ts';
import { documentsLink, type LinkedConsultation, roomLink } from './room-link.ts';
import { consultationText, type PatientMessageKind } from './texts/consultation-texts.ts';

/** A message to the letter, as it is kept sealed from the first try until it is out. */
export const fixedMessage = z.discriminatedUnion('channel', [
  z.object({
    channel: z.literal('email'),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
  }),
  z.object({ channel: z.literal('sms'), to: z.string(), body: z.string() }),
]);
export type FixedMessage = z.infer<typeof fixedMessage>;

export type Composed =
  | { kind: 'message'; message: FixedMessage }
  /** Overtaken: the consultation was moved, cancelled, or is over. */
  | { kind: 'void' }
  | { kind: 'failed'; reason: MessageFailure };

export interface ToCompose {
  channel: 'email' | 'sms';
  kind: PatientMessageKind;
  scheduledFor: Date;
}

const leadMs: Partial<Record<PatientMessageKind, number>> = {
  'consultation.reminder_24h': 24 * 3_600_000,
  'consultation.reminder_1h': 3_600_000,
};

/** How long before the consultation a reminder goes out; undefined for what is no reminder. */
export function reminderLeadMs(kind: string): number | undefined {
  return leadMs[kind as PatientMessageKind];
}

/** Writes the message that a row of `notifications` asks for, from what is true now. */
export async function compose(
  trx: Trx,
  consultationId: string,
  wanted: ToCompose,
  deps: MessageDeps,
): Promise<Composed> {
  const found = await trx
    .selectFrom('consultations as c')
    .innerJoin('patients as p', (join) => join.on(isPersonOf('p.id', 'c.patient_id')))
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .innerJoin('clinicas as k', 'k.id', 'c.clinica_id')
    .select([
      'c.id',
      'c.room_id',
      'c.status',
      'c.type',
      'c.scheduled_at',
      'p.name as patient_name',
      'p.email',
      'p.phone',
      'd.nome as doctor_name',
      'k.nome as clinic_name',
      'k.telefone as clinic_phone',
      'k.endereco as clinic_address',
      'k.timezone',
    ])
    .where('c.id', '=', consultationId)
    .executeTakeFirst();
  if (!found || !stillTrue(found, wanted, deps.clock.now())) return { kind: 'void' };
  const address = addressOf(wanted.channel, found);
  if (address.kind === 'failed') return address;
  const link = await linkOf(trx, found, wanted.kind, deps);
  if (link === null && wanted.kind === 'consultation.documents') return { kind: 'void' };
  const { html, sms, subject, text } = consultationText(wanted.kind, {
    patientName: found.patient_name,
    doctorName: found.doctor_name,
    clinicName: found.clinic_name,
    clinicPhone: found.clinic_phone,
    clinicAddress: found.clinic_address,
    scheduledAt: found.scheduled_at,
    timezone: found.timezone,
    type: found.type,
    link,
  });
  const { to } = address;
  const message: FixedMessage =
    wanted.channel === 'email'
      ? { channel: 'email', to, subject, text, html }
      : { channel: 'sms', to, body: sms };
  return { kind: 'message', message };
}

async function linkOf(
  trx: Trx,
  consultation: LinkedConsultation & { type: ConsultationType },
  kind: PatientMessageKind,
  deps: MessageDeps,
): Promise<string | null> {
  if (kind === 'consultation.documents') return documentsLink(trx, consultation, deps);
  const linked = consultation.type === 'ONLINE' && kind !== 'consultation.cancellation';
  return linked ? roomLink(trx, consultation, deps) : null;
}

function stillTrue(
  consultation: { status: Parameters<typeof isOpen>[0]; scheduled_at: Date | null },
  wanted: ToCompose,
  now: number,
): boolean {
  if (wanted.kind === 'consultation.cancellation') return consultation.status === 'CANCELLED';
  // Papers come when the consultation is over; whether their link still opens is asked with it.
  if (wanted.kind === 'consultation.documents') return true;
  const lead = reminderLeadMs(wanted.kind);
  if (lead === undefined) return isOpen(consultation.status);
  // A reminder of a time that is not the consultation's any more belongs to nobody.
  const startsAt = consultation.scheduled_at?.getTime();
  return (
    consultation.status === 'WAITING' &&
    startsAt !== undefined &&
    startsAt > now &&
    startsAt - lead === wanted.scheduledFor.getTime()
  );
}

function addressOf(
  channel: 'email' | 'sms',
  patient: { email: string | null; phone: string | null },
): { kind: 'address'; to: string } | { kind: 'failed'; reason: MessageFailure } {
  const given = channel === 'email' ? patient.email : patient.phone;
  if (given === null || given.trim() === '') return { kind: 'failed', reason: 'no_address' };
  if (channel === 'email') {
    const email = z.email().safeParse(given.trim());
    return email.success
      ? { kind: 'address', to: email.data }
      : { kind: 'failed', reason: 'invalid_address' };
  }
  const phone = parsePhone(given);
  return phone !== null && isMobile(phone)
    ? { kind: 'address', to: phone }
    : { kind: 'failed', reason: 'invalid_address' };
}
