'use client';
import { useMemo, useState } from 'react';
import { RoomError, type RoomLink, type TokenSource } from '../lib/call/room-link.ts';
import { type ConsultationStore, createConsultationStore } from '../store/consultationStore.ts';
import type { InPersonIdentity } from '../types/consultation.ts';
import type { LocalMedia } from './useLocalMedia.ts';
import { useSocket } from './useSocket.ts';
import { type TranscriptionUpload, useTranscription } from './useTranscription.ts';

export interface UseInPersonConsultationOptions {
  realtimeUrl: string;
  /** Must keep its reference. Null while it is not known yet who I am. */
  identity: InPersonIdentity | null;
  tokens: TokenSource;
  media: LocalMedia;
}

export interface InPersonConsultation {
  store: ConsultationStore;
  upload: TranscriptionUpload;
  /** Starts listening, again after a pause too. Throws RoomError. */
  start: () => Promise<void>;
  pause: () => Promise<void>;
  end: () => Promise<void>;
}

/** A consultation in one room: the line to the service and the one microphone. */
export function useInPersonConsultation({
  realtimeUrl,
  identity,
  tokens,
  media,
}: UseInPersonConsultationOptions): InPersonConsultation {
  const [store] = useState(createConsultationStore);
  const link = useSocket({ realtimeUrl, identity, tokens, store });
  const upload = useTranscription({
    link,
    store,
    track: media.audio,
    microphoneOn: media.microphoneOn,
    enabled: identity !== null,
  });
  const consultationId = identity?.consultationId ?? null;
  const actions = useMemo(() => actionsOf(link, consultationId), [link, consultationId]);
  return { store, upload, ...actions };
}

function actionsOf(link: RoomLink | null, consultationId: string | null) {
  const send = async (event: 'start-recording' | 'stop-recording' | 'end-presential') => {
    if (!link || !consultationId) {
      throw new RoomError('no_answer', 'A consulta ainda não respondeu. Tente de novo.');
    }
    await link.request(event, { consultationId });
  };
  return {
    start: () => send('start-recording'),
    pause: () => send('stop-recording'),
    end: () => send('end-presential'),
  };
}
