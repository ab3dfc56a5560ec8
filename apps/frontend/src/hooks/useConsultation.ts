'use client';
import type { Participant } from '@medcall/shared-types';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { RoomError, type RoomLink, type TokenSource } from '../lib/call/room-link.ts';
import { type ConsultationStore, createConsultationStore } from '../store/consultationStore.ts';
import type { RoomIdentity } from '../types/consultation.ts';
import type { LocalMedia } from './useLocalMedia.ts';
import { useSocket } from './useSocket.ts';
import { type TranscriptionUpload, useTranscription } from './useTranscription.ts';
import { type RemotePeer, useWebRTC } from './useWebRTC.ts';

export interface UseConsultationOptions {
  realtimeUrl: string;
  identity: RoomIdentity | null;
  tokens: TokenSource;
  media: LocalMedia;
  /** What is sent in the place of the camera. */
  screen?: MediaStreamTrack | null;
  /** Whether my voice goes to the transcript; a guest's only when that person wants it. */
  transcribeMe?: boolean;
}

export interface ConsultationActions {
  admit: (participantId: string) => Promise<void>;
  deny: (participantId: string) => Promise<void>;
  startTranscription: () => Promise<void>;
  stopTranscription: () => Promise<void>;
  end: () => Promise<void>;
  leave: () => Promise<void>;
}

export interface LiveConsultation {
  store: ConsultationStore;
  link: RoomLink | null;
  peers: ReadonlyMap<string, RemotePeer>;
  /** Builds the media line to one person anew, at both ends. */
  retryPeer: (participantId: string) => void;
  upload: TranscriptionUpload;
  actions: ConsultationActions;
}

const nobody: readonly Participant[] = [];

/** One live consultation: the line to the room, the media to the others, my voice to the transcript. */
export function useConsultation({
  realtimeUrl,
  identity,
  tokens,
  media,
  screen = null,
  transcribeMe = true,
}: UseConsultationOptions): LiveConsultation {
  const [store] = useState(createConsultationStore);
  const link = useSocket({ realtimeUrl, identity, tokens, store });
  const phase = useStore(store, (state) => state.phase);
  const participants = useStore(store, (state) => state.participants);
  const iceServers = useStore(store, (state) => state.iceServers);

  const { peers, retry } = useWebRTC({
    link,
    self: phase.kind === 'joined' ? phase.self : null,
    participants: phase.kind === 'elsewhere' ? nobody : participants,
    iceServers,
    audio: media.audio,
    video: screen ?? media.video,
    devices: {
      microphone: media.microphoneOn && media.audio !== null,
      camera: screen !== null || (media.cameraOn && media.video !== null),
    },
    ready: media.status === 'ready',
  });

  const upload = useTranscription({
    link,
    store,
    track: media.audio,
    microphoneOn: media.microphoneOn,
    enabled: identity !== null && transcribeMe,
  });

  // The newer tab has the call: this one only hands over what it has heard, and goes.
  const mayGo = phase.kind === 'elsewhere' && upload.backlogMs === 0;
  useEffect(() => {
    if (mayGo) link?.close();
  }, [mayGo, link]);

  const actions = useMemo(() => actionsOf(link, store), [link, store]);
  return { store, link, peers, retryPeer: retry, upload, actions };
}

function actionsOf(link: RoomLink | null, store: ConsultationStore): ConsultationActions {
  function open(): RoomLink {
    if (!link) throw new RoomError('no_answer', 'A sala ainda não respondeu.');
    return link;
  }
  return {
    admit: async (participantId) => {
      const room = open();
      await room.request('admit-participant', { roomId: room.roomId, participantId });
      store.getState().waitingSettled(participantId);
    },
    deny: async (participantId) => {
      const room = open();
      await room.request('deny-participant', { roomId: room.roomId, participantId });
      store.getState().waitingSettled(participantId);
    },
    startTranscription: async () => {
      const room = open();
      try {
        await room.request('start-transcription', { roomId: room.roomId });
      } catch (error) {
        if (!(error instanceof RoomError) || error.code !== 'ai_consent_required') throw error;
        // Not a failure: the patient has not agreed, and the call goes on without it.
        store.getState().setTranscription({ kind: 'not-allowed' });
      }
    },
    stopTranscription: async () => {
      const room = open();
      await room.request('stop-transcription', { roomId: room.roomId });
    },
    end: async () => {
      const room = open();
      await room.request('end-consultation', { roomId: room.roomId });
    },
    leave: async () => {
      const room = open();
      await room.request('leave-room', { roomId: room.roomId });
    },
  };
}
