import { randomUUID } from 'node:crypto';
import { AppError, asJson, enqueue, noteHash, notFound, type Trx } from '@medcall/service-kit';
import {
  type AuditAction,
  type NoteAddendum,
  type NoteView,
  noteSections,
  type PaperCertificate,
  type SaveNote,
  type SignNote,
} from '@medcall/shared-types';
import { medicoOf } from '../agenda/booking-calendar.ts';
import { auditCall, type Calling } from '../calling.ts';
import type { IssuingDeps } from '../documents/documents.ts';
import type { Member } from '../members.ts';
import { readLetterhead } from '../papers/letterhead.ts';
import { newVerificationCode } from '../papers/verification-code.ts';
import { ownConsultation, type SeenConsultation, seeConsultation } from '../seen-consultation.ts';
import { stored } from '../stored.ts';
import { mustBeUnsigned, newerVersion } from './note-refusals.ts';
import {
  addendaOf,
  addendumHash,
  draftedSentences,
  findNote,
  type NoteRow,
  noteViewOf,
  sentencesOf,
  utterancesOf,
} from './read-note.ts';
import { settleSections } from './settle-sentences.ts';

/** The note of a consultation: read by who cares for the patient, written by its own doctor. */
export interface Notes {
  /** @throws AppError not_found while there is none */
  get(calling: Calling, consultationId: string): Promise<NoteView>;
  /** @throws AppError version_conflict (details `{ version }`), conflict once it is signed */
  save(
    calling: Calling,
    member: Member,
    consultationId: string,
    given: SaveNote,
  ): Promise<NoteView>;
  /** From here on nothing of it changes; the event `note.signed` goes out with the commit. */
  sign(
    calling: Calling,
    member: Member,
    consultationId: string,
    request: SignNote,
  ): Promise<NoteView>;
  /** A correction of a signed note, in its own row and with its own hash. */
  addAddendum(
    calling: Calling,
    member: Member,
    consultationId: string,
    text: string,
  ): Promise<NoteAddendum>;
}

export function createNotes({ clock, db, signer }: IssuingDeps): Notes {
  return {
    get: (calling, consultationId) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await seeConsultation(trx, consultationId);
        const note = await findNote(trx, consultationId);
        if (!note) throw notFound();
        await auditNote(trx, calling, consultation, note.id, 'note.read');
        return noteViewOf(trx, note, consultation.room_id);
      }),

    save: (calling, member, consultationId, given) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await writable(trx, member, consultationId);
        const before = await findNote(trx, consultationId);
        if (before) mustBeDraft(before, given.version);
        const sections = settleSections(given.sections, {
          drafted: await draftedSentences(trx, before),
          current: await utterancesOf(trx, consultation.room_id),
        });
        const content = {
          sections: asJson(sections),
          cid10: asJson(given.cid10 ?? before?.cid10 ?? []),
          ciap2: asJson(given.ciap2 ?? before?.ciap2 ?? []),
        };
        const note = before
          ? await replaceDraft(trx, before, content)
          : await firstDraft(trx, consultationId, content);
        await trx
          .insertInto('note_versions')
          .values({
            note_id: note.id,
            version: note.version,
            ...content,
            author: 'doctor',
            author_id: calling.caller.sub,
          })
          .execute();
        await auditNote(trx, calling, consultation, note.id, 'note.save', {
          version: note.version,
        });
        return noteViewOf(trx, note, consultation.room_id);
      }),

    async sign(calling, member, consultationId, request) {
      // Before the transaction: it may ask the authority for what it has revoked.
      const certificate = await signer.ready(medicoOf(member));
      return db.asUser(calling.caller, async (trx) => {
        const consultation = await writable(trx, member, consultationId);
        const draft = await findNote(trx, consultationId);
        if (!draft) throw notFound();
        mustBeDraft(draft, request.version);
        mustSaySomething(draft);
        const issue = { ...request, now: clock.now(), certificate };
        const signed = await signDraft(trx, draft, consultation, issue);
        await auditNote(trx, calling, consultation, signed.id, 'note.sign', {
          version: signed.version,
          hash: signed.hash,
          ...(certificate ? { certificate: certificate.fingerprint } : {}),
        });
        await enqueue(trx, 'note.signed', signed.id);
        return noteViewOf(trx, signed, consultation.room_id);
      });
    },

    addAddendum: (calling, member, consultationId, text) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await ownConsultation(trx, member, consultationId);
        const note = await findNote(trx, consultationId);
        if (!note) throw notFound();
        if (note.hash === null) {
          throw new AppError('conflict', {
            message: 'A nota ainda não foi assinada: altere o próprio texto.',
          });
        }
        const id = randomUUID();
        const at = new Date(clock.now());
        await trx
          .insertInto('note_addenda')
          .values({
            id,
            note_id: note.id,
            doctor_id: consultation.doctor_id,
            text,
            created_at: at,
            hash: addendumHash(note.hash, text, consultation.doctor_id, at.toISOString()),
          })
          .execute();
        await auditNote(trx, calling, consultation, note.id, 'note.addendum', { addendum: id });
        const written = (await addendaOf(trx, note.id)).find((addendum) => addendum.id === id);
        if (!written) throw new Error('an addendum that was written cannot be read');
        return written;
      }),
  };
}

