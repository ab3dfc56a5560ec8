import type { Participant, RoomRole, Speaker, SuggestionEvent } from '@medcall/shared-types';

export type { Participant, RoomRole, Speaker } from '@medcall/shared-types';

/** One utterance on the screen, from a live event or from the stored transcript. */
export interface TranscriptLine {
  id: string;
  speaker: Speaker;
  text: string;
  startMs: number;
  endMs: number;
  isFinal: boolean;
  revision: number;
  /** Utterances whose place this one took. */
  replaced?: readonly string[];
}

/** A question for the doctor as the room sent it. */
export type Question = Omit<SuggestionEvent, 'roomId' | 'context'>;

/** Who I am in a room. `userId` is the `sub` of my token. */
export interface RoomIdentity {
  roomId: string;
  userId: string;
  userName: string;
  role: RoomRole;
}

/** The doctor at the one microphone of a consultation in person. */
export interface InPersonIdentity {
  roomId: string;
  userId: string;
  consultationId: string;
}

/** Where this page stands with its room. */
export type RoomPhase =
  | { kind: 'connecting' }
  | { kind: 'waiting' }
  /** In person nobody else is on a line: there is no list of people to be found in. */
  | { kind: 'joined'; self: Participant | null }
  /** The same person has the consultation open in a newer tab or on another device. */
  | { kind: 'elsewhere' }
  | { kind: 'denied' }
  | { kind: 'consent-needed' }
  | { kind: 'ended'; endedAt: string | null; pendingSeconds: number }
  | { kind: 'refused'; message: string };
