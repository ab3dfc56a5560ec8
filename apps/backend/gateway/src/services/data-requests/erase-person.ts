import { createHash } from 'node:crypto';
import { publish, type Trx } from '@medcall/service-kit';
import { consentTexts, type ErasureResult } from '@medcall/shared-types';

export type Erasure = Pick<ErasureResult, 'erased' | 'kept'>;

const recordBasis =
  'Lei 13.787/2018, art. 6º, e LGPD, art. 16, I: guarda do prontuário por no mínimo 20 anos';
const auditBasis = 'LGPD, art. 16, I, e art. 37: registro das operações de tratamento';

/**
 * Erases what was kept by consent or for convenience; what the law keeps is named. Of a person who was
 * never treated nothing has to be kept but the fact of the request. Runs as the system: administrators
 * may not see the record that decides which of the two it is.
 */
export async function erasePerson(trx: Trx, patientId: string, now: number): Promise<Erasure> {
  const erased: string[] = [];
  const treated = await wasTreated(trx, patientId);
  if (treated) {
    await trx
      .updateTable('patients')
      .set({ email: null, phone: null })
      .where('id', '=', patientId)
      .execute();
    erased.push('e-mail e telefone');
  } else {
    await trx
      .updateTable('patients')
      .set({
        name: 'Pessoa removida',
        cpf: null,
        birth_date: null,
        sex: null,
        email: null,
        phone: null,
        address: null,
        guardian_of: null,
        active: false,
      })
      .where('id', '=', patientId)
      .execute();
    erased.push('todo o cadastro');
  }
  const recordings = await withdrawRecordings(trx, patientId);
  if (recordings > 0) erased.push(`gravações de áudio de ${recordings} consulta(s)`);
  if ((await closeLinks(trx, patientId, now)) > 0) erased.push('links de acesso');
  if ((await cancelMessages(trx, patientId)) > 0) erased.push('mensagens ainda não enviadas');
  return {
    erased,
    kept: [
      ...(treated ? [{ what: 'prontuário e identificação do paciente', basis: recordBasis }] : []),
      { what: 'registros de auditoria, sem texto clínico', basis: auditBasis },
    ],
  };
}

/** A consultation that began, health that was written down, a note: any of these is a record. */
async function wasTreated(trx: Trx, patientId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('patients as p')
    .select('p.id')
    .where('p.id', '=', patientId)
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('consultations as c')
            .select('c.id')
            .whereRef('c.patient_id', '=', 'p.id')
            .where('c.status', 'in', ['IN_PROGRESS', 'COMPLETED']),
        ),
        eb.exists(
          eb
            .selectFrom('notes as n')
            .innerJoin('consultations as c', 'c.id', 'n.consultation_id')
            .select('n.id')
            .whereRef('c.patient_id', '=', 'p.id'),
        ),
        eb.exists(
          eb
            .selectFrom('documents as d')
            .innerJoin('consultations as c', 'c.id', 'd.consultation_id')
            .select('d.id')
            .whereRef('c.patient_id', '=', 'p.id'),
        ),
        eb.exists(
          eb
            .selectFrom('patient_health as h')
            .select('h.patient_id')
            .whereRef('h.patient_id', '=', 'p.id'),
        ),
      ]),
    )
    .executeTakeFirst();
  return found !== undefined;
}

/** Kept by consent alone: a withdrawal makes the realtime service erase the files. */
async function withdrawRecordings(trx: Trx, patientId: string): Promise<number> {
  const accepted = await trx
    .selectFrom('consents as k')
    .innerJoin('consultations as c', 'c.id', 'k.consultation_id')
    .distinctOn('k.consultation_id')
    .select(['k.consultation_id', 'k.accepted'])
    .where('c.patient_id', '=', patientId)
    .where('k.type', '=', 'recording')
    .orderBy('k.consultation_id')
    .orderBy('k.position', 'desc')
    .execute();
  const toWithdraw = accepted.filter((row) => row.accepted);
  const { version, text } = consentTexts.recording;
  for (const { consultation_id } of toWithdraw) {
    await trx
      .insertInto('consents')
      .values({
        consultation_id,
        type: 'recording',
        accepted: false,
        text_version: version,
        text_hash: createHash('sha256').update(text).digest('hex'),
        signer_name: null,
        signer_relation: 'pedido de eliminação (LGPD)',
        given_by: 'patient',
      })
      .execute();
    await publish(trx, {
      type: 'consent_changed',
      consultation_id,
      consent_type: 'recording',
      accepted: false,
    });
  }
  return toWithdraw.length;
}

async function closeLinks(trx: Trx, patientId: string, now: number): Promise<number> {
  const closed = await trx
    .updateTable('invitations')
    .set({ revoked_at: new Date(now), name: null })
    .where('revoked_at', 'is', null)
    .where('consultation_id', 'in', (eb) =>
      eb.selectFrom('consultations').select('id').where('patient_id', '=', patientId),
    )
    .returning('id')
    .execute();
  return closed.length;
}

async function cancelMessages(trx: Trx, patientId: string): Promise<number> {
  const cancelled = await trx
    .updateTable('notifications')
    .set({ status: 'cancelled' })
    .where('patient_id', '=', patientId)
    .where('status', '=', 'queued')
    .returning('id')
    .execute();
  return cancelled.length;
}
