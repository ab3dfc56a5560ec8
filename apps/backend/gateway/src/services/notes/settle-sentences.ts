import { randomUUID } from 'node:crypto';
import { AppError } from '@medcall/service-kit';
import {
  type NoteSections,
  type NoteSentence,
  type NoteSentenceInput,
  noteSectionNames,
  type SaveNote,
} from '@medcall/shared-types';

/** What a saved note is measured against. */
export interface Known {
  /** Every sentence that an engine wrote in this note, by id. */
  drafted: ReadonlyMap<string, NoteSentence>;
  /** Utterances of the consultation, each with the row that stands for it now. */
  current: ReadonlyMap<string, string>;
  newId?: () => string;
}

/**
 * The sentences as they are stored. A sentence that an engine drafted stays marked as its, also when the
 * doctor has worded it anew, while it rests on some of the utterances that the engine named and on no
 * others; else, and when the doctor says so, it is the doctor's own. What was never drafted cannot be
 * passed off as an engine's.
 *
 * @throws AppError validation_failed for an utterance of another consultation or an id used twice
 */
export function settleSections(given: SaveNote['sections'], known: Known): NoteSections {
  const ids = new Set<string>();
  const settle = (sentence: NoteSentenceInput): NoteSentence => {
    const id = sentence.id ?? (known.newId ?? randomUUID)();
    if (ids.has(id)) throw invalid('duas frases com o mesmo id');
    ids.add(id);
    const links = currentLinks(sentence.transcription_ids, known.current);
    if (links === null) throw invalid('fala que não é desta consulta');
    const drafted = sentence.origin === 'ai' ? known.drafted.get(id) : undefined;
    const stays = drafted !== undefined && restsOn(links, drafted, known.current);
    return {
      id,
      text: sentence.text,
      origin: stays ? 'ai' : 'doctor',
      transcription_ids: links,
    };
  };
  return Object.fromEntries(
    noteSectionNames.map((name) => [name, given[name].map(settle)]),
  ) as NoteSections;
}

/** Links through merges and corrections, each once; null when one is no utterance of the consultation. */
function currentLinks(
  ids: readonly string[],
  current: ReadonlyMap<string, string>,
): string[] | null {
  const found = ids.map((id) => current.get(id));
  return found.every((id) => id !== undefined) ? [...new Set(found)] : null;
}

function restsOn(
  links: readonly string[],
  drafted: NoteSentence,
  current: ReadonlyMap<string, string>,
): boolean {
  const allowed = new Set(drafted.transcription_ids.map((id) => current.get(id) ?? id));
  return links.length > 0 && links.every((id) => allowed.has(id));
}

/** For each utterance the row that stands for it now: itself, or the end of its chain of successors. */
export function currentUtterances(
  rows: readonly { id: string; superseded_by: string | null }[],
): Map<string, string> {
  const next = new Map(rows.map((row) => [row.id, row.superseded_by]));
  const endOf = (id: string): string => {
    const seen = new Set<string>();
    let at = id;
    for (;;) {
      const successor = next.get(at);
      if (successor == null || seen.has(successor)) return at;
      seen.add(successor);
      at = successor;
    }
  };
  return new Map(rows.map((row) => [row.id, endOf(row.id)]));
}

function invalid(message: string): AppError {
  return new AppError('validation_failed', { details: [{ path: 'sections', message }] });
}
