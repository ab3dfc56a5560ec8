import { enqueue, type Trx } from '@medcall/service-kit';
import type { NotificationKind } from '@medcall/shared-types';
import { type RawBuilder, sql } from 'kysely';
import type { MemberMessageKind } from './texts/incident-texts.ts';

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

type AdministrationKind = Extract<NotificationKind, `webhook.${string}` | `incident.${string}`>;

/** A notice for every administrator of a clinic. */
export async function tellAdministrators(
  trx: Trx,
  clinicaId: string,
  kind: AdministrationKind,
  params: Record<string, string> = {},
): Promise<void> {
  const at = { status: 'delivered', sent_at: sql<Date>`now()` } as const;
  await addForAdministrators(trx, clinicaId, { channel: 'app', kind, params, ...at });
}

/** The same by e-mail: asked for in the caller's transaction, written and sent by the job of messages. */
export async function mailAdministrators(
  trx: Trx,
  clinicaId: string,
  kind: MemberMessageKind,
  params: Record<string, string>,
): Promise<void> {
  const at = { status: 'queued', sent_at: sql<null>`null::timestamptz` } as const;
  const rows = await addForAdministrators(trx, clinicaId, {
    channel: 'email',
    kind,
    params,
    ...at,
  });
  for (const { id } of rows) await enqueue(trx, 'notification.send', id);
}

function addForAdministrators(
  trx: Trx,
  clinicaId: string,
  {
    channel,
    kind,
    params,
    sent_at,
    status,
  }: {
    channel: 'app' | 'email';
    kind: AdministrationKind;
    params: Record<string, string>;
    status: 'delivered' | 'queued';
    sent_at: RawBuilder<Date | null>;
  },
): Promise<{ id: string }[]> {
  return trx
    .insertInto('notifications')
    .columns(['clinica_id', 'member_id', 'channel', 'kind', 'params', 'status', 'sent_at'])
    .expression((eb) =>
      eb
        .selectFrom('members')
        .select((s) => [
          'clinica_id',
          'id',
          s.val(channel).as('channel'),
          s.val(kind).as('kind'),
          s.cast<string>(s.val(JSON.stringify(params)), 'jsonb').as('params'),
          s.val(status).as('status'),
          sent_at.as('sent_at'),
        ])
        .where('clinica_id', '=', clinicaId)
        .where('role', '=', 'admin')
        .where('active', '=', true),
    )
    .returning('id')
    .execute();
}
