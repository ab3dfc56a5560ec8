import { createHash } from 'node:crypto';
import { type DB, publish, type Trx } from '@medcall/service-kit';
import { consentTexts, type ErasureResult } from '@medcall/shared-types';
import { type ExpressionBuilder, expressionBuilder, sql } from 'kysely';
import { samePerson } from '../same-person.ts';

const removedPerson = 'Pessoa removida';

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
  // Every card that was joined to this one is this person's too.
  const cards = await cardsOf(trx, patientId);
  const treated = await wasTreated(trx, cards);
  if (treated) {
    await trx
      .updateTable('patients')
      .set({ email: null, phone: null })
      .where('id', 'in', cards)
      .execute();
    erased.push('e-mail e telefone');
  } else {
    await trx
      .updateTable('patients')
      .set({
        name: removedPerson,
        cpf: null,
        birth_date: null,
        sex: null,
        email: null,
        phone: null,
        address: null,
        guardian_of: null,
        same_cpf_as: null,
        active: false,
      })
      .where('id', 'in', cards)
      .execute();
    await eraseTraces(trx, cards);
    erased.push('todo o cadastro');
  }
  const recordings = await withdrawRecordings(trx, cards);
  if (recordings > 0) erased.push(`gravações de áudio de ${recordings} consulta(s)`);
  if ((await closeLinks(trx, cards, now)) > 0) erased.push('links de acesso');
  if ((await forgetMessages(trx, cards)) > 0) erased.push('mensagens ainda não enviadas');
  if ((await forgetPrivateNotes(trx, cards)) > 0) erased.push('anotações pessoais do médico');
  return {
    erased,
    kept: [
      ...(treated ? [{ what: 'prontuário e identificação do paciente', basis: recordBasis }] : []),
      { what: 'registros de auditoria, sem texto clínico', basis: auditBasis },
    ],
  };
}

async function cardsOf(trx: Trx, patientId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('patients')
    .select('id')
    .where('id', 'in', samePerson(patientId))
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** A consultation that began, health that was written down, a note: any of these is a record. */
async function wasTreated(trx: Trx, cards: readonly string[]): Promise<boolean> {
  const found = await trx
    .selectFrom('patients as p')
    .select('p.id')
    .where('p.id', 'in', cards)
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('consultations as c')
            .select('c.id')
            .whereRef('c.patient_id', '=', 'p.id')
            .where((one) =>
              one.or([
                one('c.status', 'in', ['IN_PROGRESS', 'COMPLETED']),
                one('c.started_at', 'is not', null),
              ]),
            ),
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
async function withdrawRecordings(trx: Trx, cards: readonly string[]): Promise<number> {
  const accepted = await trx
    .selectFrom('consents as k')
    .innerJoin('consultations as c', 'c.id', 'k.consultation_id')
    .distinctOn('k.consultation_id')
    .select(['k.consultation_id', 'k.accepted'])
    .where('c.patient_id', 'in', cards)
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

/** Links are closed, and the names on them go, of earlier ones too. */
async function closeLinks(trx: Trx, cards: readonly string[], now: number): Promise<number> {
  const ofPatient = () =>
    trx.updateTable('invitations').where('consultation_id', 'in', consultationsOf(cards));
  const closed = await ofPatient()
    .set({ revoked_at: new Date(now) })
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  // The patient's own booking: sealed name and address, and the link that cancels it.
  await trx
    .deleteFrom('booking_requests')
    .where('consultation_id', 'in', consultationsOf(cards))
    .execute();
  await ofPatient().set({ name: null }).where('name', 'is not', null).execute();
  return closed.length;
}

/**
 * What waits is not sent. A try that is under way cannot be called back: it keeps its state, so that what
 * became of it is still noted, but its text is gone and the card has no address, so nobody repeats it.
 * Texts and the marks of addresses go with all of them.
 */
async function forgetMessages(trx: Trx, cards: readonly string[]): Promise<number> {
  const ofPatient = (eb: ExpressionBuilder<DB, 'notifications'>) =>
    eb.or([eb('patient_id', 'in', cards), eb('consultation_id', 'in', consultationsOf(cards))]);
  const cancelled = await trx
    .updateTable('notifications')
    .set({ status: 'cancelled' })
    .where(ofPatient)
    .where('status', '=', 'queued')
    .returning('id')
    .execute();
  const all = await trx
    .updateTable('notifications')
    .set({ recipient_hash: null, error: null })
    .where(ofPatient)
    .returning('id')
    .execute();
  if (all.length > 0) {
    await trx
      .deleteFrom('notification_messages')
      .where(
        'notification_id',
        'in',
        all.map(({ id }) => id),
      )
      .execute();
  }
  return cancelled.length;
}

/** No part of the record: no law keeps what a doctor wrote down for herself. */
async function forgetPrivateNotes(trx: Trx, cards: readonly string[]): Promise<number> {
  const gone = await trx
    .deleteFrom('private_notes')
    .where('consultation_id', 'in', consultationsOf(cards))
    .returning('consultation_id')
    .execute();
  return gone.length;
}

/** Names, addresses and words of a person of whom there is no record to keep. */
async function eraseTraces(trx: Trx, cards: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('voice_pieces')
    .where('consultation_id', 'in', consultationsOf(cards))
    .execute();
  await trx
    .deleteFrom('waiting_messages')
    .where('consultation_id', 'in', consultationsOf(cards))
    .execute();
  await trx
    .updateTable('participants')
    .set({ name: removedPerson })
    .where('consultation_id', 'in', consultationsOf(cards))
    .where('role', '<>', 'doctor')
    .execute();
  await trx
    .updateTable('consents')
    .set({ signer_name: null, signer_relation: null, location: null, ip: null, user_agent: null })
    .where('consultation_id', 'in', consultationsOf(cards))
    .execute();
  await trx
    .updateTable('consultations')
    .set({ cancel_reason: null, conversion_reason: null })
    .where('patient_id', 'in', cards)
    .execute();
  await trx
    .updateTable('care_relations')
    .set({ reason: 'texto removido' })
    .where('patient_id', 'in', cards)
    .execute();
  await trx
    .updateTable('patient_guardians')
    .set({ relation: null, ended_at: sql`coalesce(ended_at, now())` })
    .where((eb) => eb.or([eb('patient_id', 'in', cards), eb('guardian_id', 'in', cards)]))
    .execute();
  await trx
    .updateTable('data_requests')
    .set({ details: null, resolution: null })
    .where('patient_id', 'in', cards)
    .execute();
}

/** As a subquery. */
function consultationsOf(cards: readonly string[]) {
  return expressionBuilder<DB>()
    .selectFrom('consultations')
    .select('consultations.id')
    .where('consultations.patient_id', 'in', cards);
}
