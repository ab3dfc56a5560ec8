import { SAMPLES_PER_SECOND, toInt16 } from '../pcm.ts';
import type { Pcm } from '../ports.ts';
import { SILENCE } from './spectrogram.ts';

const LEAST_HEARD = SILENCE * 32_768;

/** A stream that has not been heard for this long is not waited for. */
const STALE_SAMPLES = 3 * SAMPLES_PER_SECOND;
/** Nobody waits longer than this for sound that should be here. */
const LONGEST_WAIT_MS = 400;
/** Kept behind the place that the slowest stream still works on: an echo's reach and a block around it. */
const MARGIN_SAMPLES = 4 * SAMPLES_PER_SECOND;
/** Kept at most for a stream that has gone silent. */
const LONGEST_KEPT_SAMPLES = 30 * SAMPLES_PER_SECOND;

interface Chunk {
  readonly start: number;
  readonly pcm: Int16Array;
  /** Whether anything of it can be heard. */
  readonly isHeard: boolean;
}

type OnSound = (pcm: Int16Array, positionSamples: number) => void;

/**
 * The last seconds of every stream of a room on the room's timeline, so that one stream can be
 * compared with what the others said.
 */
export class RoomSound {
  private readonly tracks = new Set<RoomTrack>();

  /**
   * @param owner whose stream it is: two captures of one person are no echo of each other
   * @param originSamples the stream's sample 0 on the room's timeline
   * @param onSound told of what is said now (`RoomTrack.say`)
   */
  join(owner: string, originSamples: number, onSound?: OnSound): RoomTrack {
    const track = new RoomTrack(this, owner, originSamples, onSound);
    this.tracks.add(track);
    return track;
  }

  leave(track: RoomTrack): void {
    this.tracks.delete(track);
  }

  othersThan(track: RoomTrack): RoomTrack[] {
    return [...this.tracks].filter((other) => other.owner !== track.owner);
  }

  /** Before this place of the timeline nobody needs a track's sound any more. */
  neededFrom(head: number): number {
    let needed = head;
    for (const track of this.tracks) needed = Math.min(needed, track.neededFrom(head));
    return needed - MARGIN_SAMPLES;
  }
}

/** One stream's sound; all positions but those of `origin` are samples of that stream. */
export class RoomTrack {
  readonly owner: string;
  readonly origin: number;
  private readonly room: RoomSound;
  private readonly onSound: OnSound | undefined;
  private chunks: Chunk[] = [];
  private heardUntil = Number.NEGATIVE_INFINITY;
  private doneUntil = Number.NEGATIVE_INFINITY;
  /** How many want its log to be waited for. */
  private replays = 0;
  private gone = false;
  private waiting = new Set<() => void>();

  constructor(room: RoomSound, owner: string, origin: number, onSound?: OnSound) {
    this.onSound = onSound;
    this.room = room;
    this.owner = owner;
    this.origin = origin;
  }

  /** Lets the other nodes hear what was just said, whether or not this node has come to it. */
  say(pcm: Int16Array, positionSamples: number): void {
    this.onSound?.(pcm, positionSamples);
  }

  /** Takes in sound of this stream. */
  add(pcm: Pcm, positionSamples: number): void {
    const start = this.origin + positionSamples;
    const samples = toInt16(pcm);
    this.chunks.push({ start, pcm: samples, isHeard: isHeard(samples) });
    this.heardUntil = Math.max(this.heardUntil, start + pcm.length);
    const from = this.room.neededFrom(this.heardUntil);
    const keep = this.chunks.findIndex((chunk) => chunk.start + chunk.pcm.length > from);
    if (keep > 0) this.chunks.splice(0, keep);
    this.wake();
  }

  /** Sound before this position will not be asked about any more. */
  passed(positionSamples: number): void {
    this.doneUntil = this.origin + positionSamples;
  }

  /** Its log is being read: whoever waits for it waits until it has been. */
  beginReplay(): void {
    this.replays += 1;
  }

  endReplay(): void {
    this.replays -= 1;
    this.wake();
  }

  leave(): void {
    this.gone = true;
    this.room.leave(this);
    this.wake();
  }

  /**
   * Resolves when this track is at most so far ahead of every other whose log is being read: what one
   * of them has not come to yet, the other's sound has to be kept for.
   */
  async whenOthersNear(samples: number): Promise<void> {
    for (const other of this.room.othersThan(this)) {
      await other.whenReadUntil(this.heardUntil - samples, this);
    }
  }

  /** Whether another stream, of which the log is being read, is farther behind this one than that. */
  isFarAhead(samples: number): boolean {
    const until = this.heardUntil - samples;
    return this.room
      .othersThan(this)
      .some((other) => other.replays > 0 && other.heardUntil < until);
  }

  /** Whether anybody else is in the room. */
  get isAlone(): boolean {
    return this.room.othersThan(this).length === 0;
  }

  /** Resolves when all others have been heard up to a position of this stream, as far as can be hoped for. */
  async whenOthersHeard(positionSamples: number): Promise<void> {
    const until = this.origin + positionSamples;
    for (const other of this.room.othersThan(this)) await other.whenHeard(until);
  }

  /** The sound of those others who were heard over a stretch of this stream; silence where nothing is known. */
  others(fromSample: number, toSample: number): [RoomTrack, Float32Array<ArrayBuffer>][] {
    const from = this.origin + fromSample;
    const to = this.origin + toSample;
    return this.room
      .othersThan(this)
      .filter((other) => other.isHeardBetween(from, to))
      .map((other) => [other, other.slice(from, to)]);
  }

  own(fromSample: number, toSample: number): Float32Array<ArrayBuffer> {
    return this.slice(this.origin + fromSample, this.origin + toSample);
  }

  neededFrom(head: number): number {
    if (this.doneUntil < this.heardUntil) return this.doneUntil;
    return Math.max(this.heardUntil, head - LONGEST_KEPT_SAMPLES);
  }

  private wake(): void {
    for (const look of this.waiting) look();
  }

  private whenReadUntil(until: number, reader: RoomTrack): Promise<void> {
    const near = () => this.gone || reader.gone || this.replays === 0 || this.heardUntil >= until;
    if (near()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!near()) return;
        this.waiting.delete(look);
        reader.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      reader.waiting.add(look);
    });
  }

  private whenHeard(until: number): Promise<void> {
    const enough = () =>
      this.gone ||
      this.heardUntil >= until ||
      (this.replays === 0 && this.heardUntil < until - STALE_SAMPLES);
    if (enough()) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      const look = () => {
        if (enough()) done();
      };
      const giveUp = () => {
        // Reading a log takes as long as it takes.
        if (this.replays > 0) timer.refresh();
        else done();
      };
      const timer = setTimeout(giveUp, LONGEST_WAIT_MS);
      this.waiting.add(look);
    });
  }

  private isHeardBetween(from: number, to: number): boolean {
    return this.chunks.some(
      (chunk) => chunk.isHeard && chunk.start < to && chunk.start + chunk.pcm.length > from,
    );
  }

  private slice(from: number, to: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(to - from);
    for (const { start, pcm } of this.chunks) {
      if (start >= to || start + pcm.length <= from) continue;
      const first = Math.max(0, from - start);
      const last = Math.min(pcm.length, to - start);
      for (let i = first; i < last; i += 1) {
        out[start - from + i] = (pcm[i] as number) / 32_768;
      }
    }
    return out;
  }
}

function isHeard(pcm: Int16Array): boolean {
  for (const sample of pcm) {
    if (sample >= LEAST_HEARD || sample <= -LEAST_HEARD) return true;
  }
  return false;
}
