import { inSpan, type Logger } from '@medcall/service-kit';
import type { Speaker, TranscriptionEvent } from '@medcall/shared-types';
import { pass } from '../failpoints.ts';
import type { SharedMicrophone } from '../speech/shared-microphone.ts';
import type { Aid } from '../speech/steady-aids.ts';
import type { TranscriberEvent, UtteranceEvent } from '../speech/transcriber-events.ts';
import { type Broadcaster, doctorAndPatient } from './broadcaster.ts';
import type { RoomView } from './consultation-reader.ts';
import type { RoomVoices, SpokenBy } from './room-voices.ts';
import type { StreamRows } from './stream-rows.ts';
import type { UtteranceWriter } from './transcript-writer.ts';
import type { UtterancePlace } from './utterance-place.ts';
import type { VoiceRows } from './voice-rows.ts';
import type { LoadVoices } from './voices.ts';

export interface RoomTranscriptParts {
  writer: UtteranceWriter;
  streamRows: Pick<StreamRows, 'countEvent'>;
  voiceRows: Pick<VoiceRows, 'save' | 'spoken'>;
  loadVoices: LoadVoices;
  broadcaster: Broadcaster;
  logger: Logger;
  /** Told of every stored final. */
  onFinal: (room: RoomView, final: { id: string; text: string; speaker: Speaker }) => void;
}

const nobodyKnown: SpokenBy = { speaker: 'UNKNOWN', tentative: true };

/**
 * What one consultation's streams give, as rows and then as events. Online the channel says who
 * speaks; on one microphone the voices do, and a label may change its mind.
 */
export class RoomTranscript {
  private readonly view: RoomView;
  private readonly parts: RoomTranscriptParts;
  private voices: RoomVoices | null = null;
  private freshVoices: (() => RoomVoices) | null = null;
  /** Rows of one room are written in the order in which they were said. */
  private writing: Promise<unknown> = Promise.resolve();
  private discarded = false;
  /** Something was heard and is no row, because the service stops. */
  private unstored = false;

  constructor(view: RoomView, parts: RoomTranscriptParts) {
    this.view = view;
    this.parts = parts;
  }

  /** Reads what is known of the voices: before the first stream, and when another node heard more. */
  async load(): Promise<void> {
    const loaded = await this.parts.loadVoices(this.view);
    this.voices = loaded?.known ?? null;
    this.freshVoices = loaded?.fresh ?? null;
    this.enqueue(() => this.setRight());
  }

  /** Publishes again after `discard`. */
  begin(): void {
    this.discarded = false;
  }

  /** Forgets what was said and is not stored, and how people sound. */
  discard(): void {
    this.discarded = true;
    this.voices = this.freshVoices?.() ?? null;
  }

  /** Whether everything given so far is stored; else positions move no further. */
  get complete(): boolean {
    return !this.unstored;
  }

  /** Resolves when everything given so far is stored. */
  async written(): Promise<void> {
    await this.writing;
  }

  /** The ear of a stream, where several people share it. */
  microphoneOf(stream: { id: string; originMs: number }): SharedMicrophone | undefined {
    const { consultationId } = this.view;
    return this.voices?.microphoneOf(stream, (piece) =>
      this.enqueue(async () => {
        // Before its text can be a row, and before the stream's position passes it.
        const { voiceRows, writer } = this.parts;
        const saved = await writer.insist(piece.utteranceId, () =>
          voiceRows.save(consultationId, piece),
        );
        if (saved === 'not_stored') this.unstored = true;
        await this.setRight();
      }),
    );
  }

  /** A person corrected a row: what sounds alike follows. */
  corrected(): Promise<void> {
    this.enqueue(async () => {
      const { voiceRows, writer } = this.parts;
      const { roomId } = this.view;
      const rows = await writer.insist(roomId, () => voiceRows.spoken(roomId));
      if (typeof rows !== 'string') this.voices?.readRecord(rows);
      await this.setRight();
    });
    return this.written();
  }

