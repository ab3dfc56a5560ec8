import { profileFor } from '../speakers/enrolment.ts';
import { portugueseRoleCue } from '../speakers/role-cues.ts';
import { createSpeakerSeparator } from '../speakers/speaker-separator.ts';
import type { SpeakerEmbedder } from '../speakers/voice-features.ts';
import type { RoomView } from './consultation-reader.ts';
import { RoomVoices } from './room-voices.ts';
import type { VoiceRows } from './voice-rows.ts';

/** The voices of a consultation as they are known, and how to begin without what was heard. */
export interface LoadedVoices {
  known: RoomVoices;
  fresh: () => RoomVoices;
}

export type LoadVoices = (room: RoomView) => Promise<LoadedVoices | null>;

/**
 * Makes the loader of a consultation's voices: what was heard so far, with the voice that its doctor
 * has enrolled. Null for a video call, where the channel says who speaks.
 */
export function voicesLoader(rows: VoiceRows, embedder: SpeakerEmbedder): LoadVoices {
  return async (room) => {
    if (room.type === 'ONLINE') return null;
    const { consultationId, roomId } = room;
    const [profile, pieces, spoken] = await Promise.all([
      rows.doctorsProfile(consultationId),
      rows.pieces(consultationId, embedder.name),
      rows.spoken(roomId),
    ]);
    const options = {
      model: embedder.name,
      separator: (remembered: Parameters<typeof createSpeakerSeparator>[1]) =>
        createSpeakerSeparator(
          { embedder, enrolled: profileFor(profile, embedder), roleCue: portugueseRoleCue },
          remembered,
        ),
    };
    return {
      known: new RoomVoices(options, pieces, spoken),
      fresh: () => new RoomVoices(options),
    };
  };
}
