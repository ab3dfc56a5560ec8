import type { Speaker } from '@medcall/shared-types';
import { Acceptance } from './acceptance.ts';
import type { HeardUtterance } from './heard-again.ts';
import { isClearlyShorter } from './spans.ts';

/** A row of the transcript, as far as hearing it again is concerned. */
export interface StoredUtterance {
  readonly id: string;
  readonly streamId: string | null;
  readonly speaker: Speaker;
  readonly rawText: string | null;
  readonly engine: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly supersededBy: string | null;
  readonly editedFrom: string | null;
}

/** What becomes of a transcript when its sound was heard again. */
export interface TranscriptChanges {
  readonly added: readonly HeardUtterance[];
  /** Parts of turns that are missing, though nobody reads them by themselves: later turns before their parts. */
  readonly parts: readonly HeardUtterance[];
  /** With the speaker that stays. */
  readonly changed: ReadonlyArray<{ readonly heard: HeardUtterance; readonly speaker: Speaker }>;
  /** Rows whose words another one holds by now. */
  readonly joined: ReadonlyArray<{ readonly id: string; readonly into: string }>;
  /** Corrected by a person: they stand, whatever is heard. */
  readonly kept: number;
}

/**
 * The same sound gives the same utterances: what is missing is added, another text takes the place of a machine's.
 * What a person corrected stays with all the parts of its turn, and so does what is not heard again, or not whole:
 * no word is lost because an engine missed it, or hears as several what was one. Who said a row is changed only
 * where nobody knew, or where the row is no longer all that the label was of: labels follow the doctor's clicks,
 * and how people sound is forgotten after a day.
 */
export function planChanges(
  stored: readonly StoredUtterance[],
  heard: readonly HeardUtterance[],
): TranscriptChanges {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const acceptance = new Acceptance(
    stored,
    heard.filter(({ into }) => into === null),
  );
  const accepted = acceptance.utterances;
  const added = accepted.filter(({ event }) => !byId.has(event.id));
  return {
    added,
    parts: missingParts(heard, new Set([...byId.keys(), ...added.map(({ event }) => event.id)])),
    changed: accepted.flatMap((one) => {
      const row = byId.get(one.event.id);
      if (!row || row.rawText === one.rawText) return [];
      return [{ heard: one, speaker: labelOf(row, one) }];
    }),
    joined: joinedRows(stored, heard, acceptance),
    kept: stored.filter((row) => row.editedFrom !== null && row.supersededBy === null).length,
  };
}

function labelOf(row: StoredUtterance, { event }: HeardUtterance): Speaker {
  return row.speaker === 'UNKNOWN' || isClearlyShorter(event, row) ? event.speaker : row.speaker;
}

/** @param known ids of rows that there are, or will be by then */
function missingParts(
  heard: readonly HeardUtterance[],
  known: Set<string>,
): readonly HeardUtterance[] {
  // A turn is heard after its parts: from behind, each finds the row of its turn.
  return heard.toReversed().filter(({ event, into }) => {
    if (into === null || known.has(event.id) || !known.has(into)) return false;
    known.add(event.id);
    return true;
  });
}

/** Rows that a heard one replaces, or whose sound lies in others of the same stream and was not heard by itself. */
function joinedRows(
  stored: readonly StoredUtterance[],
  heard: readonly HeardUtterance[],
  acceptance: Acceptance,
): TranscriptChanges['joined'] {
  const heardIds = new Set(heard.flatMap(({ event, into }) => (into === null ? event.id : [])));
  const replacedBy = new Map(
    acceptance.utterances.flatMap(({ event, replaces }) =>
      replaces.map((id) => [id, event.id] as const),
    ),
  );
  return stored.flatMap((row) => {
    if (row.supersededBy !== null || row.editedFrom !== null || heardIds.has(row.id)) return [];
    const into = replacedBy.get(row.id) ?? acceptance.placeTakenBy(row);
    return into === null ? [] : [{ id: row.id, into }];
  });
}
