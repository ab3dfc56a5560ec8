import { AppError, type Clock } from '@medcall/service-kit';
import type { Speaker } from '@medcall/shared-types';
import type { AudioLog } from '../audio-log/audio-log.ts';
import type { ChunkRecord } from '../audio-log/record.ts';
import type { Marks } from '../audio-log/stream-log.ts';
import type { SoundExchange } from '../cluster/sound-exchange.ts';
import { pass } from '../failpoints.ts';
import { EchoGuard } from '../speech/echo/echo-guard.ts';
import type { EchoSearch } from '../speech/echo/echo-search.ts';
import type { RoomTrack } from '../speech/echo/room-sound.ts';
import type { Captures, OpenCapture } from './captures.ts';
import type { RoomView } from './consultation-reader.ts';
import { LiveStream } from './live-stream.ts';
import { RoomCapture } from './room-capture.ts';
import { RoomTracks } from './room-tracks.ts';
import { RoomTranscript, type RoomTranscriptParts } from './room-transcript.ts';
import type { StreamPosition, StreamRow, StreamRows, UndrainedStream } from './stream-rows.ts';
import type { TranscriberFactory } from './transcriber-factory.ts';
import type { UtterancePlace } from './utterance-place.ts';

/** Who sends a chunk, and of which capture. */
export interface ChunkSender {
  sub: string;
  participantId: string;
  speaker: Speaker;
  stream: string;
  captureId: string;
}

export interface LiveRoomParts extends RoomTranscriptParts {
  audioLog: AudioLog;
  captures: Captures;
  streamRows: StreamRows;
  transcribers: TranscriberFactory;
  echoSearch: EchoSearch;
  soundExchange: SoundExchange;
  clock: Clock;
  /** Nobody sets it: for lengths of time, never for dates. */
  monotonic: Clock;
}

