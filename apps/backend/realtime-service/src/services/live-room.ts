import { AppError, type Clock, type Logger } from '@medcall/service-kit';
import type { ChunkRecord } from '../audio-log/record.ts';
import type { Marks } from '../audio-log/stream-log.ts';
import { pass } from '../failpoints.ts';
import type { Captures, OpenCapture } from './captures.ts';
import type { RoomView } from './consultation-reader.ts';
import type { LiveStream } from './live-stream.ts';
import { RoomCapture } from './room-capture.ts';
import { type ChunkSender, RoomStreams, type RoomStreamsParts } from './room-streams.ts';
import { RoomTranscript, type RoomTranscriptParts } from './room-transcript.ts';
import type { StreamPosition, StreamRow, StreamRows, UndrainedStream } from './stream-rows.ts';

export interface LiveRoomParts extends RoomTranscriptParts, RoomStreamsParts {
  captures: Captures;
  streamRows: Pick<
    StreamRows,
    'captures' | 'countEvent' | 'markDiscarded' | 'markDrained' | 'savePositions'
  >;
  clock: Clock;
  logger: Logger;
}

/** The sound of one consultation on its way to text. */
export class LiveRoom {
  readonly view: RoomView;
  private readonly parts: LiveRoomParts;
  private readonly streams: RoomStreams;
  private readonly capture: RoomCapture;
  private readonly transcript: RoomTranscript;
  private discarded = false;
  private draining: Promise<void> | null = null;

  constructor(view: RoomView, parts: LiveRoomParts) {
    this.view = view;
    this.parts = parts;
    this.transcript = new RoomTranscript(view, parts);
    const { consultationId } = view;
    this.capture = new RoomCapture({
      ...parts,
      consultationId,
      onFound: (capture) => this.begin(capture),
    });
    this.streams = new RoomStreams(
      view,
      parts,
      this.transcript,
      () =>
        view.timelineZeroAt ?? this.capture.current?.timelineZeroAt ?? new Date(parts.clock.now()),
    );
  }

  /** Reads what an earlier process knew; called once, before anything else. */
  load(): Promise<void> {
    return this.transcript.load();
  }

  get transcribing(): boolean {
    return this.capture.current !== null;
  }

  /** Whether a withdrawal stopped it, and nothing was begun since. */
  get refused(): boolean {
    return this.discarded;
  }

  /** Takes chunks from now on. */
  begin(capture: OpenCapture): void {
    this.capture.set(capture);
    this.discarded = false;
    this.transcript.begin();
  }

  /** Takes no more chunks; what was accepted still becomes text. */
  pause(): void {
    this.capture.pause();
  }

  /**
   * Writes a chunk of a sender's capture and acknowledges it.
   * @throws AppError not_transcribing | invalid_chunk | storage_full
   */
  async accept(
    sender: ChunkSender,
    chunk: ChunkRecord,
    lost?: readonly [number, number],
  ): Promise<Marks> {
    const capture = await this.capture.find();
    if (!capture) throw new AppError('not_transcribing');
    const lengthMs = chunk.pcm.byteLength / 32;
    const stream = await this.streams.of(sender, capture.sessionId, lengthMs);
    if (this.discarded) throw new AppError('not_transcribing');
    return stream.accept(chunk, lost);
  }

  /** How far one capture of a person is, as `resumePoints` has it; −1 for one that has not begun. */
  async marksOf(sub: string, captureId: string): Promise<Marks> {
    const { consultationId } = this.view;
    const stream = await this.streams.running({ sub, stream: 'microphone', captureId });
    if (stream) return stream.toldMarks;
    const captures = await this.parts.streamRows.captures(consultationId, sub);
    const durableSeq = captures.find((one) => one.captureId === captureId)?.durableSeq ?? -1;
    return { ackedSeq: durableSeq, durableSeq };
  }

  /** Where each capture of a person goes on: by the open log, else by what survives any node. */
  async resumePoints(sub: string): Promise<Record<string, { nextSeq: number }>> {
    const { audioLog, streamRows } = this.parts;
    const { consultationId } = this.view;
    const captures = await streamRows.captures(consultationId, sub);
    return Object.fromEntries(
      captures.map(({ captureId, durableSeq }) => {
        const log = audioLog.running({ consultationId, sub, stream: 'microphone', captureId });
        return [captureId, { nextSeq: log?.nextSeq ?? durableSeq + 1 }];
      }),
    );
  }

