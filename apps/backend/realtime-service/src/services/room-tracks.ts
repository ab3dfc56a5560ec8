import { RoomSound, type RoomTrack } from '../speech/echo/room-sound.ts';
import { SAMPLES_PER_MS } from '../speech/pcm.ts';
import type { StreamRow } from './stream-rows.ts';

/** What everybody in a room said lately, stream by stream, so that an echo is known for one. */
export class RoomTracks {
  private readonly sound = new RoomSound();
  private readonly tracks = new Map<string, RoomTrack>();

  /** The stream's sound beside that of the others, on the consultation's timeline. */
  of(row: Pick<StreamRow, 'id' | 'sub' | 'originMs'>): RoomTrack {
    const known = this.tracks.get(row.id);
    if (known) return known;
    const track = this.sound.join(row.sub, row.originMs * SAMPLES_PER_MS);
    this.tracks.set(row.id, track);
    return track;
  }

  forget(row: Pick<StreamRow, 'id'>): void {
    this.tracks.get(row.id)?.leave();
    this.tracks.delete(row.id);
  }
}