/** The sound of one consultation on its way to text. */
export class LiveRoom {
  readonly view: RoomView;
  private readonly parts: LiveRoomParts;
  private readonly streams = new Map<string, Promise<LiveStream>>();
  /** None where all share one microphone. */
  private readonly tracks: RoomTracks | null;
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
    this.tracks =
      view.type === 'ONLINE'
        ? new RoomTracks((onSound) => parts.soundExchange.open(consultationId, onSound))
        : null;
  }

  /** Reads what an earlier process knew; called once, before anything else. */
  load(): Promise<void> {
    return this.transcript.load();
  }

  get transcribing(): boolean {
    return this.capture.current !== null;
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
    const stream = await this.streamOf(sender, capture, lengthMs);
    if (this.discarded) throw new AppError('not_transcribing');
    return stream.accept(chunk, lost);
  }

  /** How far one capture of a person is, as `resumePoints` has it; −1 for one that has not begun. */
  async marksOf(sub: string, captureId: string): Promise<Marks> {
    const { consultationId } = this.view;
    const stream = await this.streams.get(keyOf(sub, 'microphone', captureId))?.catch(() => null);
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
    // All of them are waited for before any is taken for alone: an echo is found as it was before.
    const tracks = rows.map((row) => this.tracks?.of(row));
    for (const track of tracks) track?.beginReplay();
    try {
      await Promise.all(rows.map((row) => this.recover(row)));
    } finally {
      for (const track of tracks) track?.endReplay();
    }
  }

  private async recover(row: UndrainedStream): Promise<void> {
    const key = keyOf(row.sub, row.stream, row.captureId);
    // Its people may have come back first.
    await (this.streams.get(key) ?? this.track(key, this.openStream(row, row.speaker)));
  }

  /** Ends open utterances and waits until all sound is text and all text is rows. */
  async flush(): Promise<void> {
    await Promise.all((await this.openStreams()).map((stream) => stream.drain()));
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

  /** Forgets what is not yet text and deletes the sound: the patient took back the consent. */
  async discard(): Promise<void> {
    this.capture.pause();
    this.discarded = true;
    this.transcript.discard();
    const streams = await this.openStreams();
    for (const stream of streams) stream.close();
    this.streams.clear();
    await this.parts.audioLog.erase(this.view.consultationId);
    await this.transcript.written();
    await this.parts.streamRows.markDiscarded(this.view.consultationId);
  }

  /** Ends without draining: the log keeps what is not yet text, for the next process or another node. */
  async close(): Promise<void> {
    this.capture.pause();
    const streams = await this.openStreams();
    for (const stream of streams) stream.close();
    await this.transcript.written();
    for (const stream of streams) {
      await this.parts.audioLog.release(stream.row);
      await this.save(stream);
    }
  }

  async backlogSeconds(): Promise<number> {
    const streams = await this.openStreams();
    return streams.reduce((longest, stream) => Math.max(longest, stream.backlogSeconds), 0);
  }

  /** A person corrected who said a row: what sounds alike follows. */
  corrected(): Promise<void> {
    return this.transcript.corrected();
  }

  /** Once a second: gives up old holes and says how far each stream is. */
  async positions(): Promise<StreamPosition[]> {
    const streams = await this.openStreams();
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
    const stream = (await this.openStreams()).find((one) => one.row.id === row.id);
    if (stream) stream.savedDurableSeq = marks.durableSeq;
  }

  /** Another node owns the stream now; it is none of ours any more. */
  async lost({ id }: Pick<StreamRow, 'id'>): Promise<void> {
    const stream = (await this.openStreams()).find(({ row }) => row.id === id);
    if (!stream) return;
    const { row } = stream;
    this.parts.logger.warn({ streamId: id }, 'stream belongs to another node now');
    this.streams.delete(keyOf(row.sub, row.stream, row.captureId));
    stream.close();
    await this.parts.audioLog.abandon(row);
  }

  private streamOf(
    sender: ChunkSender,
    capture: OpenCapture,
    lengthMs: number,
  ): Promise<LiveStream> {
    const key = keyOf(sender.sub, sender.stream, sender.captureId);
    const running = this.streams.get(key);
    if (running) return running;
    const opened = this.parts.streamRows
      .open({
        consultationId: this.view.consultationId,
        sub: sender.sub,
        stream: sender.stream,
        captureId: sender.captureId,
        sessionId: capture.sessionId,
        participantId: sender.participantId,
        firstChunkMs: lengthMs,
      })
      .then((row) => this.openStream(row, sender.speaker));
    return this.track(key, opened);
  }

  /** One opening for however many chunks wait for it; a failed one is tried again by the next chunk. */
  private track(key: string, opened: Promise<LiveStream>): Promise<LiveStream> {
    this.streams.set(key, opened);
    opened.catch(() => this.streams.delete(key));
    return opened;
  }

  private async openStream(row: StreamRow, speaker: Speaker): Promise<LiveStream> {
    try {
      return await this.openTracked(row, speaker, this.tracks?.of(row));
    } catch (error) {
      this.tracks?.forget(row);
      throw error;
    }
  }

  private async openTracked(
    row: StreamRow,
    speaker: Speaker,
    track: RoomTrack | undefined,
  ): Promise<LiveStream> {
    const { audioLog, clock, echoSearch, monotonic, transcribers } = this.parts;
    await this.tracks?.ready();
    const log = await audioLog.openOrCreate(
      {
        consultationId: row.consultationId,
        sub: row.sub,
        stream: row.stream,
        captureId: row.captureId,
        participantId: row.participantId,
        speaker,
        sampleRate: 16_000,
        originMs: row.originMs,
      },
      row,
    );
    const place: UtterancePlace = {
      roomId: this.view.roomId,
      participantId: row.participantId,
      speaker,
      streamId: row.id,
      fence: row.fence,
      originMs: row.originMs,
      timelineZeroAt:
        this.view.timelineZeroAt ?? this.capture.current?.timelineZeroAt ?? new Date(clock.now()),
    };
    // Another node may have heard more of these voices meanwhile, or the doctor enrolled the own one.
    if (this.streams.size <= 1) await this.transcript.load();
    const sharedMicrophone = this.transcript.microphoneOf(row);
    const transcriber = transcribers({
      // With its origin: a stream that was discarded and begun again must not take old utterances for its own.
      streamKey: `${row.id}:${row.originMs}`,
      roomId: this.view.roomId,
      startSample: row.decodedSample,
      ...(sharedMicrophone ? { sharedMicrophone } : {}),
      echo: track && new EchoGuard(track, echoSearch),
      onEvent: (event) => this.transcript.publish(place, event),
      onError: (error) => {
        this.parts.logger.error({ err: error, streamId: row.id }, 'transcriber failed');
      },
      onAidFailed: (aid, error) => this.transcript.aidFailed(row.id, aid, error),
    });
    const unreadable = (error: unknown) => {
      this.parts.logger.error({ err: error, streamId: row.id }, 'audio log could not be read');
      stream.close();
      void this.drop(stream);
    };
    const stream = new LiveStream({
      row,
      log,
      transcriber,
      now: () => monotonic.now(),
      track,
      onClose: () => this.tracks?.forget(row),
      onUnreadable: unreadable,
    });
    // In the background: whoever came back need not wait until all that was said has been read again.
    void stream.replay();
    return stream;
  }

  /** Takes a stream out, but not another that stands in its place by now. */
  private async drop(stream: LiveStream): Promise<void> {
    const { row } = stream;
    const key = keyOf(row.sub, row.stream, row.captureId);
    const standing = this.streams.get(key);
    const isIt = (await standing?.catch(() => null)) === stream;
    if (isIt && this.streams.get(key) === standing) this.streams.delete(key);
  }

  private async drainStreams(): Promise<void> {
    for (const stream of await this.openStreams()) await stream.giveUpHoles();
    pass('ending');
    await this.flush();
    pass('ending');
    for (const stream of await this.openStreams()) {
      const { row } = stream;
      stream.close();
      await this.parts.audioLog.release(row);
      if (await this.save(stream)) await this.parts.streamRows.markDrained(row);
      pass('ending');
      this.streams.delete(keyOf(row.sub, row.stream, row.captureId));
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

  private async openStreams(): Promise<LiveStream[]> {
    const settled = await Promise.allSettled(this.streams.values());
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }
}

function positionOf(stream: LiveStream): StreamPosition {
  const { marks, nextSample, row, rowsUntil: decodedSample } = stream;
  return { row, marks, nextSample, decodedSample };
}

function keyOf(sub: string, stream: string, captureId: string): string {
  return JSON.stringify([sub, stream, captureId]);
}
