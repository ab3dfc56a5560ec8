import { AppError } from '@medcall/service-kit';
import type { ChunkRecord, LogRecord } from '../audio-log/record.ts';
import { SampleClock } from '../audio-log/sample-clock.ts';
import type { Marks, StreamLog } from '../audio-log/stream-log.ts';
import { pass } from '../failpoints.ts';
import type { RoomTrack } from '../speech/echo/room-sound.ts';
import { SAMPLES_PER_SECOND } from '../speech/pcm.ts';
import { PRE_ROLL_SAMPLES } from '../speech/segmenter-settings.ts';
import type { Transcriber } from '../speech/transcriber-options.ts';
import { SoundInOrder } from './sound-in-order.ts';
import type { StreamRow } from './stream-rows.ts';

/** A hole that nobody filled for this long is recorded as a gap. */
const holePatienceMs = 10_000;

/**
 * Sound is in memory no farther ahead of its text, and of the other streams of the room, than this; what
 * comes meanwhile is in the log, and is read from there when its turn has come.
 */
const mostAheadSeconds = 60;
const mostAheadSamples = mostAheadSeconds * SAMPLES_PER_SECOND;

/**
 * One sender's capture while it lives: chunks are written to the log, then fed to the transcriber
 * in order of `seq`. The log is the truth: what an earlier process left behind, and what the transcriber
 * is too slow for, is read from it.
 */
export class LiveStream {
  readonly row: StreamRow;
  private readonly log: StreamLog;
  private readonly transcriber: Transcriber;
  private readonly now: () => number;
  private readonly track: RoomTrack | undefined;
  private readonly onClose: () => void;
  private readonly onUnreadable: (error: unknown) => void;
  /** What the transcriber gets. */
  private readonly fed: SoundInOrder;
  /**
   * What the other nodes get, as it comes: an echo is over before a text that is behind comes to it. Null while
   * what an earlier process left behind is read: where sound stands that comes after it is not known yet.
   */
  private said: SoundInOrder | null;
  /** Length of the chunk that was fed last. */
  private chunkSeconds = 0;
  private closedAt: number | null = null;
  private hole: { from: number; since: number } | null = null;
  private readonly accepting = new Set<Promise<Marks>>();
  private replaying: Promise<void> = Promise.resolve();
  /** The durable mark that the database has. */
  savedDurableSeq = -1;
  /** The log is being read. */
  private reading = false;
  /** Chunks came meanwhile that are in the log and nowhere else. */
  private unread = false;
  /** Every text of the sound before this sample is a row; follows `checkpoint`. */
  rowsUntil: number;

  constructor(options: {
    row: StreamRow;
    log: StreamLog;
    transcriber: Transcriber;
    /** Milliseconds of a clock that nobody sets. */
    now: () => number;
    /** Where the others in the room hear this stream. */
    track?: RoomTrack | undefined;
    onClose?: () => void;
    /** The log could not be read again while the stream lived. Not called for one that was closed. */
    onUnreadable?: (error: unknown) => void;
  }) {
    this.row = options.row;
    this.log = options.log;
    this.transcriber = options.transcriber;
    this.now = options.now;
    this.track = options.track;
    this.onClose = options.onClose ?? (() => undefined);
    this.onUnreadable = options.onUnreadable ?? (() => undefined);
    this.rowsUntil = options.row.decodedSample;
    this.fed = new SoundInOrder((pcm, position) => this.feed(pcm, position), {
      next: 0,
      clock: new SampleClock(options.log.header.sampleRate),
      waiting: new Map(),
    });
    this.said = this.saidFromHere();
  }

  /** How far the log is. */
  get marks(): Marks {
    return this.log.marks;
  }

  /**
   * What the sender is told. Where several nodes share a store, "durable" waits until the database knows it
   * too: the next node asks there where the sound goes on, and must not ask for what the sender let go of.
   */
  get toldMarks(): Marks {
    const { ackedSeq, durableSeq } = this.log.marks;
    if (!this.log.isShared) return { ackedSeq, durableSeq };
    return { ackedSeq, durableSeq: Math.min(durableSeq, this.savedDurableSeq) };
  }

  get nextSeq(): number {
    return this.log.nextSeq;
  }

  get nextSample(): number {
    return this.fed.position;
  }

  /** Every text of the sound before this sample has been given. */
  get checkpoint(): number {
    return this.closedAt ?? this.transcriber.checkpoint;
  }

  /** How far the text is behind what was said, sound that is still to be read from the log included. */
  get backlogSeconds(): number {
    const unfed = Math.max(0, this.log.marks.ackedSeq + 1 - this.fed.next);
    return this.transcriber.backlogSeconds + unfed * this.chunkSeconds;
  }

  /**
   * Feeds everything that the log holds, as its text catches up, so that a long recording is never in memory as a whole.
   * New chunks may be accepted meanwhile: they are read where they were written. Called once, before anything else.
   */
  replay(): Promise<void> {
    this.said = null;
    return this.readLog();
  }

