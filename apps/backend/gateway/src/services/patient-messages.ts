import { randomUUID } from 'node:crypto';
import { AppError, enqueue, type Trx } from '@medcall/service-kit';
import { messageFailureFaces, type NotificationKind } from '@medcall/shared-types';
import { isMobile, parsePhone } from '@medcall/utils';

export interface Addressed {
  id: string;
  clinica_id: string;
  patient_id: string;
  email: string | null;
  phone: string | null;
}

/**
 * Asks for messages to the consultation's patient, in the caller's transaction.
 * @throws AppError validation_failed when the card has no such contact: better now than in the job
 */
export async function askForMessages(
  trx: Trx,
  consultation: Addressed,
  channels: readonly ('email' | 'sms')[],
  kind: NotificationKind,
): Promise<void> {
  for (const channel of new Set(channels)) {
    mustHaveContact(consultation, channel);
    const id = randomUUID();
    await trx
      .insertInto('notifications')
      .values({
        id,
        clinica_id: consultation.clinica_id,
        consultation_id: consultation.id,
        patient_id: consultation.patient_id,
        channel,
        kind,
      })
      .execute();
    await enqueue(trx, 'notification.send', id);
  }
}

function mustHaveContact(consultation: Addressed, channel: 'email' | 'sms'): void {
  const contact = channel === 'email' ? consultation.email : consultation.phone;
  const phone = channel === 'sms' && contact ? parsePhone(contact) : null;
  const reason = !contact
    ? 'no_address'
    : channel === 'sms' && (phone === null || !isMobile(phone))
      ? 'invalid_address'
      : null;
  if (reason === null) return;
  throw new AppError('validation_failed', {
    message: messageFailureFaces[reason],
    details: [{ path: 'send', message: channel }],
  });
}
