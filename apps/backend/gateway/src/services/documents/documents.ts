import {
  AppError,
  asJson,
  type Clock,
  type Database,
  hashJson,
  type Trx,
} from '@medcall/service-kit';
import {
  type DocumentDraft,
  type DocumentView,
  documentTitles,
  type PaperCertificate,
} from '@medcall/shared-types';
import type { Signer } from '../../signing/signer.ts';
import { medicoOf } from '../agenda/booking-calendar.ts';
import { auditCall, type Calling } from '../calling.ts';
import { isoOf } from '../consultation-view.ts';
import type { Member } from '../members.ts';
import { addendaOf, findNote } from '../notes/read-note.ts';
import { readLetterhead } from '../papers/letterhead.ts';
import { newVerificationCode } from '../papers/verification-code.ts';
import { ownConsultation, seeConsultation } from '../seen-consultation.ts';
import {
  auditDocument,
  change,
  type DocumentAddress,
  type DocumentRow,
  documentViewOf,
  findDocument,
  patientsView,
} from './document-rows.ts';

/**
 * Papers for the patient. He reads approved ones and nothing else: a draft does not exist for him, by
 * the database's own policy.
 */
export interface Documents {
  list(calling: Calling, consultationId: string): Promise<DocumentView[]>;
  create(
    calling: Calling,
    member: Member,
    consultationId: string,
    draft: DocumentDraft,
  ): Promise<DocumentView>;
  /** @throws AppError conflict once it is approved, version_conflict when it was changed since */
  replace(
    calling: Calling,
    member: Member,
    where: SeenDocument,
    draft: DocumentDraft,
  ): Promise<DocumentView>;
  /** @throws AppError conflict when the doctor's certificate cannot sign */
  approve(calling: Calling, member: Member, where: SeenDocument): Promise<DocumentView>;
  /** It stays in the record and stops being valid: the verification page says so. */
  revoke(
    calling: Calling,
    member: Member,
    where: DocumentAddress,
    reason: string,
  ): Promise<DocumentView>;
}

export interface IssuingDeps {
  db: Database;
  clock: Clock;
  signer: Signer;
}

/** A draft as the person saw it. */
export interface SeenDocument extends DocumentAddress {
  version?: number | undefined;
}

