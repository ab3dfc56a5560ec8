'use client';
import type { Consultation } from '@medcall/shared-types';
import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import useSWR from 'swr';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { useToast } from '#components/ui/toast.ts';
import { useConsultation } from '#hooks/useConsultation.ts';
import { useLocalMedia } from '#hooks/useLocalMedia.ts';
import { RoomError, type TokenSource } from '#lib/call/room-link.ts';
import { ageInYears, cn } from '#lib/utils.ts';
import { callMessages as text } from '#messages/call.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { CallNotices } from '../call-notices.tsx';
import { CoveragePanel } from '../coverage-panel.tsx';
import { QuestionsPanel } from '../questions-panel.tsx';
import { TranscriptPanel } from '../transcript-panel.tsx';
import { WaitingPeople } from '../waiting-people.tsx';
import { CallControls } from './call-controls.tsx';
import { CallHeader } from './call-header.tsx';
import { DoctorStage } from './doctor-stage.tsx';
import { EndDialog } from './end-dialog.tsx';
import { EndingScreen } from './ending-screen.tsx';
import { PatientPanel } from './patient-panel.tsx';
import { TranscriptionLine } from './transcription-line.tsx';
import { rememberPause, useAutoTranscription } from './use-auto-transcription.ts';
import { useCallKeys } from './use-call-keys.ts';
import { useScreenShare } from './use-screen-share.ts';

interface Props {
  identity: RoomIdentity;
  tokens: TokenSource;
  consultation: Consultation;
  clinicName: string;
}

const tabs = ['transcript', 'questions', 'patient'] as const;
type Tab = (typeof tabs)[number];

