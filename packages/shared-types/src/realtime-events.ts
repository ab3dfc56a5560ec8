import { z } from 'zod';
import type { Ack } from './errors.ts';
import { instant, roomId, uuid } from './primitives.ts';
import { roomRole } from './roles.ts';
import { consultationStatus } from './room-consultation.ts';
import type { CostEvent, CoverageEvent, SuggestionEvent } from './suggestion.ts';
import type { TranscriptionEvent } from './transcription.ts';

/** A person in a room. For a patient, `userId` is the `sub` of the room token. */
export const participant = z.object({
  id: uuid,
  userId: z.string(),
  name: z.string(),
  role: roomRole,
  state: z.enum(['waiting', 'joined', 'away']),
});
export type Participant = z.infer<typeof participant>;

export const joinRoom = z.object({
  roomId: roomId,
  userId: z.string().min(1).max(100),
  userName: z.string().trim().min(1).max(200),
  role: roomRole,
});
export const roomOnly = z.object({ roomId: roomId });
export const participantTarget = z.object({ roomId: roomId, participantId: uuid });

/**
 * Which connections of two pages belong together. The side that does not give way names them (`call`),
 * the other says which page it is (`page`); offers are numbered (`round`) and say which offer of the other
 * side they know of (`after`). A client that has one connection only may leave all of it out.
 */
export const signalPairing = z.object({
  call: z.string().max(64).nullable(),
  page: z.string().max(64).nullable(),
  round: z.number().int().min(0).optional(),
  after: z.number().int().min(0).optional(),
});
/** As it is written; an absent member is left out. */
export interface SignalPairing {
  call: string | null;
  page: string | null;
  round?: number;
  after?: number;
}

export const webrtcSignal = z.object({
  roomId: roomId,
  to: uuid,
  description: z
    .object({ type: z.string().max(20), sdp: z.string().max(200_000).optional() })
    .optional(),
  candidate: z.unknown().optional(),
  pairing: signalPairing.optional(),
});

/** What happened to a media line: states and steps of the browser, no addresses, nothing that was said. */
export const callTrace = z.object({
  roomId: roomId,
  entries: z
    .array(
      z.object({
        /** Since the page was opened. */
        atMs: z.number().int().min(0),
        peer: uuid,
        what: z.enum([
          'connection',
          'ice',
          'gathering',
          'signaling',
          'step',
          'sent',
          'received',
          'trouble',
          'devices',
        ]),
        value: z.string().max(80),
      }),
    )
    .min(1)
    .max(100),
});

const chunkHead = {
  captureId: z.string().min(1).max(64).default('0'),
  seq: z.number().int().min(0).max(0xffff_ffff),
  capturedAtMs: z.number().min(0).optional(),
  sampleRate: z.number().int(),
  /** A hole that the client knows of: sequence numbers that will never be sent, both ends included. */
  lost: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
  data: z.custom<Uint8Array | ArrayBuffer>(
    (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value),
  ),
};
export const audioChunk = z.object({
  roomId: roomId,
  stream: z.literal('microphone').default('microphone'),
  ...chunkHead,
});
export const audioData = z.object({ consultationId: uuid, ...chunkHead });
export const consultationOnly = z.object({ consultationId: uuid });
export const renewToken = z.object({ token: z.string().max(8000) });
/** Online and in person share these two events; one of the ids names the consultation. */
export const recordingTarget = z.union([consultationOnly, roomOnly]);

export const iceServer = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.string().optional(),
  credential: z.string().optional(),
});

export const roomJoined = z.object({
  roomId: roomId,
  self: participant,
  participants: z.array(participant),
  status: consultationStatus,
  iceServers: z.array(iceServer),
  transcription: z.object({ active: z.boolean() }),
  resume: z.record(z.string(), z.object({ nextSeq: z.number().int() })),
});
export type RoomJoined = z.infer<typeof roomJoined>;

