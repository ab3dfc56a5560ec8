import { randomBytes } from 'node:crypto';
import type { World } from '@medcall/service-kit/testing/world';
import { calendarTokenContext } from '../../../apps/backend/gateway/src/calendar/calendar-deps.ts';
import { createSeal } from '../../../apps/backend/gateway/src/keys/seal.ts';
import { webhookSecretContext } from '../../../apps/backend/gateway/src/webhooks/webhook-deps.ts';
import { newWebhookSecret } from '../../../apps/backend/gateway/src/webhooks/webhook-signature.ts';

import type { Vendors } from './vendors.ts';

export interface VerifiedClinic {
  /** Base64, for KEY_ENCRYPTION_KEY. */
  key: string;
  webhookSecret: string;
  /**
   * Books one consultation with an e-mail and an SMS to its patient, each with its job in the same
   * transaction as its row; the booking's webhook and its event in the doctor's calendar come by themselves.
   * Its time is over, so that there are no reminders to wait for.
   */
  book(number: number): Promise<void>;
}

export const calendarAccount = 'medica@gmail.test';
export const emailOf = (number: number) => `paciente${number}@paciente.test`;
export const phoneOf = (number: number) => `+551198${String(1_000_000 + number)}`;

/** A clinic with a webhook and one doctor, who has connected his calendar. */
export async function aVerifiedClinic(
  world: World,
  { google, receiver }: Pick<Vendors, 'google' | 'receiver'>,
): Promise<VerifiedClinic> {
  const key = randomBytes(32);
  const webhookSecret = newWebhookSecret();
  const doctor = await world.aDoctor();
  const { clinicaId, medicoId } = doctor;
  await world.query('update clinicas set webhook_url = $2 where id = $1', [
    clinicaId,
    receiver.url,
  ]);
  const sealed = createSeal(key).seal(webhookSecret, webhookSecretContext(clinicaId));
  await world.query(
    'insert into clinic_secrets (clinica_id, webhook_secret_sealed) values ($1, $2)',
    [clinicaId, sealed],
  );
  const permission = createSeal(key).seal(
    google.permit(calendarAccount),
    calendarTokenContext(medicoId),
  );
  await world.query(
    "insert into calendar_connections (doctor_id, provider, token_sealed) values ($1, 'google', $2)",
    [medicoId, permission],
  );
  return {
    key: key.toString('base64'),
    webhookSecret,
    async book(number) {
      await world.query(
        `with patient as (
           insert into patients (clinica_id, doctor_id, name, email, phone)
           values ($1, $2, 'Paciente ' || $3::text, $4, $5) returning id
         ), booked as (
           insert into consultations (clinica_id, patient_id, doctor_id, type, scheduled_at, duration_minutes)
           select $1, id, $2, 'ONLINE', now() - make_interval(mins => 10 * $3::integer), 5
           from patient returning id, patient_id
         ), asked as (
           insert into notifications (clinica_id, consultation_id, patient_id, channel, kind)
           select $1, b.id, b.patient_id, way, 'consultation.invitation'
           from booked b, unnest(array['email', 'sms']) way
           returning id
         )
         insert into app.job_outbox (kind, subject_id) select 'notification.send', id from asked`,
        [clinicaId, medicoId, String(number), emailOf(number), phoneOf(number)],
      );
    },
  };
}