/** The doctor's call: the patient's face first, everything else beside it and still. */
export function DoctorCall({ identity, tokens, consultation: first, clinicName }: Props) {
  const { realtimeUrl } = useConfig();
  const gateway = useGateway();
  const toast = useToast();
  const media = useLocalMedia();
  const screen = useScreenShare();
  const [tab, setTab] = useState<Tab>('transcript');
  const [ending, setEnding] = useState(false);
  const live = useConsultation({ realtimeUrl, identity, tokens, media, screen: screen.track });
  const { store, actions, peers, upload } = live;
  const state = useStore(store);
  const { request: requestDevices } = media;

  useEffect(() => void requestDevices(), [requestDevices]);

  // Times and the AI switch change when the consultation starts; what was said before I came is stored.
  const joined = state.phase.kind === 'joined';
  const { data: consultation = first } = useSWR(
    ['consultation', first.id, joined, state.participants.length > 0],
    () => gateway.consultation(first.id),
    { fallbackData: first, revalidateOnFocus: false },
  );
  const { data: patient } = useSWR(['patient', first.patient_id], () =>
    gateway.patient(first.patient_id),
  );
  const { stored } = state;
  useSWR(joined ? ['transcript-so-far', first.id, state.resume] : null, async () =>
    stored((await gateway.transcript(first.id)).items),
  );

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

  if (state.phase.kind === 'ended') {
    return <EndingScreen consultationId={first.id} pendingSeconds={state.phase.pendingSeconds} />;
  }
  if (state.phase.kind === 'refused' || state.phase.kind === 'denied') {
    return (
      <NoticePage
        title={text.refused.title}
        action={
          <Button asChild>
            <Link href="/dashboard">{sharedMessages.goHome}</Link>
          </Button>
        }
      >
        {state.phase.kind === 'refused' ? <p>{state.phase.message}</p> : null}
      </NoticePage>
    );
  }

  const withAi = consultation.ai_enabled;
  const covered = state.coverage.filter(({ status }) => status === 'covered').length;
  return (
    <main data-fullscreen className="flex min-h-0 flex-1 flex-col gap-3 p-3">
      <CallHeader
        clinicName={clinicName}
        consultation={consultation}
        age={patient?.birth_date ? ageInYears(patient.birth_date) : null}
        cost={state.cost}
        line={lineWords(
          state.line,
          joined,
          [...peers.values()].map((peer) => peer.state),
        )}
      />
      <CallNotices state={state} media={media} upload={upload} />
      <WaitingPeople
        waiting={state.waiting}
        onAdmit={(id) => actions.admit(id).catch(failed)}
        onDeny={(id) => actions.deny(id).catch(failed)}
      />
      <div
        className={cn(
          'grid min-h-0 flex-1 grid-rows-[minmax(10rem,38dvh)_auto_minmax(0,1fr)] gap-3 lg:grid-rows-1',
          withAi
            ? 'lg:grid-cols-[minmax(0,1fr)_minmax(17rem,22rem)_minmax(17rem,22rem)]'
            : 'lg:grid-cols-[minmax(0,1fr)_minmax(17rem,22rem)]',
        )}
      >
        <div className="flex min-h-0 flex-col gap-3">
          <DoctorStage
            consultationId={first.id}
            participants={state.participants}
            peers={peers}
            media={media}
            screen={screen.track}
          />
          {withAi ? (
            <section className="hidden rounded-lg border border-line bg-paper px-4 py-3 lg:block">
              <h2 className="mb-1.5 flex items-baseline gap-2 font-bold">
                {text.coverage.title}
                {state.coverage.length > 0 ? (
                  <span className="text-sm font-normal text-ink-soft">
                    {text.coverage.summary(covered, state.coverage.length)}
                  </span>
                ) : null}
              </h2>
              <CoveragePanel items={state.coverage} />
            </section>
          ) : null}
        </div>

        <TabBar tab={tab} onTab={setTab} withAi={withAi} questions={state.questions.shown.length} />

        <section
          aria-label={text.transcript.title}
          className={cn(
            'min-h-0 flex-col overflow-hidden rounded-lg border border-line bg-paper lg:flex',
            tab === 'transcript' ? 'flex' : 'hidden',
            !withAi && 'lg:hidden',
          )}
        >
          <h2 className="hidden px-4 pt-3 font-bold lg:block">{text.transcript.title}</h2>
          <TranscriptionLine
            state={state.transcription}
            aiEnabled={withAi}
            lagSeconds={state.lagSeconds}
            onStart={() => void actions.startTranscription().catch(failed)}
          />
          {withAi ? (
            <TranscriptPanel
              lines={state.lines}
              me="MEDICO"
              empty={transcribing ? text.transcript.emptyOn : text.transcript.emptyOff}
            />
          ) : null}
        </section>

        <div
          className={cn(
            'min-h-0 flex-col gap-3 overflow-y-auto lg:flex',
            tab === 'transcript' ? 'hidden' : 'flex',
          )}
        >
          {withAi ? (
            <section
              aria-label={text.questions.title}
              className={cn(
                'min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-ground lg:flex',
                tab === 'questions' ? 'flex' : 'hidden',
              )}
            >
              <h2 className="hidden bg-paper px-4 py-3 font-bold lg:block">
                {text.questions.title}
              </h2>
              <QuestionsPanel board={state.questions} onSettle={settle} />
            </section>
          ) : (
            <p className="rounded-lg border border-line bg-paper px-4 py-3 text-ink-soft">
              {text.transcript.aiDisabled}
            </p>
          )}
          <section
            className={cn(
              'rounded-lg border border-line bg-paper px-4 py-3 lg:block',
              tab === 'patient' ? 'block' : 'hidden',
            )}
          >
            <h2 className="mb-1.5 font-bold">{text.patientPanel.title}</h2>
            <PatientPanel patientId={first.patient_id} />
            {withAi ? (
              <div className="mt-4 lg:hidden">
                <h3 className="mb-1.5 font-bold">{text.coverage.title}</h3>
                <CoveragePanel items={state.coverage} />
              </div>
            ) : null}
          </section>
        </div>
      </div>
      <CallControls
        media={media}
        screen={{
          available: screen.available,
          active: screen.track !== null,
          toggle: () => void screen.toggle().catch(failed),
        }}
        transcription={withAi && joined ? { on: transcribing, toggle: toggleTranscription } : null}
        onEnd={() => setEnding(true)}
      />
      <p className="sr-only">{text.shortcuts}</p>
      <EndDialog
        open={ending}
        onOpenChange={setEnding}
        onConfirm={() => actions.end().catch(failed)}
      />
    </main>
  );
}

function TabBar({
  tab,
  onTab,
  withAi,
  questions,
}: {
  tab: Tab;
  onTab: (tab: Tab) => void;
  withAi: boolean;
  questions: number;
}) {
  return (
    <div className="flex gap-1 lg:hidden">
      {tabs
        .filter((name) => withAi || name !== 'questions')
        .map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name}
            onClick={() => onTab(name)}
            className={cn(
              'h-11 flex-1 cursor-pointer rounded-md font-semibold',
              tab === name ? 'bg-paper text-ink ring-1 ring-line' : 'text-ink-soft',
            )}
          >
            {text.tabs[name]}
            {name === 'questions' && questions > 0 ? ` (${questions})` : ''}
          </button>
        ))}
    </div>
  );
}

function lineWords(
  line: 'up' | 'reconnecting',
  joined: boolean,
  media: readonly RTCPeerConnectionState[],
): { good: boolean; words: string } {
  if (line === 'reconnecting') return { good: false, words: text.line.reconnecting };
  if (!joined) return { good: false, words: text.connecting };
  if (media.length === 0) return { good: true, words: text.line.waitingPeer };
  if (media.some((state) => state === 'failed' || state === 'disconnected')) {
    return { good: false, words: text.line.mediaFailed };
  }
  return media.every((state) => state === 'connected')
    ? { good: true, words: text.line.good }
    : { good: true, words: text.line.mediaConnecting };
}
