import { notFound, type Trx } from '@medcall/service-kit';
import { noteSections } from '@medcall/shared-types';
import { isoOf } from '../consultation-view.ts';
import { addendaOf, codedItems, findNote } from '../notes/read-note.ts';
import { healthOf } from '../patient-health.ts';
import { mustReachPatient } from '../reach-patient.ts';
import { selectTranscript } from '../records.ts';
import { samePerson } from '../same-person.ts';
import { stored } from '../stored.ts';

/**
 * All that a clinic holds of one person, as far as the person may have it: signed notes and approved
 * documents, never drafts, suggestions or another person's data.
 */
export type PatientRecord = Awaited<ReturnType<typeof collectRecord>>;
export type ConsultationRecord = PatientRecord['consultations'][number];

/** Run it as the doctor who hands it out: policies decide what is there. */
export async function collectRecord(trx: Trx, patientId: string, now: number) {
  await mustReachPatient(trx, patientId);
  const patient = await trx
    .selectFrom('patients as p')
    .innerJoin('clinicas as k', 'k.id', 'p.clinica_id')
    .select(['p.id', 'p.name', 'p.cpf', 'p.birth_date', 'p.sex', 'p.email', 'p.phone', 'p.address'])
    .select(['p.created_at', 'k.nome as clinic', 'k.cnpj', 'k.timezone'])
    .where('p.id', '=', patientId)
    .executeTakeFirst();
  if (!patient) throw notFound();
  const { clinic, cnpj, timezone, created_at, ...card } = patient;
  const { allergies, medicines } = await healthOf(trx, patientId);
  return {
    exportedAt: new Date(now).toISOString(),
    clinic: { name: clinic, cnpj, timezone },
    patient: { ...card, registered_at: created_at.toISOString() },
    // Cards that were joined: the same person under another name or number.
    otherCards: await otherCardsOf(trx, patientId),
    health: { allergies, medicines },
    guardians: await guardianshipOf(trx, patientId, 'patient_id'),
    dependents: await guardianshipOf(trx, patientId, 'guardian_id'),
    careRelations: await careRelationsOf(trx, patientId),
    consultations: await consultationsOf(trx, patientId),
    messages: await messagesOf(trx, patientId),
    dataRequests: await requestsOf(trx, patientId),
    accessLog: await accessOf(trx, patientId),
  };
}

async function otherCardsOf(trx: Trx, patientId: string) {
  const rows = await trx
    .selectFrom('patients')
    .select(['id', 'name', 'cpf', 'birth_date', 'sex', 'email', 'phone', 'address', 'created_at'])
    .where('id', 'in', samePerson(patientId))
    .where('id', '<>', patientId)
    .orderBy('created_at')
    .execute();
  return rows.map(({ created_at, ...card }) => ({
    ...card,
    registered_at: created_at.toISOString(),
  }));
}

/** Who answers for this person, or for whom this person answers. */
async function guardianshipOf(trx: Trx, patientId: string, side: 'patient_id' | 'guardian_id') {
  const other = side === 'patient_id' ? 'g.guardian_id' : 'g.patient_id';
  const rows = await trx
    .selectFrom('patient_guardians as g')
    .innerJoin('patients as p', 'p.id', other)
    .select(['p.name', 'g.relation', 'g.since', 'g.ended_at'])
    .where(`g.${side}`, 'in', samePerson(patientId))
    .orderBy('g.since')
    .execute();
  return rows.map((row) => ({
    ...row,
    since: row.since.toISOString(),
    ended_at: isoOf(row.ended_at),
  }));
}

async function careRelationsOf(trx: Trx, patientId: string) {
  const rows = await trx
    .selectFrom('care_relations as r')
    .innerJoin('medicos as d', 'd.id', 'r.doctor_id')
    .select(['d.nome as doctor', 'r.since', 'r.origin', 'r.reason', 'r.ended_at'])
    .where('r.patient_id', 'in', samePerson(patientId))
    .orderBy('r.since')
    .execute();
  return rows.map((row) => ({
    ...row,
    since: row.since.toISOString(),
    ended_at: isoOf(row.ended_at),
  }));
}

/** That messages went out; their texts are not kept. */
async function messagesOf(trx: Trx, patientId: string) {
  const rows = await trx
    .selectFrom('notifications')
    .select(['channel', 'kind', 'status', 'provider', 'scheduled_for', 'sent_at'])
    .where('patient_id', 'in', samePerson(patientId))
    .orderBy('scheduled_for')
    .execute();
  return rows.map((row) => ({
    ...row,
    scheduled_for: row.scheduled_for.toISOString(),
    sent_at: isoOf(row.sent_at),
  }));
}

