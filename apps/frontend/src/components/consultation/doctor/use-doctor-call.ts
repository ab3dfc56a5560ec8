'use client';
import type { Consultation, Patient } from '@medcall/shared-types';
import { useCallback, useEffect } from 'react';
import useSWR from 'swr';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { type LiveConsultation, useConsultation } from '#hooks/useConsultation.ts';
import { type LocalMedia, useLocalMedia } from '#hooks/useLocalMedia.ts';
import { RoomError, type TokenSource } from '#lib/call/room-link.ts';
import { callMessages as text } from '#messages/call.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { ConsultationState } from '#store/consultationStore.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { rememberPause, useAutoTranscription } from './use-auto-transcription.ts';
import { useCallKeys } from './use-call-keys.ts';
import { type ScreenShare, useScreenShare } from './use-screen-share.ts';

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
  const gateway = useGateway();
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
  const settle = (id: string, status: 'used' | 'dismissed') => {
    const question = state.questions.shown.find((shown) => shown.id === id);
    if (!question) return;
    state.questionSettled(id);
    gateway.setSuggestionStatus(id, status).catch(() => {
      state.question(question);
      toast({ title: text.questions.notSaved, tone: 'danger' });
    });
  };
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

/** What is stored: the consultation as it is now, the patient, and what was said and asked before this page came. */
function useCallData(first: Consultation, state: ConsultationState, joined: boolean) {
  const gateway = useGateway();
  const { data: consultation = first } = useSWR(
    // Its times and status change when somebody comes in.
    ['consultation', first.id, joined, state.participants.length > 0],
    () => gateway.consultation(first.id),
    { fallbackData: first, revalidateOnFocus: false },
  );
  const { data: patient } = useSWR(
    ['patient', first.patient_id],
    () => gateway.patient(first.patient_id),
    { revalidateOnFocus: false },
  );
  const { stored, question, setCoverage } = state;
  useSWR(
    // After each join: what was finished while the line was down did not reach this page.
    joined ? ['so-far', first.id, state.resume] : null,
    async () => {
      const [transcript, asked, coverage] = await Promise.all([
        gateway.transcript(first.id),
        gateway.suggestions(first.id),
        gateway.coverage(first.id),
      ]);
      stored(transcript.items);
      for (const { status, context: _context, created_at: _at, ...item } of asked.items) {
        if (status === 'shown') question(item);
      }
      if (coverage.items.length > 0) setCoverage(coverage.items);
    },
    { revalidateOnFocus: false, revalidateOnReconnect: false },
  );
  return { consultation, patient };
}
