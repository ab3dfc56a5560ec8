import type { Speaker } from '@medcall/shared-types';
import type { HeardUtterance } from './heard-again.ts';

/** A row of the transcript, as far as hearing it again is concerned. */
export interface StoredUtterance {
  readonly id: string;
  readonly streamId: string | null;
  readonly speaker: Speaker;
  readonly rawText: string | null;
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
 * What a person corrected stays with all the parts of its turn, what a later utterance took the place of stays
 * away, and what is not heard again stays: no word is lost because an engine missed it. Who said a row is
 * changed only where nobody knew: labels follow the doctor's clicks, and how people sound is forgotten after a day.
 */
export function planChanges(
  stored: readonly StoredUtterance[],
  heard: readonly HeardUtterance[],
): TranscriptChanges {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const corrected = new Set(stored.flatMap(({ editedFrom }) => editedFrom ?? []));
  const standing = heard.filter(({ into }) => into === null);
  const accepted = standing.filter(({ event, replaces }) => {
    const row = byId.get(event.id);
    if (row && (row.supersededBy !== null || row.editedFrom !== null)) return false;
    return ![event.id, ...replaces].some((id) => corrected.has(id));
  });
  const added = accepted.filter(({ event }) => !byId.has(event.id));
  return {
    added,
    parts: missingParts(heard, new Set([...byId.keys(), ...added.map(({ event }) => event.id)])),
    changed: accepted.flatMap((one) => {
      const row = byId.get(one.event.id);
      if (!row || row.rawText === one.rawText) return [];
      return [{ heard: one, speaker: row.speaker === 'UNKNOWN' ? one.event.speaker : row.speaker }];
    }),
    joined: joinedRows(stored, standing, accepted),
    kept: stored.filter((row) => row.editedFrom !== null && row.supersededBy === null).length,
  };
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

/** Rows that a heard one replaces, or that lie within one of the same stream and were not heard by themselves. */
function joinedRows(
  stored: readonly StoredUtterance[],
  heard: readonly HeardUtterance[],
  accepted: readonly HeardUtterance[],
): TranscriptChanges['joined'] {
  const heardIds = new Set(heard.map(({ event }) => event.id));
  const replacedBy = new Map(
    accepted.flatMap(({ event, replaces }) => replaces.map((id) => [id, event.id] as const)),
  );
  return stored.flatMap((row) => {
    if (row.supersededBy !== null || row.editedFrom !== null || heardIds.has(row.id)) return [];
    const into =
      replacedBy.get(row.id) ??
      accepted.find(({ event, streamId }) => streamId === row.streamId && mostlyWithin(row, event))
        ?.event.id;
    return into === undefined ? [] : [{ id: row.id, into }];
  });
}

function mostlyWithin(
  part: { startMs: number; endMs: number },
  whole: { startMs: number; endMs: number },
): boolean {
  const common = Math.min(part.endMs, whole.endMs) - Math.max(part.startMs, whole.startMs);
  return common > (part.endMs - part.startMs) / 2;
}
