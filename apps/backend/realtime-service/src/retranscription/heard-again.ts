import type { Speaker, TranscriptionEvent } from '@medcall/shared-types';
import {
  storable,
  type TranscriptWriter,
  type UtteranceWriter,
} from '../services/transcript-writer.ts';
import type { UtterancePlace } from '../services/utterance-place.ts';
import type { TranscriberEvent, UtteranceEvent } from '../speech/transcriber-events.ts';

/** An utterance as an engine hears it now. */
export interface HeardUtterance {
  readonly event: TranscriptionEvent;
  readonly streamId: string;
  readonly rawText: string;
  readonly engine: string;
  readonly textRevision: number;
  /** Utterances whose place it takes. */
  readonly replaces: readonly string[];
  /** The one that took its place, when a turn was decoded as a whole. */
  readonly into: string | null;
}

/**
 * Takes what a room's sound gives and writes nothing: the transcript stays whole until all of it has been
 * heard, and for good when that is called off.
 */
export class HeardAgain implements UtteranceWriter {
  private readonly writer: Pick<TranscriptWriter, 'toEvent' | 'toWithdrawal'>;
  private readonly heard = new Map<string, HeardUtterance>();
  /** Pieces of sound that the engine could not decode, or that nobody paid for. */
  unheard = 0;
  /** Of these, those that a cap refused. */
  unpaid = 0;
  /** All that was heard of it so far, what was dropped included. */
  events = 0;

  constructor(writer: Pick<TranscriptWriter, 'toEvent' | 'toWithdrawal'>) {
    this.writer = writer;
  }

  /** In the order in which they were heard first, those included that a later one took the place of. */
  get utterances(): readonly HeardUtterance[] {
    return [...this.heard.values()];
  }

  /** Nothing at all was heard, for a cap refused to pay. */
  get onlyUnpaid(): boolean {
    return this.heard.size === 0 && this.unpaid > 0;
  }

  /** Told of everything that a transcriber gives, before the room is. */
  notice(event: TranscriberEvent): void {
    this.events += 1;
    if (event.type !== 'failed') return;
    this.unheard += 1;
    if (event.reason === 'unpaid') this.unpaid += 1;
  }

  toEvent(place: UtterancePlace, utterance: UtteranceEvent): TranscriptionEvent {
    return this.writer.toEvent(place, utterance);
  }

  toWithdrawal: UtteranceWriter['toWithdrawal'] = (place, dropped) =>
    this.writer.toWithdrawal(place, dropped);

  async store(
    place: UtterancePlace,
    utterance: UtteranceEvent,
    event: TranscriptionEvent,
  ): Promise<TranscriptionEvent | 'known'> {
    const earlier = this.heard.get(event.id);
    if (earlier && earlier.textRevision > utterance.revision) return 'known';
    const replaces = new Set([...(earlier?.replaces ?? []), ...(event.replaces ?? [])]);
    for (const id of event.replaces ?? []) {
      const part = this.heard.get(id);
      if (id === event.id || !part) continue;
      for (const older of part.replaces) replaces.add(older);
      this.heard.set(id, { ...part, into: event.id });
    }
    replaces.delete(event.id);
    this.heard.set(event.id, {
      event,
      streamId: place.streamId,
      rawText: storable(utterance.rawText),
      engine: utterance.engine,
      textRevision: utterance.revision,
      replaces: [...replaces],
      into: earlier?.into ?? null,
    });
    return event;
  }

  async relabel(
    changes: ReadonlyArray<{ id: string; speaker: Speaker }>,
  ): Promise<TranscriptionEvent[]> {
    return changes.flatMap(({ id, speaker }) => {
      const heard = this.heard.get(id);
      if (!heard) return [];
      const event = { ...heard.event, speaker };
      this.heard.set(id, { ...heard, event });
      return [event];
    });
  }

  insist<T>(_utterance: string, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