  /** Rejects as the log does, but for a stream that was closed: its log may be gone, and nobody asks. */
  private readLog(): Promise<void> {
    this.track?.beginReplay();
    this.replaying = this.feedLog()
      .catch((error: unknown) => {
        if (this.closedAt !== null) return;
        this.onUnreadable(error);
        throw error;
      })
      .finally(() => this.track?.endReplay());
    // Told above; whoever drains the stream is told by the promise.
    this.replaying.catch(() => undefined);
    return this.replaying;
  }

  private async feedLog(): Promise<void> {
    this.reading = true;
    try {
      do {
        await this.keepPace();
        if (this.closedAt !== null) return;
        this.unread = false;
        await this.feedRecords();
      } while (this.unread && this.closedAt === null);
    } finally {
      // In the same moment as the last look at `unread`: no chunk comes in between.
      this.reading = false;
      this.said ??= this.saidFromHere();
    }
  }

  private async feedRecords(): Promise<void> {
    for await (const record of this.log.read(this.fed.next)) {
      if (this.closedAt !== null) return;
      this.fed.take(record);
      await this.keepPace();
      if (this.closedAt !== null) return;
    }
  }

  private get isAheadOfText(): boolean {
    return this.transcriber.backlogSeconds > mostAheadSeconds;
  }

  private get isAheadOfOthers(): boolean {
    return this.track?.isFarAhead(mostAheadSamples) === true;
  }

  private async keepPace(): Promise<void> {
    if (this.isAheadOfText) await this.transcriber.caughtUp(mostAheadSeconds);
    if (this.isAheadOfOthers) await this.track?.whenOthersNear(mostAheadSamples);
  }

  /**
   * Writes a chunk and hands it on. The acknowledgement follows the write.
   * @throws AppError storage_full | invalid_chunk, unavailable when the stream was just closed
   */
  async accept(chunk: ChunkRecord, lost?: readonly [number, number]): Promise<Marks> {
    if (this.closedAt !== null) throw new AppError('unavailable');
    const work = this.write(chunk, lost);
    this.accepting.add(work);
    try {
      return await work;
    } finally {
      this.accepting.delete(work);
    }
  }

  private async write(chunk: ChunkRecord, lost?: readonly [number, number]): Promise<Marks> {
    if (lost) await this.giveUp(lost[0], lost[1]);
    if (await this.log.append(chunk)) {
      pass('written-before-ack');
      this.feedOrRead(chunk);
    }
    return this.toldMarks;
  }

  /** Records holes that nobody filled in time. Called once a second. */
  async expireHoles(): Promise<void> {
    const hole = this.log.firstHole();
    if (!hole) {
      this.hole = null;
    } else if (this.hole?.from !== hole.from) {
      this.hole = { from: hole.from, since: this.now() };
    } else if (this.now() - this.hole.since >= holePatienceMs) {
      await this.giveUp(hole.from, hole.to);
      this.hole = null;
    }
  }

  /** Nothing more will come: what was said behind a hole is heard without waiting for its filling. */
  async giveUpHoles(): Promise<void> {
    await this.accepted();
    for (let hole = this.log.firstHole(); hole; hole = this.log.firstHole()) {
      await this.giveUp(hole.from, hole.to);
    }
  }

  /** Ends the open utterance and resolves when all that was accepted by now is text. */
  async drain(): Promise<void> {
    await this.accepted();
    await this.transcriber.drain();
  }

  /** Stops at once. What was owed then stays owed: the checkpoint does not move any more. */
  close(): void {
    if (this.closedAt !== null) return;
    this.closedAt = this.transcriber.checkpoint;
    this.transcriber.close();
    this.onClose();
  }

  /** Chunks on their way into the log are part of what was said. */
  private async accepted(): Promise<void> {
    await Promise.allSettled([...this.accepting]);
    await this.replaying;
  }

  private async giveUp(from: number, to: number): Promise<void> {
    for (const gap of await this.log.giveUp(from, to)) this.feedOrRead(gap);
  }

  /** What was just written; while the log is read, the reader comes to it. */
  private feedOrRead(record: LogRecord): void {
    this.said?.take(record);
    if (this.reading) {
      this.unread = true;
      return;
    }
    // The reader may have come to it between its writing and this moment.
    if (record.seq < this.fed.next) return;
    if (this.isAheadOfText || this.isAheadOfOthers) void this.readLog();
    else this.fed.take(record);
  }

  private saidFromHere(): SoundInOrder | null {
    const { track } = this;
    return track ? this.fed.fork((pcm, position) => track.say(pcm, position)) : null;
  }

  private feed(pcm: Int16Array, position: number): void {
    this.chunkSeconds = pcm.length / SAMPLES_PER_SECOND;
    this.track?.add(pcm, position);
    // Sound before the checkpoint is text already; a resumed transcriber wants only a little of it.
    if (position + pcm.length <= this.row.decodedSample - PRE_ROLL_SAMPLES) return;
    this.transcriber.feed(pcm, position);
  }
}