type NoteContent = Record<'sections' | 'cid10' | 'ciap2', ReturnType<typeof asJson>>;

/** A note belongs to care that took place or still may. */
async function writable(trx: Trx, member: Member, id: string): Promise<SeenConsultation> {
  const consultation = await ownConsultation(trx, member, id);
  if (consultation.status === 'CANCELLED' || consultation.status === 'NO_SHOW') {
    throw new AppError('conflict', {
      message: 'Esta consulta não aconteceu: não há o que registrar.',
    });
  }
  return consultation;
}

function mustBeDraft(note: NoteRow, version: number | undefined): void {
  mustBeUnsigned(note);
  if (version !== undefined && version !== note.version) throw newerVersion(note.version);
}

function mustSaySomething(note: NoteRow): void {
  if (sentencesOf(stored(noteSections, note.sections)).length > 0) return;
  throw new AppError('validation_failed', {
    message: 'Escreva a nota antes de assinar.',
    details: [{ path: 'sections', message: 'vazia' }],
  });
}

async function firstDraft(
  trx: Trx,
  consultationId: string,
  content: NoteContent,
): Promise<NoteRow> {
  const made = await trx
    .insertInto('notes')
    .values({ consultation_id: consultationId, ...content })
    .onConflict((conflict) => conflict.column('consultation_id').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!made) throw newerVersion(1);
  return made;
}

/** Of two doctors' windows, or of a window and an engine, the second one is told. */
async function replaceDraft(trx: Trx, before: NoteRow, content: NoteContent): Promise<NoteRow> {
  const changed = await trx
    .updateTable('notes')
    .set({ ...content, version: before.version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .where('status', '=', 'rascunho')
    .returningAll()
    .executeTakeFirst();
  if (!changed) throw newerVersion(before.version + 1);
  return changed;
}

async function signDraft(
  trx: Trx,
  draft: NoteRow,
  consultation: SeenConsultation,
  issue: SignNote & { now: number; certificate: PaperCertificate | null },
): Promise<NoteRow> {
  const at = new Date(issue.now);
  const hash = noteHash({
    consultation_id: consultation.id,
    version: draft.version,
    sections: draft.sections,
    cid10: draft.cid10,
    ciap2: draft.ciap2,
    signed_at: at.toISOString(),
    signed_by: consultation.doctor_id,
  });
  const signed = await trx
    .updateTable('notes')
    .set({
      status: 'assinada',
      signed_at: at,
      signed_by: consultation.doctor_id,
      hash,
      verification_code: newVerificationCode(),
      shows_cid: issue.showsCid,
      printed: asJson({
        ...(await readLetterhead(trx, consultation.id)),
        certificate: issue.certificate,
      }),
    })
    .where('id', '=', draft.id)
    .where('version', '=', draft.version)
    .where('status', '=', 'rascunho')
    .returningAll()
    .executeTakeFirst();
  if (!signed) throw newerVersion(draft.version + 1);
  return signed;
}

function auditNote(
  trx: Trx,
  calling: Calling,
  consultation: SeenConsultation,
  noteId: string,
  action: AuditAction,
  changes: Record<string, string | number | null> = {},
): Promise<string> {
  return auditCall(trx, calling, {
    action,
    tableName: 'notes',
    recordId: noteId,
    patientId: consultation.patient_id,
    changes,
  });
}
