import type { Speaker } from '@medcall/shared-types';
import type { SoundExchange } from '../cluster/sound-exchange.ts';
import type { RoomView } from './consultation-reader.ts';
import type { LiveStream } from './live-stream.ts';
import { RoomTracks } from './room-tracks.ts';
import type { RoomTranscript } from './room-transcript.ts';
import type { StreamClaims } from './stream-claims.ts';
import { StreamOpener, type StreamOpenerParts } from './stream-opener.ts';
import type { StreamRow, UndrainedStream } from './stream-rows.ts';

/** Names a capture of a person: what a stream is within its consultation. */
export interface CaptureName {
  sub: string;
  stream: string;
  captureId: string;
}

/** Who sends a chunk, and of which capture. */
export interface ChunkSender extends CaptureName {
  participantId: string;
  speaker: Speaker;
}

export interface RoomStreamsParts extends StreamOpenerParts {
  streamClaims: Pick<StreamClaims, 'open'>;
  soundExchange: SoundExchange;
}

/** The streams of one consultation that are open here: one for each capture, opened once. */
export class RoomStreams {
  private readonly view: RoomView;
  private readonly parts: RoomStreamsParts;
  private readonly opener: StreamOpener;
  private readonly timelineZeroAt: () => Date;
  private readonly streams = new Map<string, Promise<LiveStream>>();
  /** None where all share one microphone. */
  private readonly tracks: RoomTracks | null;

  /** @param timelineZeroAt what sample 0 of the consultation's timeline is in the world's time */
  constructor(
    view: RoomView,
    parts: RoomStreamsParts,
    transcript: RoomTranscript,
    timelineZeroAt: () => Date,
  ) {
    this.view = view;
    this.parts = parts;
    this.opener = new StreamOpener(view, parts, transcript);
    this.timelineZeroAt = timelineZeroAt;
    const { consultationId } = view;
    this.tracks =
      view.type === 'ONLINE'
        ? new RoomTracks((onSound) => parts.soundExchange.open(consultationId, onSound))
        : null;
  }

  /** A sender's stream; its row is made when this is its first chunk, which is so long. */
  of(sender: ChunkSender, sessionId: string, firstChunkMs: number): Promise<LiveStream> {
    const running = this.streams.get(keyOf(sender));
    if (running) return running;
    const { captureId, participantId, speaker, stream, sub } = sender;
    const { consultationId } = this.view;
    const opened = this.parts.streamClaims
      .open({ consultationId, sub, stream, captureId, sessionId, participantId, firstChunkMs })
      .then((row) => this.open(row, speaker));
    return this.track(keyOf(sender), opened);
  }

  /** The stream of a capture, when it is open here. */
  async running(capture: CaptureName): Promise<LiveStream | null> {
    return (await this.streams.get(keyOf(capture))?.catch(() => null)) ?? null;
  }

  /** All that are open; those that could not be opened are none. */
  async all(): Promise<LiveStream[]> {
    const settled = await Promise.allSettled(this.streams.values());
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  async byId({ id }: Pick<StreamRow, 'id'>): Promise<LiveStream | undefined> {
    return (await this.all()).find(({ row }) => row.id === id);
  }

  /** Takes up streams that an earlier process left behind, and feeds what their logs hold. */
  async recover(rows: readonly UndrainedStream[]): Promise<void> {
    // All of them are waited for before any is taken for alone: an echo is found as it was before.
    const tracks = rows.map((row) => this.tracks?.of(row));
    for (const track of tracks) track?.beginReplay();
    try {
      await Promise.all(rows.map((row) => this.takeUp(row)));
    } finally {
      for (const track of tracks) track?.endReplay();
    }
  }

  forget(capture: CaptureName): void {
    this.streams.delete(keyOf(capture));
  }

  forgetAll(): void {
    this.streams.clear();
  }

  private async takeUp(row: UndrainedStream): Promise<void> {
    // Its people may have come back first.
    await (this.streams.get(keyOf(row)) ?? this.track(keyOf(row), this.open(row, row.speaker)));
  }

  /** One opening for however many chunks wait for it; a failed one is tried again by the next chunk. */
  private track(key: string, opened: Promise<LiveStream>): Promise<LiveStream> {
    this.streams.set(key, opened);
    opened.catch(() => this.streams.delete(key));
    return opened;
  }

  private async open(row: StreamRow, speaker: Speaker): Promise<LiveStream> {
    const track = this.tracks?.of(row);
    try {
      await this.tracks?.ready();
      return await this.opener.open({
        row,
        speaker,
        track,
        timelineZeroAt: this.timelineZeroAt(),
        isFirst: this.streams.size <= 1,
        onClose: () => this.tracks?.forget(row),
        onUnreadable: (stream) => void this.drop(stream),
      });
    } catch (error) {
      this.tracks?.forget(row);
      throw error;
    }
  }

  /** Takes a stream out, but not another that stands in its place by now. */
  private async drop(stream: LiveStream): Promise<void> {
    const key = keyOf(stream.row);
    const standing = this.streams.get(key);
    const isIt = (await standing?.catch(() => null)) === stream;
    if (isIt && this.streams.get(key) === standing) this.streams.delete(key);
  }
}

function keyOf({ captureId, stream, sub }: CaptureName): string {
  return JSON.stringify([sub, stream, captureId]);
}