async function consultationsOf(trx: Trx, patientId: string) {
  const rows = await trx
    .selectFrom('consultations as c')
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .select(['c.id', 'c.room_id', 'c.type', 'c.status', 'c.scheduled_at', 'c.started_at'])
    .select(['c.ended_at', 'c.created_at', 'c.conversion_reason', 'c.ai_enabled'])
    .select(['c.cancel_reason', 'c.patient_answer'])
    .select(['d.nome as doctor', 'd.crm'])
    .where('c.patient_id', 'in', samePerson(patientId))
    .orderBy('c.created_at')
    .execute();
  const all = [];
  for (const { room_id, ...row } of rows) {
    all.push({
      ...row,
      at: (row.started_at ?? row.scheduled_at ?? row.created_at).toISOString(),
      scheduled_at: isoOf(row.scheduled_at),
      started_at: isoOf(row.started_at),
      ended_at: isoOf(row.ended_at),
      created_at: row.created_at.toISOString(),
      consents: await consentsOf(trx, row.id),
      invitations: await invitationsOf(trx, row.id),
      participants: await participantsOf(trx, row.id),
      waitingMessages: await waitingMessagesOf(trx, row.id),
      recordings: await recordingsOf(trx, room_id),
      transcript: {
        consultation_id: row.id,
        room_id,
        items: (await selectTranscript(trx, room_id)).map((item) => ({
          ...item,
          timestamp: item.timestamp.toISOString(),
        })),
      },
      note: await signedNoteOf(trx, row.id),
      documents: await approvedDocumentsOf(trx, row.id),
      aiUse: await aiUseOf(trx, row.id, room_id),
    });
  }
  return all;
}

async function consentsOf(trx: Trx, consultationId: string) {
  const rows = await trx
    .selectFrom('consents')
    .select(['type', 'accepted', 'text_version', 'text_hash', 'signer_name', 'signer_relation'])
    .select(['location', 'ip', 'user_agent', 'created_at'])
    .where('consultation_id', '=', consultationId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}

async function invitationsOf(trx: Trx, consultationId: string) {
  const rows = await trx
    .selectFrom('invitations')
    .select(['kind', 'name', 'created_at', 'expires_at', 'last_exchanged_at', 'revoked_at'])
    .where('consultation_id', '=', consultationId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    last_exchanged_at: isoOf(row.last_exchanged_at),
    revoked_at: isoOf(row.revoked_at),
  }));
}

async function participantsOf(trx: Trx, consultationId: string) {
  const rows = await trx
    .selectFrom('participants')
    .select(['role', 'name', 'joined_at', 'left_at'])
    .where('consultation_id', '=', consultationId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    ...row,
    joined_at: isoOf(row.joined_at),
    left_at: isoOf(row.left_at),
  }));
}

/** What the patient wrote to the doctor from the waiting room. */
async function waitingMessagesOf(trx: Trx, consultationId: string) {
  const rows = await trx
    .selectFrom('waiting_messages')
    .select(['text', 'created_at'])
    .where('consultation_id', '=', consultationId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}

/** Which recordings are kept and how each is recognised; the sound is not part of the answer. */
async function recordingsOf(trx: Trx, roomId: string) {
  const rows = await trx
    .selectFrom('recordings')
    .select(['id', 'kind', 'speaker', 'status', 'content_type', 'duration_ms', 'sha256'])
    .select(['created_at', 'erased_at'])
    .where('room_id', '=', roomId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    ...row,
    duration_ms: row.duration_ms === null ? null : Number(row.duration_ms),
    created_at: row.created_at.toISOString(),
    erased_at: isoOf(row.erased_at),
  }));
}

async function signedNoteOf(trx: Trx, consultationId: string) {
  const note = await findNote(trx, consultationId);
  if (note?.status !== 'assinada') return null;
  return {
    sections: stored(noteSections, note.sections),
    cid10: stored(codedItems, note.cid10),
    ciap2: stored(codedItems, note.ciap2),
    signed_at: isoOf(note.signed_at),
    hash: note.hash,
    verification_code: note.verification_code,
    addenda: await addendaOf(trx, note.id),
  };
}

async function approvedDocumentsOf(trx: Trx, consultationId: string) {
  const rows = await trx
    .selectFrom('documents')
    .select(['id', 'kind', 'title', 'status', 'content', 'approved_at', 'revoked_at', 'hash'])
    .select('revoke_reason')
    .where('consultation_id', '=', consultationId)
    .where('status', '!=', 'draft')
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    ...row,
    approved_at: isoOf(row.approved_at),
    revoked_at: isoOf(row.revoked_at),
  }));
}

/** That engines were used and which: their unapproved words are not handed out. */
async function aiUseOf(trx: Trx, consultationId: string, roomId: string) {
  const runs = await trx
    .selectFrom('suggestion_runs')
    .select(['engine', 'engine_version', (eb) => eb.fn.countAll<string>().as('times')])
    .where('room_id', '=', roomId)
    .groupBy(['engine', 'engine_version'])
    .execute();
  const note = await findNote(trx, consultationId);
  return {
    questions: runs.map((run) => ({ ...run, times: Number(run.times) })),
    noteDraftedBy: note?.engine ?? null,
  };
}

async function requestsOf(trx: Trx, patientId: string) {
  const rows = await trx
    .selectFrom('data_requests')
    .select(['kind', 'status', 'details', 'resolution', 'requested_at', 'resolved_at'])
    .where('patient_id', 'in', samePerson(patientId))
    .orderBy('requested_at')
    .execute();
  return rows.map((row) => ({
    ...row,
    requested_at: row.requested_at.toISOString(),
    resolved_at: isoOf(row.resolved_at),
  }));
}

const longestAccessLog = 10_000;

async function accessOf(trx: Trx, patientId: string) {
  const rows = await trx
    .selectFrom('audit_logs')
    .select(['created_at', 'action', 'outcome', 'actor_kind', 'actor_name'])
    .where('patient_id', 'in', samePerson(patientId))
    .orderBy('created_at', 'desc')
    .limit(longestAccessLog)
    .execute();
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}