  publish(place: UtterancePlace, said: TranscriberEvent): void {
    if (this.discarded) return;
    switch (said.type) {
      case 'utterance':
        if (said.isFinal) {
          this.enqueue(() =>
            inSpan({ name: 'transcription', fields: { 'medcall.engine': said.engine } }, (say) =>
              this.publishFinal(place, said).then((outcome) => say({ 'medcall.outcome': outcome })),
            ),
          );
        } else this.send(this.eventOf(place, said));
        return;
      case 'dropped':
        // An empty text takes back the partial that people saw.
        if (said.hadPartial) this.send(this.parts.writer.toWithdrawal(place, said));
        this.count(place.streamId, 'dropped', said.reason);
        return;
      case 'failed':
        this.parts.logger.error(
          { streamId: place.streamId, reason: said.reason },
          'utterance was set aside; its sound is in the log',
        );
        return;
      default:
        said satisfies never;
    }
  }

  /** A defect in what makes a text better: the text goes on without it. */
  aidFailed(streamId: string, aid: Aid, error: unknown): void {
    this.parts.logger.error({ err: error, streamId, aid }, 'an aid of the transcriber failed');
    this.count(streamId, 'failed', aid);
  }

  /** @returns what became of it: `shown`, or why it was not */
  private async publishFinal(place: UtterancePlace, said: UtteranceEvent): Promise<string> {
    const { onFinal, writer } = this.parts;
    this.ask(place.streamId, undefined, (voices) => voices.said(said.id, said.revision, said.text));
    const event = this.eventOf(place, said);
    pass('decoded-before-row');
    const stored = await writer.store(place, said, event);
    // `not_owned` holds nobody up: its own stream's position is refused by the same fence, and the others go on.
    if (stored === 'not_stored') this.unstored = true;
    // A restart decodes some of it again: what people have seen is not sent twice.
    if (typeof stored === 'string') return stored;
    this.ask(place.streamId, undefined, (voices) =>
      voices.shown(stored.id, stored.speaker, stored.replaces),
    );
    if (this.discarded) return 'discarded';
    pass('row-before-event');
    this.send(stored);
    onFinal(this.view, stored);
    await this.setRight();
    return 'shown';
  }

  private eventOf(place: UtterancePlace, said: UtteranceEvent): TranscriptionEvent {
    const event = this.parts.writer.toEvent(place, said);
    if (!this.voices) return event;
    const { speaker, tentative } = this.ask<SpokenBy>(place.streamId, nobodyKnown, (voices) =>
      voices.speakerOf(said.id),
    );
    return { ...event, speaker, ...(tentative ? { speakerTentative: true } : {}) };
  }

  /** Corrects labels that people see and the voices contradict by now. */
  private async setRight(): Promise<void> {
    const overdue = this.voices?.overdue() ?? [];
    if (overdue.length === 0) return;
    const events = await this.parts.writer.relabel(overdue);
    if (typeof events === 'string' || this.discarded) return;
    for (const { id, speaker } of overdue) this.voices?.shown(id, speaker);
    for (const event of events) this.send(event);
  }

  /** What the voices say; a defect in them costs a label and no words. */
  private ask<T>(streamId: string, otherwise: T, question: (voices: RoomVoices) => T): T {
    if (!this.voices) return otherwise;
    try {
      return question(this.voices);
    } catch (error) {
      this.aidFailed(streamId, 'speakers', error);
      return otherwise;
    }
  }

  private count(streamId: string, kind: 'dropped' | 'failed', what: string): void {
    this.parts.streamRows.countEvent(streamId, kind, what).catch((error: unknown) => {
      this.parts.logger.warn({ err: error, kind, what }, 'statistics were not counted');
    });
  }

  private enqueue(work: () => Promise<void>): void {
    this.writing = this.writing
      .then(() => (this.discarded ? undefined : work()))
      .catch((error: unknown) => {
        this.parts.logger.error({ err: error }, 'an utterance was not published');
      });
  }

  private send(event: TranscriptionEvent): void {
    const name = this.view.type === 'ONLINE' ? 'transcription' : 'transcription-update';
    this.parts.broadcaster.toRoles(this.view.roomId, doctorAndPatient, name, event);
  }
}
