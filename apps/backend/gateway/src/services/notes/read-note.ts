import { type DB, hashJson, type Trx } from '@medcall/service-kit';
import {
  aiNoticeFor,
  codeCandidates,
  codedItem,
  type NoteAddendum,
  type NoteSections,
  type NoteSentence,
  type NoteView,
  noteSectionNames,
  noteSections,
} from '@medcall/shared-types';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { isoOf } from '../consultation-view.ts';
import { filedSignature } from '../papers/filed-paper.ts';
import { stored } from '../stored.ts';
import { currentUtterances } from './settle-sentences.ts';

export const codedItems = z.array(codedItem);
export type NoteRow = Selectable<DB['notes']>;

export function findNote(trx: Trx, consultationId: string): Promise<NoteRow | undefined> {
  return trx
    .selectFrom('notes')
    .selectAll()
    .where('consultation_id', '=', consultationId)
    .executeTakeFirst();
}

/** For every utterance of the room the row that stands for it now. */
export async function utterancesOf(trx: Trx, roomId: string): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('transcriptions')
    .select(['id', 'superseded_by'])
    .where('room_id', '=', roomId)
    .execute();
  return currentUtterances(rows);
}

/** Every sentence that an engine wrote in this note, the latest wording by id. */
export async function draftedSentences(
  trx: Trx,
  note: NoteRow | undefined,
): Promise<Map<string, NoteSentence>> {
  if (!note) return new Map();
  return sentencesOfEngines([...(await versionsOfEngines(trx, note)), note.sections]);
}

/** Sentences of earlier drafts as the engine worded them first, before any doctor changed one. */
export async function firstWordings(
  trx: Trx,
  note: NoteRow | undefined,
): Promise<Map<string, NoteSentence>> {
  if (!note) return new Map();
  return sentencesOfEngines((await versionsOfEngines(trx, note)).reverse());
}

/** Sections of the versions that engines wrote, oldest first. */
async function versionsOfEngines(trx: Trx, note: NoteRow): Promise<NoteRow['sections'][]> {
  const versions = await trx
    .selectFrom('note_versions')
    .select('sections')
    .where('note_id', '=', note.id)
    .where('author', '=', 'ai')
    .orderBy('version')
    .execute();
  return versions.map(({ sections }) => sections);
}

/** By id; of several wordings the last one given. */
function sentencesOfEngines(all: readonly NoteRow['sections'][]): Map<string, NoteSentence> {
  return new Map(
    all.flatMap((sections) =>
      sentencesOf(stored(noteSections, sections))
        .filter(({ origin }) => origin === 'ai')
        .map((sentence): [string, NoteSentence] => [sentence.id, sentence]),
    ),
  );
}

export function sentencesOf(sections: NoteSections): NoteSentence[] {
  return noteSectionNames.flatMap((name) => sections[name]);
}

export async function addendaOf(trx: Trx, noteId: string): Promise<NoteAddendum[]> {
  const rows = await trx
    .selectFrom('note_addenda as a')
    .innerJoin('medicos as d', 'd.id', 'a.doctor_id')
    .select(['a.id', 'a.text', 'a.hash', 'a.created_at', 'd.id as doctor_id', 'd.nome', 'd.crm'])
    .where('a.note_id', '=', noteId)
    .orderBy('a.created_at')
    .orderBy('a.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    hash: row.hash,
    created_at: row.created_at.toISOString(),
    doctor: { id: row.doctor_id, nome: row.nome, crm: row.crm },
  }));
}

/** What an addendum's hash covers. */
export function addendumHash(noteHash: string, text: string, doctorId: string, at: string): string {
  return hashJson({ note_hash: noteHash, text, doctor_id: doctorId, created_at: at });
}

export async function noteViewOf(trx: Trx, row: NoteRow, roomId: string): Promise<NoteView> {
  const sections = stored(noteSections, row.sections);
  const current = await utterancesOf(trx, roomId);
  const links = new Set(sentencesOf(sections).flatMap((s) => s.transcription_ids));
  const moved = [...links].flatMap((id): [string, string][] => {
    const now = current.get(id);
    return now === undefined || now === id ? [] : [[id, now]];
  });
  return {
    id: row.id,
    status: row.status,
    version: row.version,
    sections,
    cid10: stored(codedItems, row.cid10),
    ciap2: stored(codedItems, row.ciap2),
    signed_at: isoOf(row.signed_at),
    signed_by: row.signed_by,
    hash: row.hash,
    verification_code: row.verification_code,
    engine: row.engine,
    engine_version: row.engine_version,
    candidates: row.code_candidates === null ? null : stored(codeCandidates, row.code_candidates),
    dropped_sentences: row.dropped_sentences,
    notice: row.draft_notice === null ? null : aiNoticeFor(row.draft_notice, 'note'),
    addenda: await addendaOf(trx, row.id),
    signature: filedSignature(row),
    superseded: Object.fromEntries(moved),
  };
}
