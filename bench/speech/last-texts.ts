import type { UtteranceEvent } from '../../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import type { Heard } from './play.ts';

/** What a stream's transcript holds in the end, in order of time: last revisions, replaced ones gone. */
export function lastTexts(heard: readonly Heard[], stream: string): UtteranceEvent[] {
  return texts(heard, stream, Number.POSITIVE_INFINITY);
}

/** What was given first for each utterance. */
export function firstTexts(heard: readonly Heard[], stream: string): UtteranceEvent[] {
  return texts(heard, stream, 0);
}

function texts(heard: readonly Heard[], stream: string, lastRevision: number): UtteranceEvent[] {
  const rows = new Map<string, UtteranceEvent>();
  for (const { stream: of, event } of heard) {
    if (of !== stream || event.type !== 'utterance' || !event.isFinal) continue;
    if (event.revision > lastRevision) continue;
    rows.set(event.id, event);
    for (const id of event.replaces ?? []) rows.delete(id);
  }
  return [...rows.values()].sort((a, b) => a.startMs - b.startMs);
}
