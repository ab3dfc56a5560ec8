'use client';
import Link from 'next/link';
import { useState } from 'react';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { ageInYears, cn } from '#lib/utils.ts';
import { callMessages as text } from '#messages/call.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { sharedMessages } from '#messages/shared.ts';
import { CallNotices } from '../call-notices.tsx';
import { ElsewherePage } from '../elsewhere-page.tsx';
import { lineWords } from '../line-words.ts';
import { WaitingPeople } from '../waiting-people.tsx';
import { CallControls } from './call-controls.tsx';
import { CallHeader } from './call-header.tsx';
import { CoverageSection, SideColumn, sideIsHidden, TranscriptSection } from './call-panels.tsx';
import { DoctorStage } from './doctor-stage.tsx';
import { EndDialog } from './end-dialog.tsx';
import { EndingScreen } from './ending-screen.tsx';
import { InviteGuest } from './invite-guest.tsx';
import { NotesButton } from './notes-button.tsx';
import { PanelsMenu } from './panels-menu.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { type CallTab, TabBar } from './tab-bar.tsx';
import { TranscriptionLine } from './transcription-line.tsx';
import { type DoctorCallModel, type DoctorCallOptions, useDoctorCall } from './use-doctor-call.ts';

/** The doctor's call: the patient's face first, everything else beside it and still. */
export function DoctorCall({ clinicName, ...options }: DoctorCallOptions & { clinicName: string }) {
  const call = useDoctorCall(options);
  const { phase } = call.state;
  switch (phase.kind) {
    case 'ended':
      return (
        <EndingScreen consultationId={call.consultation.id} pendingSeconds={phase.pendingSeconds} />
      );
    case 'elsewhere':
      return <ElsewherePage />;
    case 'refused':
    case 'denied':
    case 'consent-needed':
      return (
        <NoticePage
          title={text.refused.title}
          action={
            <Button asChild>
              <Link href="/dashboard">{sharedMessages.goHome}</Link>
            </Button>
          }
        >
          {phase.kind === 'refused' ? <p>{phase.message}</p> : null}
        </NoticePage>
      );
    default:
      return <OpenCall call={call} clinicName={clinicName} />;
  }
}

/** Of a wide screen, by how many columns stand beside the picture. */
const columns = [
  'lg:grid-cols-1',
  'lg:grid-cols-[minmax(0,1fr)_minmax(17rem,22rem)]',
  'lg:grid-cols-[minmax(0,1fr)_minmax(17rem,22rem)_minmax(17rem,22rem)]',
] as const;

function OpenCall({ call, clinicName }: { call: DoctorCallModel; clinicName: string }) {
  const { state, live, media, screen, consultation, patient, panels } = call;
  const [tab, setTab] = useState<CallTab>('transcript');
  const [ending, setEnding] = useState(false);
  const joined = state.phase.kind === 'joined';
  const withAi = consultation.ai_enabled;
  const showsTranscript = withAi && !panels.isHidden('transcript');
  return (
    <main data-fullscreen className="flex min-h-0 flex-1 flex-col gap-3 p-3">
      <CallHeader
        clinicName={clinicName}
        consultation={consultation}
        age={patient?.birth_date ? ageInYears(patient.birth_date) : null}
        cost={state.cost}
        line={lineWords(state.line, joined, [...live.peers.values()])}
      />
      <CallNotices state={state} media={media} upload={live.upload} />
      <div
        className={cn(
          'grid min-h-0 flex-1 grid-rows-[minmax(10rem,38dvh)_auto_minmax(0,1fr)] gap-3 lg:grid-rows-1',
          columns[Number(showsTranscript) + Number(!sideIsHidden(panels, withAi))],
        )}
      >
        <div className="flex min-h-0 flex-col gap-3">
          <DoctorStage
            consultationId={consultation.id}
            participants={state.participants}
            peers={live.peers}
            onRetry={live.retryPeer}
            media={media}
            screen={screen.track}
          >
            <WaitingPeople
              consultationId={consultation.id}
              waiting={state.waiting}
              onAdmit={call.admit}
              onDeny={call.deny}
            />
          </DoctorStage>
          {withAi ? <CoverageSection items={state.coverage} panels={panels} /> : null}
          {withAi && !showsTranscript ? (
            // Whether it is written down is said even where the words are put away.
            <div className="hidden shrink-0 overflow-hidden rounded-lg border border-line bg-paper lg:block">
              <TranscriptionLine
                state={state.transcription}
                aiEnabled
                lagSeconds={state.lagSeconds}
                onStart={call.startTranscription}
              />
            </div>
          ) : null}
        </div>
        <TabBar tab={tab} onTab={setTab} withAi={withAi} questions={state.questions.shown.length} />
        <TranscriptSection call={call} tab={tab} panels={panels} />
        <SideColumn call={call} tab={tab} panels={panels} />
      </div>
      <CallControls
        media={media}
        screen={{
          available: screen.available,
          active: screen.track !== null,
          toggle: call.toggleScreen,
        }}
        transcription={
          withAi && joined ? { on: call.transcribing, toggle: call.toggleTranscription } : null
        }
        onHelp={() => call.help.setOpen(true)}
        onEnd={() => setEnding(true)}
      >
        <span className="hidden lg:block">
          <PanelsMenu panels={panels} questions={state.questions.shown.length} />
        </span>
        <span className="hidden lg:block">
          <NotesButton panels={panels} />
        </span>
        {joined ? <InviteGuest consultationId={consultation.id} /> : null}
      </CallControls>
      <p className="sr-only">{doctorCallMessages.shortcuts}</p>
      <ShortcutsDialog open={call.help.open} onOpenChange={call.help.setOpen} />
      <EndDialog open={ending} onOpenChange={setEnding} onConfirm={call.end} />
    </main>
  );
}
