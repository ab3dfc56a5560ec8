'use client';
import type { Consultation } from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { useInPersonConsultation } from '#hooks/useInPersonConsultation.ts';
import { useLocalMedia } from '#hooks/useLocalMedia.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { inPersonMessages as text } from '#messages/in-person.ts';
import type { InPersonIdentity, Speaker } from '#types/consultation.ts';
import { useActionFailed } from '../doctor/use-action-failed.ts';
import { useCallData } from '../doctor/use-call-data.ts';
import { useCallKeys } from '../doctor/use-call-keys.ts';
import { useSettledQuestions } from '../doctor/use-settled-questions.ts';
import { focusPrivateNote } from '../private-notes/focus-private-note.ts';

export interface InPersonOptions {
  identity: InPersonIdentity;
  tokens: TokenSource;
  consultation: Consultation;
}

export type InPersonModel = ReturnType<typeof useInPerson>;

/** Everything that the screen of a consultation in person knows and does. */
export function useInPerson({ identity, tokens, consultation: first }: InPersonOptions) {
  const { realtimeUrl } = useConfig();
  const gateway = useGateway();
  const toast = useToast();
  const media = useLocalMedia({ camera: false });
  const live = useInPersonConsultation({ realtimeUrl, identity, tokens, media });
  const state = useStore(live.store);
  const joined = state.phase.kind === 'joined';
  const { consultation, patient } = useCallData(first, state, joined);
  const mayListen = useAiConsent(consultation);
  const listening = state.transcription.kind === 'on';
  const ended = ['ended', 'elsewhere'].includes(state.phase.kind);

  const { request, stop, status } = media;
  // After a reload the room still listens: the microphone comes back without a press.
  useEffect(() => {
    if (listening && status === 'idle') void request();
  }, [listening, status, request]);
  useEffect(() => {
    if (ended) stop();
  }, [ended, stop]);

  const failed = useActionFailed();

  async function start(): Promise<void> {
    try {
      // Not before the patient has agreed: the browser asks for the microphone here, once.
      if (status === 'idle') await request();
      await live.start();
    } catch (error) {
      failed(error);
    }
  }

  const [helpOpen, setHelpOpen] = useState(false);
  const settle = useSettledQuestions(state);
  const toggle = () => void (listening ? live.pause().catch(failed) : start());
  useCallKeys({
    onMicrophone: () => media.audio && media.setMicrophoneOn(!media.microphoneOn),
    onCamera: () => undefined,
    onTranscription: () => joined && mayListen.allowed && toggle(),
    onHelp: () => setHelpOpen(true),
    onNotes: () => focusPrivateNote(),
    onQuestion: (place, act) => {
      const question = state.questions.shown[place];
      if (question) settle(question.id, act);
    },
  });

  return {
    state,
    media,
    upload: live.upload,
    consultation,
    patient,
    consent: mayListen,
    joined,
    listening,
    start,
    toggle,
    settle,
    help: { open: helpOpen, setOpen: setHelpOpen },
    end: () => live.end().catch(failed),
    setSpeaker: (utteranceId: string, speaker: Speaker) => {
      // The corrected rows come back as revisions, the similar ones with them.
      gateway
        .setSpeaker(utteranceId, speaker)
        .catch(() => toast({ title: text.speakerFailed, tone: 'danger' }));
    },
  };
}

/** Whether the patient has agreed to the transcription; `refresh` after an answer was stored. */
function useAiConsent({ id, ai_enabled: aiEnabled }: Consultation) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR(['consents', id], () => gateway.consents(id), {
    revalidateOnFocus: false,
  });
  const latest = data?.items
    .filter(({ type }) => type === 'ai')
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0];
  return {
    known: data !== undefined,
    /** Why it is not known; null while it is asked, and once it is known. */
    trouble: data === undefined ? (error ?? null) : null,
    allowed: aiEnabled && latest?.accepted === true,
    answered: latest !== undefined,
    refresh: () => mutate(),
  };
}
