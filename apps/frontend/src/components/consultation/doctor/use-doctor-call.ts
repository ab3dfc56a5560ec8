'use client';
import type { Consultation, Patient } from '@medcall/shared-types';
import { useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { useToast } from '#components/ui/toast.ts';
import { type LiveConsultation, useConsultation } from '#hooks/useConsultation.ts';
import { type LocalMedia, useLocalMedia } from '#hooks/useLocalMedia.ts';
import { RoomError, type TokenSource } from '#lib/call/room-link.ts';
import { callMessages as text } from '#messages/call.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { ConsultationState } from '#store/consultationStore.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { rememberPause, useAutoTranscription } from './use-auto-transcription.ts';
import { useCallData } from './use-call-data.ts';
import { useCallKeys } from './use-call-keys.ts';
import { type ScreenShare, useScreenShare } from './use-screen-share.ts';
import { useSettledQuestions } from './use-settled-questions.ts';

export interface DoctorCallOptions {
  identity: RoomIdentity;
  tokens: TokenSource;
  consultation: Consultation;
}

export interface DoctorCallModel {
  state: ConsultationState;
  live: LiveConsultation;
  media: LocalMedia;
  screen: ScreenShare;
  consultation: Consultation;
  patient: Patient | undefined;
  transcribing: boolean;
  startTranscription: () => void;
  toggleTranscription: () => void;
  settle: (questionId: string, status: 'used' | 'dismissed') => void;
  admit: (participantId: string) => Promise<void>;
  deny: (participantId: string) => Promise<void>;
  end: () => Promise<void>;
  toggleScreen: () => void;
}

/** Everything that the doctor's call knows and does; the screen only draws it. */
export function useDoctorCall(options: DoctorCallOptions): DoctorCallModel {
  const { identity, tokens, consultation: first } = options;
  const { realtimeUrl } = useConfig();
  const toast = useToast();
  const media = useLocalMedia();
  const screen = useScreenShare();
  const live = useConsultation({ realtimeUrl, identity, tokens, media, screen: screen.track });
  const { store, actions } = live;
  const state = useStore(store);
  useDevicesWhileOpen(media, state.phase.kind === 'ended');
  const joined = state.phase.kind === 'joined';
  const { consultation, patient } = useCallData(first, state, joined);

  const failed = useCallback(
    (error: unknown) =>
      toast({
        title: text.actionFailed,
        description:
          error instanceof RoomError && error.message ? error.message : sharedMessages.errorText,
        tone: 'danger',
      }),
    [toast],
  );
  useAutoTranscription({
    store,
    actions,
    roomId: identity.roomId,
    aiEnabled: consultation.ai_enabled,
    onTrouble: failed,
  });

  const transcribing = state.transcription.kind === 'on';
  const toggleTranscription = () => {
    rememberPause(identity.roomId, transcribing);
    (transcribing ? actions.stopTranscription() : actions.startTranscription()).catch(failed);
  };
  const settle = useSettledQuestions(state);
  useCallKeys({
    onMicrophone: () => media.audio && media.setMicrophoneOn(!media.microphoneOn),
    onCamera: () => media.video && media.setCameraOn(!media.cameraOn),
    onTranscription: () => consultation.ai_enabled && joined && toggleTranscription(),
    onQuestion: (place, status) => {
      const question = state.questions.shown[place];
      if (question) settle(question.id, status);
    },
  });

  return {
    state,
    live,
    media,
    screen,
    consultation,
    patient,
    transcribing,
    toggleTranscription,
    settle,
    startTranscription: () => void actions.startTranscription().catch(failed),
    admit: (id) => actions.admit(id).catch(failed),
    deny: (id) => actions.deny(id).catch(failed),
    end: () => actions.end().catch(failed),
    toggleScreen: () => void screen.toggle().catch(failed),
  };
}

/** Asks for camera and microphone at once, and lets them go with the consultation. */
function useDevicesWhileOpen({ request, stop }: LocalMedia, ended: boolean): void {
  useEffect(() => void request(), [request]);
  useEffect(() => {
    if (ended) stop();
  }, [ended, stop]);
}
