import type { Trx } from '@medcall/service-kit';
import type { NotificationKind } from '@medcall/shared-types';

/** A notice inside the product, for the consultation's doctor. */
export async function tellDoctor(
  trx: Trx,
  consultationId: string,
  kind: Extract<NotificationKind, `patient.${string}` | `message.${string}`>,
  params: Record<string, string> = {},
): Promise<void> {
  const doctor = await trx
    .selectFrom('consultations as c')
    .innerJoin('members as m', 'm.medico_id', 'c.doctor_id')
    .select(['m.id', 'c.clinica_id', 'c.patient_id'])
    .where('c.id', '=', consultationId)
    .where('m.active', '=', true)
    .executeTakeFirst();
  if (!doctor) return;
  await trx
    .insertInto('notifications')
    .values({
      clinica_id: doctor.clinica_id,
      consultation_id: consultationId,
      patient_id: doctor.patient_id,
      member_id: doctor.id,
      channel: 'app',
      kind,
      params: JSON.stringify(params),
      status: 'delivered',
      sent_at: new Date(),
    })
    .execute();
}

/** A notice for every administrator of a clinic. */
export async function tellAdministrators(
  trx: Trx,
  clinicaId: string,
  kind: Extract<NotificationKind, `webhook.${string}` | `incident.${string}`>,
  params: Record<string, string> = {},
): Promise<void> {
  await trx
    .insertInto('notifications')
    .columns(['clinica_id', 'member_id', 'channel', 'kind', 'params', 'status', 'sent_at'])
    .expression((eb) =>
      eb
        .selectFrom('members')
        .select((s) => [
          'clinica_id',
          'id',
          s.val('app').as('channel'),
          s.val(kind).as('kind'),
          s.cast<string>(s.val(JSON.stringify(params)), 'jsonb').as('params'),
          s.val('delivered').as('status'),
          s.fn<Date>('now').as('sent_at'),
        ])
        .where('clinica_id', '=', clinicaId)
        .where('role', '=', 'admin')
        .where('active', '=', true),
    )
    .execute();
}
