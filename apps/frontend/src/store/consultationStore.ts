import type {
  CostEvent,
  CoverageItem,
  Participant,
  PresentialJoined,
  RoomJoined,
  TranscriptionEvent,
  TranscriptUtterance,
} from '@medcall/shared-types';
import { createStore } from 'zustand/vanilla';
import {
  emptyBoard,
  type QuestionBoard,
  withoutQuestion,
  withQuestion,
} from '../lib/call/questions.ts';
import { withStored, withUtterance } from '../lib/call/transcript-lines.ts';
import type { Question, RoomPhase, TranscriptLine } from '../types/consultation.ts';

export type TranscriptionState =
  | { kind: 'off' }
  | { kind: 'on'; engine: string | null }
  | { kind: 'stopped'; reason: 'doctor' | 'consent_withdrawn' | 'ended' | 'ai_disabled' }
  /** start-transcription was refused: without the patient's consent the call goes on alone. */
  | { kind: 'not-allowed' };

export interface ConsultationSnapshot {
  phase: RoomPhase;
  /** The socket's line; `reconnecting` lies over any phase. */
  line: 'up' | 'reconnecting';
  /** The others who are in the room, away ones included. */
  participants: readonly Participant[];
  waiting: readonly Participant[];
  iceServers: RTCIceServer[];
  resume: RoomJoined['resume'];
  transcription: TranscriptionState;
  lines: readonly TranscriptLine[];
  questions: QuestionBoard;
  coverage: readonly CoverageItem[];
  cost: CostEvent | null;
  lagSeconds: number;
  /** In person: nothing but the order of speaking tells yet which voice is the doctor's. */
  speakersTentative: boolean;
}

export interface ConsultationActions {
  setPhase: (phase: RoomPhase) => void;
  setLine: (line: ConsultationSnapshot['line']) => void;
  roomJoined: (event: RoomJoined) => void;
  presentialJoined: (event: PresentialJoined) => void;
  participantSeen: (participant: Participant) => void;
  participantGone: (participantId: string) => void;
  waitingSettled: (participantId: string) => void;
  setTranscription: (state: TranscriptionState) => void;
  utterance: (event: TranscriptionEvent) => void;
  stored: (rows: readonly TranscriptUtterance[]) => void;
  question: (question: Question) => void;
  questionSettled: (id: string) => void;
  setCoverage: (items: readonly CoverageItem[]) => void;
  setCost: (cost: CostEvent) => void;
  setLag: (seconds: number) => void;
}

export type ConsultationState = ConsultationSnapshot & ConsultationActions;

const start: ConsultationSnapshot = {
  phase: { kind: 'connecting' },
  line: 'up',
  participants: [],
  waiting: [],
  iceServers: [],
  resume: {},
  transcription: { kind: 'off' },
  lines: [],
  questions: emptyBoard,
  coverage: [],
  cost: null,
  lagSeconds: 0,
  speakersTentative: false,
};

/** The live consultation: one store a room, made by its page, so that two rooms never mix. */
export function createConsultationStore() {
  return createStore<ConsultationState>((set) => ({
    ...start,
    setPhase: (phase) => set({ phase }),
    setLine: (line) => set({ line }),
    roomJoined: (event) =>
      set((state) => {
        const others = event.participants.filter(({ id }) => id !== event.self.id);
        return {
          phase: { kind: 'joined', self: event.self },
          line: 'up',
          participants: others.filter(({ state: where }) => where !== 'waiting'),
          waiting: others.filter(({ state: where }) => where === 'waiting'),
          iceServers: event.iceServers.map(withoutUndefined),
          resume: event.resume,
          transcription: afterJoin(state.transcription, event.transcription.active),
        };
      }),
    presentialJoined: (event) =>
      set((state) => ({
        phase: { kind: 'joined', self: null },
        line: 'up',
        resume: event.resume,
        transcription: afterJoin(state.transcription, event.transcription.active),
      })),
    participantSeen: (participant) =>
      set((state) => {
        // My own arrival comes back to me when there is more than one node.
        if (state.phase.kind === 'joined' && participant.id === state.phase.self?.id) return state;
        const without = (list: readonly Participant[]) =>
          list.filter(({ id }) => id !== participant.id);
        return participant.state === 'waiting'
          ? {
              participants: without(state.participants),
              waiting: [...without(state.waiting), participant],
            }
          : {
              participants: [...without(state.participants), participant],
              waiting: without(state.waiting),
            };
      }),
    participantGone: (participantId) =>
      set((state) => ({
        participants: state.participants.filter(({ id }) => id !== participantId),
        waiting: state.waiting.filter(({ id }) => id !== participantId),
      })),
    waitingSettled: (participantId) =>
      set((state) => ({ waiting: state.waiting.filter(({ id }) => id !== participantId) })),
    setTranscription: (transcription) => set({ transcription }),
    utterance: (event) =>
      set((state) => ({
        lines: withUtterance(state.lines, event),
        speakersTentative: event.speakerTentative ?? state.speakersTentative,
      })),
    stored: (rows) => set((state) => ({ lines: withStored(state.lines, rows) })),
    question: (question) =>
      set((state) => ({ questions: withQuestion(state.questions, question) })),
    questionSettled: (id) => set((state) => ({ questions: withoutQuestion(state.questions, id) })),
    setCoverage: (coverage) => set({ coverage }),
    setCost: (cost) => set({ cost }),
    setLag: (lagSeconds) => set({ lagSeconds }),
  }));
}
export type ConsultationStore = ReturnType<typeof createConsultationStore>;

/** What a join says about the transcription, over what this page knew before the line dropped. */
function afterJoin(before: TranscriptionState, active: boolean): TranscriptionState {
  if (active) return { kind: 'on', engine: engineOf(before) };
  return before.kind === 'on' ? { kind: 'stopped', reason: 'doctor' } : before;
}

function engineOf(state: TranscriptionState): string | null {
  return state.kind === 'on' ? state.engine : null;
}

/** RTCIceServer knows no undefined members (exactOptionalPropertyTypes). */
function withoutUndefined(server: RoomJoined['iceServers'][number]): RTCIceServer {
  return {
    urls: server.urls,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.credential === undefined ? {} : { credential: server.credential }),
  };
}
