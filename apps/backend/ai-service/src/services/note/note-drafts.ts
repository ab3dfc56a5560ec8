import { AppError, type Caller, type Database, notFound } from '@medcall/service-kit';
import { aiNoticeFor } from '@medcall/shared-types/ai-notice';
import { noteSectionNames, noteSections } from '@medcall/shared-types/note';
import type { LetterDraft, NoteDraft } from '@medcall/shared-types/note-draft';
import { sql } from 'kysely';
import type { GuidelineLibrary } from '../guidelines/library.ts';
import type { Expander } from '../knowledge/synonyms.ts';
import { fallbackNotice } from '../llm/fallback-notice.ts';
import { isChild } from '../questions/patient-context.ts';
import { readTalk } from '../questions/read-talk.ts';
import { findConsultation, readUtterances } from '../suggestion-store.ts';
import { checkDraft } from './check-draft.ts';
import { type CodeTables, codeCandidates } from './code-candidates.ts';
import type { NoteRequest, NoteWriter, WrittenNote } from './note-writer.ts';
import { writeLetter } from './patient-letter.ts';
import type { SupportRules } from './support.ts';

export interface NoteDraftOptions {
  database: Database;
  writer: NoteWriter;
  /** Writes when nothing that the writer wrote is supported. */
  embedded: NoteWriter;
  library: GuidelineLibrary;
  tables: CodeTables;
  drugs: ReadonlySet<string>;
  expand: Expander;
  engineVersion: string;
}

const writeDeadlineMs = 60_000;

/** Drafts of notes and letters. They are handed back, not stored: the record belongs to the gateway. */
export class NoteDrafts {
  private readonly options: NoteDraftOptions;

  constructor(options: NoteDraftOptions) {
    this.options = options;
  }

  /**
   * Drafts the note of a consultation from its transcript as it stands.
   * @throws AppError not_found unless the caller is a service with a token for this consultation,
   *   ai_consent_required, conflict when nothing was said yet
   */
  async draft(caller: Caller, consultationId: string): Promise<NoteDraft> {
    const { drugs, expand, library, tables, writer } = this.options;
    const { consultation, utterances } = await this.read(caller, consultationId);
    const { clinicaId, patient } = consultation;
    const request = { consultationId, clinicaId, patient, utterances };
    const written = await writer.write(request, AbortSignal.timeout(writeDeadlineMs));
    const talk = readTalk(patient, utterances);
    const patientIsChild = isChild(talk.patient);
    const { checked, by } = await this.checked(request, written, {
      drugs,
      expand,
      patientIsChild,
    });
    const notice = fallbackNotice(by.fallbackReason);
    return {
      ...checked,
      candidates: codeCandidates({
        utterances,
        complaints: talk.complaints,
        patientIsChild,
        sex: talk.patient.sex,
        guideline: (id) => library.document(id)?.head,
        tables,
        expand,
      }),
      engine: by.engine,
      engine_version: by.engineVersion,
      prompt_hash: by.promptHash,
      output_id: by.outputId,
      ...(notice ? { notice: aiNoticeFor(notice, 'note') } : {}),
    };
  }

  /** What is supported; when nothing of a generated note is, the embedded engine's in its place. */
  private async checked(request: NoteRequest, written: WrittenNote, rules: SupportRules) {
    const { generated } = written;
    const checked = checkDraft(written.sentences, request.utterances, { ...rules, generated });
    const kept = noteSectionNames.some((name) => checked.sections[name].length > 0);
    if (!generated || kept || written.sentences.length === 0) return { checked, by: written };
    const { embedded } = this.options;
    const instead = await embedded.write(request, AbortSignal.timeout(writeDeadlineMs));
    const second = checkDraft(instead.sentences, request.utterances, rules);
    return {
      // What the model lost is lost, and is shown.
      checked: { ...second, dropped: checked.dropped },
      by: { ...instead, fallbackReason: 'invalid_answer' },
    };
  }

  /**
   * Drafts the patient's letter from the stored note, the doctor's corrections included.
   * @throws AppError as `draft`; conflict when there is no note yet
   */
  async letter(caller: Caller, consultationId: string): Promise<LetterDraft> {
    mustBeFor(caller, consultationId);
    const row = await this.options.database.asSystem(
      'read a note for its letter',
      (trx) =>
        trx
          .selectFrom('notes as n')
          .innerJoin('consultations as c', 'c.id', 'n.consultation_id')
          .innerJoin('patients as p', (join) =>
            join.on(sql<boolean>`p.id = app.person_of(c.patient_id)`),
          )
          .innerJoin('medicos as m', 'm.id', 'c.doctor_id')
          .where('c.id', '=', consultationId)
          .select([
            'n.sections',
            'p.name as patient',
            'm.nome as doctor',
            'c.started_at',
            'n.created_at',
          ])
          .executeTakeFirst(),
      { readOnly: true },
    );
    if (!row)
      throw new AppError('conflict', { message: 'Faça o rascunho da nota antes da carta.' });
    const { avaliacao, plano } = noteSections.parse(row.sections);
    return {
      text: writeLetter({
        patientName: row.patient.split(' ')[0] ?? row.patient,
        doctorName: row.doctor,
        date: inBrazil.format(row.started_at ?? row.created_at),
        avaliacao,
        plano,
      }),
      engine: 'embedded-extractive',
      engine_version: this.options.engineVersion,
      prompt_hash: null,
    };
  }

  private async read(caller: Caller, consultationId: string) {
    mustBeFor(caller, consultationId);
    const read = await this.options.database.asSystem(
      'read a consultation for its note',
      async (trx) => {
        const row = await trx
          .selectFrom('consultations')
          .select('room_id')
          .where('id', '=', consultationId)
          .executeTakeFirst();
        const consultation = row && (await findConsultation(trx, row.room_id));
        if (!consultation) throw notFound();
        return { consultation, utterances: await readUtterances(trx, consultation.roomId) };
      },
      { readOnly: true },
    );
    if (!read.consultation.aiAllowed) throw new AppError('ai_consent_required');
    if (read.utterances.length === 0) {
      throw new AppError('conflict', { message: 'Ainda não há transcrição para o rascunho.' });
    }
    return read;
  }
}

const inBrazil = new Intl.DateTimeFormat('pt-BR', { timeZone: 'America/Sao_Paulo' });

/** Drafts are asked for by services only; the token is for one consultation, another does not exist. */
function mustBeFor(caller: Caller, consultationId: string): void {
  if (caller.kind !== 'service') throw new AppError('forbidden');
  if (caller.consultationId !== consultationId) throw notFound();
}
