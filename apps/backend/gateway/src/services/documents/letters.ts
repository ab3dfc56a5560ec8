import { AppError, asJson, notFound, type Trx } from '@medcall/service-kit';
import {
  type LetterContent,
  type LetterView,
  letterContent,
  type SaveLetter,
} from '@medcall/shared-types';
import { medicoOf } from '../agenda/booking-calendar.ts';
import type { Calling } from '../calling.ts';
import { isoOf } from '../consultation-view.ts';
import type { Member } from '../members.ts';
import { ownConsultation, seeConsultation } from '../seen-consultation.ts';
import { stored } from '../stored.ts';
import { auditDocument, change, type DocumentRow } from './document-rows.ts';
import { approveDraft, type IssuingDeps } from './documents.ts';
import { newLetter } from './new-letter.ts';

/**
 * The letter in plain language, one valid letter a consultation. An engine may draft it; it reaches the
 * patient only when the doctor has approved it.
 */
export interface Letters {
  get(calling: Calling, consultationId: string): Promise<LetterView>;
  /** @throws AppError version_conflict, conflict once it is approved */
  save(
    calling: Calling,
    member: Member,
    consultationId: string,
    given: SaveLetter,
  ): Promise<LetterView>;
  approve(
    calling: Calling,
    member: Member,
    consultationId: string,
    version: number | undefined,
  ): Promise<LetterView & { documentId: string }>;
}

export function createLetters({ clock, db, signer }: IssuingDeps): Letters {
  return {
    get: (calling, consultationId) =>
      db.asUser(calling.caller, async (trx) => {
        await seeConsultation(trx, consultationId);
        const row = await findLetter(trx, consultationId);
        if (!row) throw notFound();
        await auditDocument(trx, calling, row, 'letter.read');
        return letterViewOf(row);
      }),

    save: (calling, member, consultationId, given) =>
      db.asUser(calling.caller, async (trx) => {
        await ownConsultation(trx, member, consultationId);
        const before = await findLetter(trx, consultationId);
        if (!before) return letterViewOf(await begin(trx, calling, consultationId, given.text));
        mustBeDraft(before, given.version);
        const was = stored(letterContent, before.content);
        const content = { ...was, text: given.text };
        return letterViewOf(
          await change(trx, calling, before, 'letter.save', { content: asJson(content) }),
        );
      }),

    async approve(calling, member, consultationId, version) {
      const certificate = await signer.ready(medicoOf(member));
      return db.asUser(calling.caller, async (trx) => {
        await ownConsultation(trx, member, consultationId);
        const draft = await findLetter(trx, consultationId);
        if (!draft) throw notFound();
        mustBeDraft(draft, version);
        const issue = { now: clock.now(), certificate };
        const approved = await approveDraft(trx, calling, member, draft, issue);
        return { ...letterViewOf(approved), documentId: approved.id };
      });
    },
  };
}

function findLetter(trx: Trx, consultationId: string): Promise<DocumentRow | undefined> {
  return trx
    .selectFrom('documents')
    .selectAll()
    .where('consultation_id', '=', consultationId)
    .where('kind', '=', 'letter')
    .where('status', '!=', 'revoked')
    .executeTakeFirst();
}

async function begin(
  trx: Trx,
  calling: Calling,
  consultationId: string,
  text: string,
): Promise<DocumentRow> {
  const content: LetterContent = { text, origin: 'doctor' };
  const row = await newLetter(trx, consultationId, content, calling.caller.sub);
  if (!row) throw new AppError('version_conflict', { details: { version: 1 } });
  await auditDocument(trx, calling, row, 'letter.create');
  return row;
}

function mustBeDraft(row: DocumentRow, version: number | undefined): void {
  if (row.status !== 'draft') {
    throw new AppError('conflict', {
      message: 'A carta já foi aprovada. Revogue o documento para escrever outra.',
    });
  }
  if (version !== undefined && version !== row.version) {
    throw new AppError('version_conflict', { details: { version: row.version } });
  }
}

function letterViewOf(row: DocumentRow): LetterView {
  const content = stored(letterContent, row.content);
  return {
    id: row.id,
    status: row.status,
    version: row.version,
    text: content.text,
    origin: content.origin,
    engine: content.engine ?? null,
    approved_at: isoOf(row.approved_at),
    verification_code: row.verification_code,
  };
}
