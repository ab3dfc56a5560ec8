import { AppError, type DB, notFound, type Trx } from '@medcall/service-kit';
import type { AuditAction, DocumentView } from '@medcall/shared-types';
import type { Selectable, UpdateObject } from 'kysely';
import { z } from 'zod';
import { auditCall, type Calling } from '../calling.ts';
import { isoOf } from '../consultation-view.ts';
import { filedSignature } from '../papers/filed-paper.ts';
import { storedCertificate } from '../papers/letterhead.ts';
import { stored } from '../stored.ts';

export type DocumentRow = Selectable<DB['documents']>;

/** A document of a consultation. */
export interface DocumentAddress {
  id: string;
  documentId: string;
}

export async function findDocument(
  trx: Trx,
  { id, documentId }: DocumentAddress,
): Promise<DocumentRow> {
  const row = await trx
    .selectFrom('documents')
    .selectAll()
    .where('id', '=', documentId)
    .where('consultation_id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

type Changes = UpdateObject<DB, 'documents'>;

/** Changes a row that is still as it was read. */
export async function change(
  trx: Trx,
  calling: Calling,
  before: DocumentRow,
  action: AuditAction,
  set: Changes,
): Promise<DocumentRow> {
  const row = await trx
    .updateTable('documents')
    .set({ ...set, ...(before.status === 'draft' ? { version: before.version + 1 } : {}) })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .where('status', '=', before.status)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('version_conflict', { details: { version: before.version + 1 } });
  await auditDocument(trx, calling, row, action);
  return row;
}

export async function auditDocument(
  trx: Trx,
  calling: Calling,
  row: DocumentRow,
  action: AuditAction,
): Promise<void> {
  // Null for a documents link: it sees no consultation. Its clinic and person stand in the row anyway.
  const consultation = await trx
    .selectFrom('consultations')
    .select('patient_id')
    .where('id', '=', row.consultation_id)
    .executeTakeFirst();
  await auditCall(trx, calling, {
    action,
    tableName: 'documents',
    recordId: row.id,
    changes: {
      kind: row.kind,
      status: row.status,
      ...signedWith(action, row),
    },
    ...(consultation ? { patientId: consultation.patient_id } : {}),
  });
}

/** At the approval, which certificate signs. */
function signedWith(action: AuditAction, { printed }: DocumentRow): { certificate?: string } {
  const certificate = action === 'document.approve' ? storedCertificate(printed) : null;
  return certificate === null ? {} : { certificate: certificate.fingerprint };
}

const anyContent = z.record(z.string(), z.unknown());

export function documentViewOf(row: DocumentRow): DocumentView {
  return {
    id: row.id,
    consultation_id: row.consultation_id,
    kind: row.kind,
    title: row.title,
    status: row.status,
    version: row.version,
    shows_cid: row.shows_cid,
    content: stored(anyContent, row.content),
    approved_at: isoOf(row.approved_at),
    verification_code: row.verification_code,
    hash: row.hash,
    signature: filedSignature(row),
    created_at: row.created_at.toISOString(),
  };
}

/** For the patient the paper speaks: of the content he gets the plain text where there is one. */
export function patientsView(row: DocumentRow): DocumentView {
  const view = documentViewOf(row);
  const readable = row.kind === 'letter' || row.kind === 'instructions';
  return { ...view, content: readable ? { text: view.content.text } : {} };
}