export const transcriptionStarted = z.object({
  roomId: roomId,
  sessionId: uuid,
  language: z.string(),
  engine: z.string(),
});
export const transcriptionStopped = z.object({
  roomId: roomId,
  reason: z.enum(['doctor', 'consent_withdrawn', 'ended', 'ai_disabled']),
});
export const consultationEnded = z.object({
  roomId: roomId,
  endedAt: instant,
  pendingSeconds: z.number(),
});
export const presentialJoined = z.object({
  consultationId: uuid,
  roomId: roomId,
  status: consultationStatus,
  transcription: z.object({ active: z.boolean() }),
  resume: z.record(z.string(), z.object({ nextSeq: z.number().int() })),
});

export type PresentialJoined = z.infer<typeof presentialJoined>;

export type AckFn<T extends object = object> = (answer: Ack<T>) => void;
export type ChunkAck = { ackedSeq: number; durableSeq: number };

/** Events that a client may send; each takes an acknowledgement. */
export interface ClientToServerEvents {
  'join-room': (p: z.input<typeof joinRoom>, ack: AckFn<{ state: 'joined' | 'waiting' }>) => void;
  'admit-participant': (p: z.input<typeof participantTarget>, ack: AckFn) => void;
  'deny-participant': (p: z.input<typeof participantTarget>, ack: AckFn) => void;
  'leave-room': (p: z.input<typeof roomOnly>, ack: AckFn) => void;
  'webrtc-signal': (p: z.input<typeof webrtcSignal>, ack: AckFn) => void;
  'call-trace': (p: z.input<typeof callTrace>, ack: AckFn) => void;
  'start-transcription': (p: z.input<typeof roomOnly>, ack: AckFn<{ sessionId: string }>) => void;
  'stop-transcription': (p: z.input<typeof roomOnly>, ack: AckFn) => void;
  audioChunk: (p: z.input<typeof audioChunk>, ack: AckFn<ChunkAck>) => void;
  'end-consultation': (p: z.input<typeof roomOnly>, ack: AckFn) => void;
  'join-presential': (p: z.input<typeof consultationOnly>, ack: AckFn) => void;
  'start-recording': (p: z.input<typeof recordingTarget>, ack: AckFn) => void;
  'audio-data': (p: z.input<typeof audioData>, ack: AckFn<ChunkAck>) => void;
  'stop-recording': (p: z.input<typeof recordingTarget>, ack: AckFn) => void;
  'end-presential': (p: z.input<typeof consultationOnly>, ack: AckFn) => void;
  'renew-token': (p: z.input<typeof renewToken>, ack: AckFn) => void;
}

/** Events that the service sends. `suggestion`, `coverage`, `cost` and `transcription-lag` reach the doctor only. */
export interface ServerToClientEvents {
  'room-joined': (p: RoomJoined) => void;
  'user-joined': (p: { roomId: string; participant: Participant }) => void;
  'user-left': (p: {
    roomId: string;
    participantId: string;
    reason: 'left' | 'disconnected';
  }) => void;
  'participant-updated': (p: { roomId: string; participant: Participant }) => void;
  'participant-waiting': (p: { roomId: string; participant: Participant }) => void;
  'admission-denied': (p: { roomId: string }) => void;
  /** The same person has joined on a newer connection: this one is to be silent. */
  'call-moved': (p: { roomId: string }) => void;
  'webrtc-signal': (p: {
    roomId: string;
    from: string;
    description?: unknown;
    candidate?: unknown;
    pairing?: z.infer<typeof signalPairing>;
  }) => void;
  'transcription-started': (p: z.infer<typeof transcriptionStarted>) => void;
  'transcription-stopped': (p: z.infer<typeof transcriptionStopped>) => void;
  transcription: (p: TranscriptionEvent) => void;
  'transcription-update': (p: TranscriptionEvent) => void;
  suggestion: (p: SuggestionEvent) => void;
  coverage: (p: CoverageEvent) => void;
  cost: (p: CostEvent) => void;
  'transcription-lag': (p: { roomId: string; seconds: number }) => void;
  'consultation-ended': (p: z.infer<typeof consultationEnded>) => void;
  'presential-joined': (p: PresentialJoined) => void;
  'recording-started': (p: { consultationId: string; roomId: string; sessionId: string }) => void;
  'recording-stopped': (p: { consultationId: string; roomId: string }) => void;
  'presential-ended': (p: {
    consultationId: string;
    roomId: string;
    endedAt: string;
    pendingSeconds: number;
  }) => void;
}
