import type { HeardUtterance } from './heard-again.ts';
import { joinPieces } from './join-pieces.ts';
import type { StoredUtterance } from './plan-changes.ts';
import { isClearlyShorter, isCovered, mostlyWithin, type Span } from './spans.ts';

/**
 * Which heard utterances become the transcript. One is refused when a word would be lost by it, or would
 * stand twice: where a person corrected, where a part of what a row holds by now was not heard again, and
 * where the rest of its turn is refused. One refusal may be the reason for another: asked until none is left.
 */
export class Acceptance {
  private readonly stored: ReadonlyMap<string, StoredUtterance>;
  /** Rows that people read, by stream. */
  private readonly rows: ReadonlyMap<string | null, readonly StoredUtterance[]>;
  /** What a row that people read holds: itself, and all that it took the place of. */
  private readonly partsOf: ReadonlyMap<string, readonly StoredUtterance[]>;
  /** Rows that people read whose words an utterance holds, all or some. */
  private readonly touched: ReadonlyMap<HeardUtterance, ReadonlySet<string>>;
  private accepted: ReadonlySet<HeardUtterance>;
  private touching = new Map<string, HeardUtterance[]>();
  private inStream = new Map<string | null, readonly HeardUtterance[]>();

  /** @param heard those that no other heard one took the place of */
  constructor(stored: readonly StoredUtterance[], heard: readonly HeardUtterance[]) {
    this.stored = new Map(stored.map((row) => [row.id, row]));
    this.rows = Map.groupBy(
      stored.filter(({ supersededBy }) => supersededBy === null),
      ({ streamId }) => streamId,
    );
    this.partsOf = Map.groupBy(stored, ({ id }) => this.standingFor(id) ?? id);
    this.touched = new Map(
      heard.map((one) => [one, new Set(idsOf(one).flatMap((id) => this.standingFor(id) ?? []))]),
    );
    this.accepted = new Set(heard);
    for (let before = -1; before !== this.accepted.size; ) {
      before = this.accepted.size;
      this.index();
      this.accepted = new Set([...this.accepted].filter((one) => this.fits(one)));
    }
  }

  /** What is to be written, the pieces of a turn that is one row as one utterance. */
  get utterances(): readonly HeardUtterance[] {
    const done = new Set<string>();
    return [...this.accepted].flatMap((one) => {
      const [row] = this.touchedBy(one);
      const pieces = row === undefined ? [] : (this.touching.get(row) ?? []);
      if (row === undefined || pieces.length < 2) return [one];
      if (done.has(row)) return [];
      done.add(row);
      const turn = pieces.find(({ event }) => event.id === row) ?? one;
      return [joinPieces(turn, inOrder(pieces))];
    });
  }

  private index(): void {
    this.inStream = Map.groupBy(this.accepted, ({ streamId }) => streamId);
    this.touching = new Map();
    for (const one of this.accepted) {
      for (const id of this.touchedBy(one)) {
        this.touching.set(id, [...(this.touching.get(id) ?? []), one]);
      }
    }
  }

  private fits(one: HeardUtterance): boolean {
    const rows = this.rows.get(one.streamId) ?? [];
    if (rows.some((row) => row.editedFrom !== null && overlaps(row, one.event))) return false;
    const touched = this.touchedBy(one);
    if (touched.length > 0) return touched.every((id) => this.mayChange(id));
    return !rows.some((row) => mostlyWithin(one.event, row) && this.stays(row));
  }

  private mayChange(id: string): boolean {
    const row = this.stored.get(id);
    const heard = this.touching.get(id) ?? [];
    if (!row || row.editedFrom !== null) return false;
    const ids = new Set(heard.flatMap(idsOf));
    const lost = (this.partsOf.get(id) ?? []).some(
      (part) => !ids.has(part.id) && !this.isSaid(part, row),
    );
    if (lost || !this.isSaid(row, row)) return false;
    return heard.length === 1 ? this.mayBecome(row, heard[0]) : this.arePieces(row, heard);
  }

  private mayBecome(row: StoredUtterance, one: HeardUtterance | undefined): boolean {
    if (!one || (this.stored.get(one.event.id)?.supersededBy ?? null) !== null) return false;
    // A label that was of more than this is nobody's; without one, what stands is worth more.
    const nobody = one.event.speaker === 'UNKNOWN' && row.speaker !== 'UNKNOWN';
    return !(nobody && isClearlyShorter(one.event, row));
  }

  /** Whether a turn that is one row may be written from pieces that were not heard as a turn again. */
  private arePieces(row: StoredUtterance, heard: readonly HeardUtterance[]): boolean {
    const [first] = heard;
    // The same engine has heard the turn as a whole before, and better.
    if (first === undefined || first.engine === row.engine) return false;
    return (
      heard.some(({ event }) => event.id === row.id) &&
      heard.every(
        (one) => this.touchedBy(one).length === 1 && one.event.speaker === first.event.speaker,
      ) &&
      inOrder(heard).every((one, at, all) => {
        const next = all[at + 1];
        return next === undefined || !overlaps(one.event, next.event);
      })
    );
  }

  /** Whether all that was said meanwhile will be read outside of a row. */
  private isSaid(span: Span, row: StoredUtterance): boolean {
    const others = (this.rows.get(row.streamId) ?? []).filter((other) => other !== row);
    return isCovered(span, [...others, ...this.heardIn(row.streamId).map(({ event }) => event)]);
  }

  /** Nothing takes the place of a row. */
  private stays(row: StoredUtterance): boolean {
    if (row.editedFrom !== null) return true;
    return !this.touching.has(row.id) && this.placeTakenBy(row) === null;
  }

  /** The row that takes the place of one that was not heard by itself, when all of that one is heard. */
  placeTakenBy(row: StoredUtterance): string | null {
    const heard = this.heardIn(row.streamId);
    const into = heard.find(({ event }) => mostlyWithin(row, event))?.event.id;
    const spans = heard.map(({ event }) => event);
    if (into === undefined || !isCovered(row, spans)) return null;
    return this.standingFor(into) ?? into;
  }

  private heardIn(streamId: string | null): readonly HeardUtterance[] {
    return this.inStream.get(streamId) ?? [];
  }

  private touchedBy(one: HeardUtterance): readonly string[] {
    return [...(this.touched.get(one) ?? [])];
  }

  /** The row that people read for one; null where there is none. */
  private standingFor(id: string): string | null {
    let row = this.stored.get(id);
    for (const seen = new Set<string>(); row && row.supersededBy !== null; ) {
      if (seen.has(row.id)) return null;
      seen.add(row.id);
      row = this.stored.get(row.supersededBy);
    }
    return row?.id ?? null;
  }
}

function idsOf({ event, replaces }: HeardUtterance): string[] {
  return [event.id, ...replaces];
}

function inOrder(heard: readonly HeardUtterance[]): HeardUtterance[] {
  return heard.toSorted((a, b) => a.event.startMs - b.event.startMs);
}

function overlaps(one: Span, other: Span): boolean {
  return mostlyWithin(one, other) || mostlyWithin(other, one);
}
