'use client';
import type { Consultation, Patient } from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { type LiveConsultation, useConsultation } from '#hooks/useConsultation.ts';
import { type LocalMedia, useLocalMedia } from '#hooks/useLocalMedia.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import type { ConsultationState } from '#store/consultationStore.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { focusPrivateNote } from '../private-notes/focus-private-note.ts';
import { useActionFailed } from './use-action-failed.ts';
import { rememberPause, useAutoTranscription } from './use-auto-transcription.ts';
import { useCallData } from './use-call-data.ts';
import { useCallKeys } from './use-call-keys.ts';
import { type Panels, usePanels } from './use-panels.ts';
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
  help: { open: boolean; setOpen: (open: boolean) => void };
  panels: Panels;
  lit: string | null;
  setLit: (utteranceId: string | null) => void;
}

/** Everything that the doctor's call knows and does; the screen only draws it. */
export function useDoctorCall(options: DoctorCallOptions): DoctorCallModel {
  const { identity, tokens, consultation: first } = options;
  const { realtimeUrl } = useConfig();
  const media = useLocalMedia();
  const screen = useScreenShare();
  const live = useConsultation({ realtimeUrl, identity, tokens, media, screen: screen.track });
  const { store, actions } = live;
  const state = useStore(store);
  useDevicesWhileOpen(media, ['ended', 'elsewhere'].includes(state.phase.kind));
  const joined = state.phase.kind === 'joined';
  const { consultation, patient } = useCallData(first, state, joined);

  const failed = useActionFailed();
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
  const [helpOpen, setHelpOpen] = useState(false);
  const settle = useSettledQuestions(state);
  const [lit, setLit] = useState<string | null>(null);
  const panels = usePanels(consultation.ai_enabled);
  useCallKeys({
    onMicrophone: () => media.audio && media.setMicrophoneOn(!media.microphoneOn),
    onCamera: () => media.video && media.setCameraOn(!media.cameraOn),
    onTranscription: () => consultation.ai_enabled && joined && toggleTranscription(),
    onHelp: () => setHelpOpen(true),
    onNotes: () =>
      focusPrivateNote(panels.isHidden('notes') ? () => panels.toggle('notes') : undefined),
    onEscape: panels.toggleVideoOnly,
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
    settle: (questionId, status) => {
      // The card goes, and with it the pointer's way out of it.
      setLit(null);
      settle(questionId, status);
    },
    startTranscription: () => void actions.startTranscription().catch(failed),
    admit: (id) => actions.admit(id).catch(failed),
    deny: (id) => actions.deny(id).catch(failed),
    end: () => actions.end().catch(failed),
    help: { open: helpOpen, setOpen: setHelpOpen },
    panels,
    lit,
    setLit,
    toggleScreen: () => void screen.toggle().catch(failed),
  };
}

/** Asks for camera and microphone at once, and lets them go with the consultation. */
function useDevicesWhileOpen({ request, stop }: LocalMedia, over: boolean): void {
  useEffect(() => void request(), [request]);
  useEffect(() => {
    if (over) stop();
  }, [over, stop]);
}