export function createDocuments({ clock, db, signer }: IssuingDeps): Documents {
  return {
    list: (calling, consultationId) =>
      db.asUser(calling.caller, async (trx) => {
        // A documents link sees no consultation, only what was approved in it.
        const patientId =
          calling.caller.kind === 'patient'
            ? undefined
            : (await seeConsultation(trx, consultationId)).patient_id;
        const rows = await trx
          .selectFrom('documents')
          .selectAll()
          .where('consultation_id', '=', consultationId)
          .orderBy('created_at')
          .orderBy('id')
          .execute();
        await auditCall(trx, calling, {
          action: 'document.list',
          tableName: 'documents',
          recordId: consultationId,
          changes: { rows: rows.length },
          ...(patientId === undefined ? {} : { patientId }),
        });
        return calling.caller.kind === 'patient'
          ? rows.map(patientsView)
          : rows.map(documentViewOf);
      }),

    create: (calling, member, consultationId, draft) =>
      db.asUser(calling.caller, async (trx) => {
        await ownConsultation(trx, member, consultationId);
        const row = await trx
          .insertInto('documents')
          .values({
            consultation_id: consultationId,
            kind: draft.kind,
            created_by: calling.caller.sub,
            ...(await columnsOf(trx, consultationId, draft)),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await auditDocument(trx, calling, row, 'document.create');
        return documentViewOf(row);
      }),

    replace: (calling, member, where, draft) =>
      db.asUser(calling.caller, async (trx) => {
        const before = await ownDraft(trx, member, where);
        if (before.kind !== draft.kind) {
          throw new AppError('validation_failed', {
            details: [{ path: 'kind', message: 'o tipo de um documento não muda' }],
          });
        }
        const columns = await columnsOf(trx, where.id, draft);
        return documentViewOf(await change(trx, calling, before, 'document.save', columns));
      }),

    async approve(calling, member, where) {
      // Before the transaction: it may ask the authority for what it has revoked.
      const certificate = await signer.ready(medicoOf(member));
      return db.asUser(calling.caller, async (trx) => {
        const draft = await ownDraft(trx, member, where);
        const issue = { now: clock.now(), certificate };
        return documentViewOf(await approveDraft(trx, calling, member, draft, issue));
      });
    },

    revoke: (calling, member, where, reason) =>
      db.asUser(calling.caller, async (trx) => {
        const row = await ownDocument(trx, member, where);
        if (row.status !== 'approved') {
          throw new AppError('conflict', {
            message: 'Só um documento aprovado e válido pode ser revogado.',
          });
        }
        const revoked = await change(trx, calling, row, 'document.revoke', {
          status: 'revoked',
          revoked_at: new Date(clock.now()),
          revoke_reason: reason,
        });
        return documentViewOf(revoked);
      }),
  };
}

/** From here on its content, letterhead and code are final, in the database too. */
export async function approveDraft(
  trx: Trx,
  calling: Calling,
  member: Member,
  draft: DocumentRow,
  { certificate, now }: { now: number; certificate: PaperCertificate | null },
): Promise<DocumentRow> {
  const at = new Date(now);
  const letterhead = await readLetterhead(trx, draft.consultation_id);
  const content = await finalContent(trx, draft);
  return change(trx, calling, draft, 'document.approve', {
    status: 'approved',
    approved_at: at,
    approved_by: member.medicoId,
    content: asJson(content),
    printed: asJson({ ...letterhead, certificate }),
    verification_code: newVerificationCode(),
    hash: hashJson({
      document_id: draft.id,
      consultation_id: draft.consultation_id,
      kind: draft.kind,
      title: draft.title,
      shows_cid: draft.shows_cid,
      content,
      approved_at: at.toISOString(),
      approved_by: member.medicoId,
    }),
  });
}

/** A copy of the note carries the note as it was signed and its addenda up to this moment. */
async function finalContent(trx: Trx, draft: DocumentRow): Promise<unknown> {
  if (draft.kind !== 'note') return draft.content;
  const note = await findNote(trx, draft.consultation_id);
  if (note?.status !== 'assinada') throw noteNotSigned();
  const { sections, cid10, ciap2, hash, signed_at } = note;
  return {
    sections,
    cid10,
    ciap2,
    note_hash: hash,
    signed_at: isoOf(signed_at),
    addenda: await addendaOf(trx, note.id),
  };
}

async function columnsOf(trx: Trx, consultationId: string, draft: DocumentDraft) {
  if (draft.kind === 'note' && (await findNote(trx, consultationId))?.status !== 'assinada') {
    throw noteNotSigned();
  }
  return {
    title: draft.title ?? documentTitles[draft.kind],
    shows_cid: draft.showsCid,
    content: asJson(draft.content),
  };
}

function noteNotSigned(): AppError {
  return new AppError('conflict', {
    message: 'Assine a nota antes de entregar uma cópia ao paciente.',
  });
}

/** @throws AppError not_found for what is not there, forbidden for a colleague's */
export async function ownDocument(
  trx: Trx,
  member: Member,
  { id, documentId }: DocumentAddress,
): Promise<DocumentRow> {
  const row = await findDocument(trx, { id, documentId });
  await ownConsultation(trx, member, id);
  return row;
}

async function ownDraft(trx: Trx, member: Member, where: SeenDocument): Promise<DocumentRow> {
  const row = await ownDocument(trx, member, where);
  if (row.status === 'draft') {
    if (where.version === undefined || where.version === row.version) return row;
    throw new AppError('version_conflict', { details: { version: row.version } });
  }
  throw new AppError('conflict', {
    message: 'Este documento já foi aprovado. Revogue-o e faça outro.',
  });
}
