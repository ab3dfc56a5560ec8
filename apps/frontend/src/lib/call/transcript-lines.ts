import type { TranscriptionEvent, TranscriptUtterance } from '@medcall/shared-types';
import type { TranscriptLine } from '../../types/consultation.ts';

/**
 * Puts a live utterance into the lines, in order of time. A partial never replaces a final, an older
 * revision never a newer one; rows named in `replaces` go.
 */
export function withUtterance(
  lines: readonly TranscriptLine[],
  event: TranscriptionEvent,
): TranscriptLine[] {
  const { id, speaker, text, startMs, endMs, isFinal, revision } = event;
  const known = lines.find((line) => line.id === id);
  const stale =
    known !== undefined &&
    (known.revision > revision || (known.revision === revision && known.isFinal && !isFinal));
  const gone = new Set(event.replaces ?? []);
  if (stale && gone.size === 0) return lines as TranscriptLine[];
  const replaced = [
    ...gone,
    ...lines.flatMap((line) => (gone.has(line.id) || line.id === id ? (line.replaced ?? []) : [])),
  ];
  const kept = lines.filter((line) => !gone.has(line.id) && (stale || line.id !== id));
  // A final without text takes its partial away.
  if (stale || (isFinal && text.trim() === '')) return kept;
  const line = { id, speaker, text, startMs, endMs, isFinal, revision };
  return insert(kept, replaced.length === 0 ? line : { ...line, replaced });
}

/** Fills in what was said before this page came; live lines are newer and stay. */
export function withStored(
  lines: readonly TranscriptLine[],
  stored: readonly TranscriptUtterance[],
): TranscriptLine[] {
  const merged = new Map(stored.map((row) => [row.id, lineOf(row)]));
  for (const line of lines) {
    const row = merged.get(line.id);
    if (!row || line.revision > row.revision) merged.set(line.id, line);
  }
  return [...merged.values()].sort(byTime);
}

/** Whether a line is, or took the place of, that utterance. */
export function standsFor(line: TranscriptLine, utteranceId: string | null): boolean {
  if (utteranceId === null) return false;
  return line.id === utteranceId || (line.replaced?.includes(utteranceId) ?? false);
}

/** A stored utterance as a line. */
export function lineOf(row: TranscriptUtterance): TranscriptLine {
  return {
    id: row.id,
    speaker: row.speaker,
    text: row.text,
    startMs: row.start_ms,
    endMs: row.end_ms,
    isFinal: true,
    revision: row.revision,
  };
}

function byTime(a: TranscriptLine, b: TranscriptLine): number {
  return a.startMs - b.startMs || a.endMs - b.endMs || a.id.localeCompare(b.id);
}

/** From the end, where live lines nearly always belong. */
function insert(lines: TranscriptLine[], line: TranscriptLine): TranscriptLine[] {
  let at = lines.length;
  while (at > 0 && byTime(lines[at - 1] ?? line, line) > 0) at -= 1;
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}
