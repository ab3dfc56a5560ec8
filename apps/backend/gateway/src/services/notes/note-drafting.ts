import { AppError, audit, type Database, type Logger } from '@medcall/service-kit';
import type { NoteView } from '@medcall/shared-types';
import { auditCall, type Calling } from '../calling.ts';
import { storeLetterDraft } from '../documents/letter-drafts.ts';
import type { Member } from '../members.ts';
import { ownConsultation } from '../seen-consultation.ts';
import type { AiDrafts, DraftRequest } from './ai-drafts.ts';
import { mustBeUnsigned, newerVersion } from './note-refusals.ts';
import { findNote, type NoteRow, noteViewOf } from './read-note.ts';
import { storeDraft } from './store-draft.ts';

/** Drafts by an engine: asked of the AI service, stored here as a version of the note. */
export interface NoteDrafting {
  /**
   * Drafts the note, and the letter where the doctor has not begun one.
   * @throws AppError ai_consent_required, conflict (signed, or nothing was said yet),
   *   version_conflict when the note changed while the engine wrote, unavailable
   */
  draft(calling: Calling, member: Member, consultationId: string): Promise<NoteView>;
  /**
   * The same for a consultation that has ended, without anybody asking: nothing is written where a note
   * was begun, or where the AI may not run.
   * @throws AppError unavailable, to be tried again
   */
  draftEnded(consultationId: string): Promise<void>;
}

export interface NoteDraftingParts {
  db: Database;
  ai: AiDrafts;
  logger: Logger;
  newId: () => string;
}

export function createNoteDrafting(parts: NoteDraftingParts): NoteDrafting {
  return {
    draft: (calling, member, consultationId) => draftAsked(parts, calling, member, consultationId),
    draftEnded: (consultationId) => draftEnded(parts, consultationId),
  };
}

async function draftAsked(
  parts: NoteDraftingParts,
  calling: Calling,
  member: Member,
  consultationId: string,
): Promise<NoteView> {
  const { ai, db } = parts;
  const before = await db.asUser(
    calling.caller,
    async (trx) => {
      const consultation = await ownConsultation(trx, member, consultationId);
      const note = await findNote(trx, consultationId);
      mustBeUnsigned(note);
      return { clinicaId: consultation.clinica_id, version: note?.version ?? 0 };
    },
    { readOnly: true },
  );
  const { clinicaId } = before;
  const request = { consultationId, clinicaId, requestId: calling.requestId };
  const draft = await ai.note(request);
  const view = await db.asUser(calling.caller, async (trx) => {
    const consultation = await ownConsultation(trx, member, consultationId);
    const note = await findNote(trx, consultationId);
    mustBeUnsigned(note);
    const moved = (note?.version ?? 0) !== before.version;
    // The draft that a consultation's end asks for may come first: no doctor has written into it.
    if (moved && !(before.version === 0 && isOnlyDrafted(note))) {
      throw newerVersion(note?.version ?? 0);
    }
    const written = await storeDraft(trx, consultation, note, draft);
    await auditCall(trx, calling, {
      action: 'note.draft',
      tableName: 'notes',
      recordId: written.id,
      patientId: consultation.patient_id,
      changes: { version: written.version, engine: draft.engine },
    });
    return noteViewOf(trx, written, consultation.room_id);
  });
  await draftLetter(parts, request);
  return view;
}

async function draftEnded(parts: NoteDraftingParts, consultationId: string): Promise<void> {
  const { ai, db, newId } = parts;
  const ended = await db.asSystem(
    'notes: an ended consultation without a note',
    async (trx) => {
      if (await findNote(trx, consultationId)) return undefined;
      return trx
        .selectFrom('consultations')
        .select(['clinica_id', 'patient_id'])
        .where('id', '=', consultationId)
        .where('status', '=', 'COMPLETED')
        .where('ai_enabled', '=', true)
        .executeTakeFirst();
    },
    { readOnly: true },
  );
  if (!ended) return;
  const request = { consultationId, clinicaId: ended.clinica_id, requestId: newId() };
  const draft = await ai.note(request).catch((error: unknown) => {
    // Consent was refused, or nothing was said: there is nothing to draft, now or later.
    if (error instanceof AppError && error.code !== 'unavailable') return undefined;
    throw error;
  });
  if (!draft) return;
  const written = await db.asSystem(
    'notes: keep the draft of an ended consultation',
    async (trx) => {
      if (await findNote(trx, consultationId)) return false;
      const note = await storeDraft(trx, { id: consultationId }, undefined, draft);
      await audit(trx, {
        action: 'note.draft',
        tableName: 'notes',
        recordId: note.id,
        patientId: ended.patient_id,
        clinicaId: ended.clinica_id,
        actorKind: 'service',
        requestId: request.requestId,
        changes: { version: note.version, engine: draft.engine },
      });
      return true;
    },
  );
  if (written) await draftLetter(parts, request);
}

/** The letter is a help beside the note: without one the doctor writes it himself. */
async function draftLetter(
  { ai, db, logger }: NoteDraftingParts,
  request: DraftRequest,
): Promise<void> {
  try {
    const letter = await ai.letter(request);
    await db.asSystem('notes: keep the draft of a letter', async (trx) => {
      const row = await storeLetterDraft(trx, request.consultationId, letter);
      if (!row) return;
      await audit(trx, {
        action: 'letter.draft',
        tableName: 'documents',
        recordId: row.id,
        clinicaId: request.clinicaId,
        actorKind: 'service',
        requestId: request.requestId,
        changes: { kind: 'letter', engine: letter.engine },
      });
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.warn({ err: error, consultationId: request.consultationId }, 'no draft of the letter');
  }
}

function isOnlyDrafted(note: NoteRow | undefined): boolean {
  return note?.version === 1 && note.engine !== null;
}
