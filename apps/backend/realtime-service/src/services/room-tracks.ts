import type { SharedSound, SoundLine } from '../cluster/sound-exchange.ts';
import { RoomSound, type RoomTrack } from '../speech/echo/room-sound.ts';
import { SAMPLES_PER_MS } from '../speech/pcm.ts';
import type { StreamRow } from './stream-rows.ts';

/**
 * What everybody in a room said lately, stream by stream, so that an echo is known for one. Streams that
 * other nodes own are heard over the line between nodes, as long as this node has one itself.
 */
export class RoomTracks {
  private readonly sound = new RoomSound();
  private readonly own = new Map<string, RoomTrack>();
  private readonly elsewhere = new Map<string, RoomTrack>();
  private readonly openLine: (onSound: (sound: SharedSound) => void) => SoundLine;
  private line: SoundLine | null = null;

  constructor(openLine: (onSound: (sound: SharedSound) => void) => SoundLine) {
    this.openLine = openLine;
  }

  /** Resolves when the other nodes' streams are heard. */
  async ready(): Promise<void> {
    await this.line?.ready;
  }

  /** The stream's sound beside that of the others, on the consultation's timeline. */
  of(row: Pick<StreamRow, 'id' | 'sub' | 'originMs'>): RoomTrack {
    const known = this.own.get(row.id);
    if (known) return known;
    this.line ??= this.openLine((sound) => this.hear(sound));
    // It was another node's until now.
    this.leave(row.id);
    const { id: streamId, originMs, sub } = row;
    const track = this.sound.join(sub, originMs * SAMPLES_PER_MS, (pcm, positionSamples) =>
      this.line?.send({ streamId, sub, originMs, positionSamples, pcm }),
    );
    this.own.set(streamId, track);
    return track;
  }

  forget(row: Pick<StreamRow, 'id'>): void {
    this.own.get(row.id)?.leave();
    this.own.delete(row.id);
    if (this.own.size > 0) return;
    this.line?.close();
    this.line = null;
    for (const streamId of this.elsewhere.keys()) this.leave(streamId);
  }

  private hear({ originMs, pcm, positionSamples, streamId, sub }: SharedSound): void {
    // The last words of an owner who has lost it.
    if (this.own.has(streamId)) return;
    const known = this.elsewhere.get(streamId);
    const track = known ?? this.sound.join(sub, originMs * SAMPLES_PER_MS);
    this.elsewhere.set(streamId, track);
    track.add(pcm, positionSamples);
    // Its own node looks for echoes in it.
    track.passed(positionSamples + pcm.length);
  }

  private leave(streamId: string): void {
    this.elsewhere.get(streamId)?.leave();
    this.elsewhere.delete(streamId);
  }
}