  /** Takes up streams that an earlier process left behind, and feeds what their logs hold. */
  async recoverAll(rows: readonly UndrainedStream[]): Promise<void> {
    if (!this.discarded) await this.streams.recover(rows);
  }

  /** Ends open utterances and waits until all sound is text and all text is rows. */
  async flush(): Promise<void> {
    await Promise.all((await this.streams.all()).map((stream) => stream.drain()));
    await this.transcript.written();
  }

  /**
   * The same at the end of the consultation: the streams are done for good. Rejects when something is
   * still owed (database or object store away); called again, it goes on.
   */
  drain(): Promise<void> {
    this.draining ??= this.drainStreams().finally(() => {
      this.draining = null;
    });
    return this.draining;
  }

  /** Takes nothing from now on, and publishes nothing of what it took. */
  refuse(): void {
    this.capture.pause();
    this.discarded = true;
    this.transcript.discard();
  }

  /**
   * Forgets what is not yet text and deletes the sound: the patient took back the consent. What it throws
   * leaves the rest to do; called again, it goes on.
   */
  async discard(): Promise<void> {
    this.refuse();
    const streams = await this.streams.all();
    for (const stream of streams) stream.close();
    this.streams.forgetAll();
    await this.parts.audioLog.erase(this.view.consultationId);
    await this.transcript.written();
    await this.parts.streamRows.markDiscarded(this.view.consultationId);
  }

  /** Ends without draining: the log keeps what is not yet text, for the next process or another node. */
  async close(): Promise<void> {
    this.capture.pause();
    const streams = await this.streams.all();
    for (const stream of streams) stream.close();
    await this.transcript.written();
    for (const stream of streams) {
      await this.parts.audioLog.release(stream.row);
      await this.save(stream);
    }
  }

  async backlogSeconds(): Promise<number> {
    const streams = await this.streams.all();
    return streams.reduce((longest, stream) => Math.max(longest, stream.backlogSeconds), 0);
  }

  /** A person corrected who said a row: what sounds alike follows. */
  corrected(): Promise<void> {
    return this.transcript.corrected();
  }

  /** Once a second: gives up old holes and says how far each stream is. */
  async positions(): Promise<StreamPosition[]> {
    const streams = await this.streams.all();
    for (const stream of streams) {
      await stream.expireHoles();
      const { checkpoint } = stream;
      // Rows first, then the position: a restart may decode again, never skip.
      void this.transcript.written().then(() => {
        if (this.transcript.complete) stream.rowsUntil = Math.max(stream.rowsUntil, checkpoint);
      });
    }
    return streams.map(positionOf);
  }

  /** The database has this position of a stream now. */
  async saved({ marks, row }: StreamPosition): Promise<void> {
    const stream = await this.streams.byId(row);
    if (stream) stream.savedDurableSeq = marks.durableSeq;
  }

  /** Another node owns the stream now; it is none of ours any more. */
  async lost(lost: Pick<StreamRow, 'id'>): Promise<void> {
    const stream = await this.streams.byId(lost);
    if (!stream) return;
    const { row } = stream;
    this.parts.logger.warn({ streamId: row.id }, 'stream belongs to another node now');
    this.streams.forget(row);
    stream.close();
    await this.parts.audioLog.abandon(row);
  }

  private async drainStreams(): Promise<void> {
    for (const stream of await this.streams.all()) await stream.giveUpHoles();
    pass('ending');
    await this.flush();
    pass('ending');
    for (const stream of await this.streams.all()) {
      const { row } = stream;
      stream.close();
      await this.parts.audioLog.release(row);
      if (await this.save(stream)) await this.parts.streamRows.markDrained(row);
      pass('ending');
      this.streams.forget(row);
    }
  }

  /**
   * Saves the position of a stream that stands still.
   * @returns false when another node owns the stream now
   * @throws AppError unavailable when a text is no row yet
   */
  private async save(stream: LiveStream): Promise<boolean> {
    await this.transcript.written();
    if (!this.transcript.complete) throw new AppError('unavailable');
    stream.rowsUntil = stream.checkpoint;
    const position = positionOf(stream);
    pass('event-before-checkpoint');
    if ((await this.parts.streamRows.savePositions([position])).size > 0) {
      stream.savedDurableSeq = position.marks.durableSeq;
      return true;
    }
    await this.lost(stream.row);
    return false;
  }
}

function positionOf(stream: LiveStream): StreamPosition {
  const { marks, nextSample, row, rowsUntil: decodedSample } = stream;
  return { row, marks, nextSample, decodedSample };
}
