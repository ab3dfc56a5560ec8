'use client';
import { ArrowLeft, Mic, MicOff, Pause, Play, Square } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useNow } from '#components/shared/use-interval.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { ageInYears, cn, formatClock } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import { inPersonMessages as text } from '#messages/in-person.ts';
import { patientsMessages } from '#messages/patients.ts';
import { recordMessages } from '#messages/record.ts';
import { sharedMessages } from '#messages/shared.ts';
import { CallNotices } from '../call-notices.tsx';
import { CoverageSection, SideColumn, TranscriptSection } from '../doctor/call-panels.tsx';
import { EndDialog } from '../doctor/end-dialog.tsx';
import { EndingScreen } from '../doctor/ending-screen.tsx';
import { ShortcutsDialog } from '../doctor/shortcuts-dialog.tsx';
import { type CallTab, TabBar } from '../doctor/tab-bar.tsx';
import { ElsewherePage } from '../elsewhere-page.tsx';
import { ConsentCard } from './consent-card.tsx';
import { RoomMeter } from './room-meter.tsx';
import { type InPersonModel, type InPersonOptions, useInPerson } from './use-in-person.ts';

/** A consultation in one room: the device on the desk listens, the doctor looks at the patient. */
export function InPersonScreen(options: InPersonOptions) {
  const model = useInPerson(options);
  const { phase } = model.state;
  if (phase.kind === 'ended') {
    return (
      <EndingScreen consultationId={model.consultation.id} pendingSeconds={phase.pendingSeconds} />
    );
  }
  if (phase.kind === 'elsewhere') return <ElsewherePage />;
  if (phase.kind === 'refused') {
    return (
      <EmptyState
        title={callMessages.refused.title}
        action={
          <Button asChild>
            <Link href={`/consulta/${model.consultation.id}`}>
              {callMessages.refused.openRecord}
            </Link>
          </Button>
        }
      >
        {phase.message}
      </EmptyState>
    );
  }
  return <OpenConsultation model={model} />;
}

function OpenConsultation({ model }: { model: InPersonModel }) {
  const { consultation, patient, consent, state } = model;
  const [ending, setEnding] = useState(false);
  const [tab, setTab] = useState<CallTab>('transcript');
  const [lit, setLit] = useState<string | null>(null);
  const withAi = consultation.ai_enabled;
  const asks = withAi && consent.known && !consent.answered;
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button asChild variant="quiet" size="sm" className="print:hidden">
          <Link href="/dashboard">
            <ArrowLeft aria-hidden="true" />
            {recordMessages.back}
          </Link>
        </Button>
        <h1 className="text-2xl font-bold">
          {consultation.patient?.name ?? callMessages.patient}
          {patient?.birth_date ? `, ${patientsMessages.years(ageInYears(patient.birth_date))}` : ''}
        </h1>
        <Elapsed startedAt={consultation.started_at} />
      </header>
      <CallNotices state={state} media={model.media} upload={model.upload} />
      {!consent.known && !consent.trouble ? <Skeleton className="h-72" /> : null}
      {consent.trouble ? (
        <Alert tone="danger" role="alert">
          <p>{errorSentence(consent.trouble)}</p>
          <Button variant="secondary" size="sm" onClick={() => void consent.refresh()}>
            {sharedMessages.retry}
          </Button>
        </Alert>
      ) : null}
      {asks ? (
        <ConsentCard
          consultationId={consultation.id}
          patientName={consultation.patient?.name ?? callMessages.patient}
          onDone={(listen) => {
            void consent.refresh();
            if (listen) void model.start();
          }}
        />
      ) : null}
      {consent.known && !asks ? (
        <>
          <ListeningBar model={model} onEnd={() => setEnding(true)} />
          {state.speakersTentative && state.lines.length > 1 ? (
            <Alert>{text.speakersTentative}</Alert>
          ) : null}
          <div
            className={cn(
              'grid h-[70dvh] min-h-96 grid-rows-[auto_minmax(0,1fr)] gap-3 lg:h-[calc(100dvh-21rem)] lg:min-h-104 lg:grid-rows-1',
              'lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)]',
            )}
          >
            <TabBar
              tab={tab}
              onTab={setTab}
              withAi={withAi}
              questions={state.questions.shown.length}
            />
            <div
              className={cn(
                'min-h-0 flex-col gap-3 lg:flex',
                tab === 'transcript' ? 'flex' : 'hidden',
              )}
            >
              <TranscriptSection
                call={{
                  state,
                  consultation,
                  transcribing: model.listening,
                  startTranscription: model.toggle,
                  setSpeaker: model.setSpeaker,
                  lit,
                }}
                tab={tab}
              />
              {withAi ? <CoverageSection items={state.coverage} /> : null}
            </div>
            <SideColumn call={{ state, consultation, settle: model.settle, setLit }} tab={tab} />
          </div>
        </>
      ) : null}
      <ShortcutsDialog open={model.help.open} onOpenChange={model.help.setOpen} camera={false} />
      <EndDialog
        open={ending}
        onOpenChange={setEnding}
        onConfirm={model.end}
        words={text.endDialog}
      />
    </div>
  );
}

function Elapsed({ startedAt }: { startedAt: string | null }) {
  const nowMs = useNow();
  if (!startedAt) return null;
  return (
    <p className="ml-auto text-2xl font-semibold">{formatClock(nowMs - Date.parse(startedAt))}</p>
  );
}

/** Whether the room is heard, how loud it is, and the three things to do about it. */
function ListeningBar({ model, onEnd }: { model: InPersonModel; onEnd: () => void }) {
  const { listening, joined, media, consent } = model;
  const heard = listening && media.microphoneOn;
  const words = !listening ? text.notListening : media.microphoneOn ? text.listening : text.muted;
  return (
    <section className="flex flex-col gap-4 rounded-lg border border-line bg-paper p-4 sm:flex-row sm:items-center">
      <p role="status" className="flex shrink-0 items-center gap-2 text-lg font-semibold sm:w-52">
        <span
          aria-hidden="true"
          className={cn('size-3 rounded-full', heard ? 'bg-accent' : 'bg-line-strong')}
        />
        {words}
      </p>
      <RoomMeter track={media.audio} on={heard} />
      <div className="flex flex-wrap gap-2">
        {consent.allowed ? (
          <Button
            variant={listening ? 'secondary' : 'primary'}
            disabled={!joined}
            onClick={model.toggle}
          >
            {listening ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
            {listening ? text.pause : model.state.lines.length > 0 ? text.resume : text.start}
          </Button>
        ) : null}
        {listening ? (
          <Button
            variant="secondary"
            size="icon"
            aria-label={
              media.microphoneOn ? callMessages.controls.mute : callMessages.controls.unmute
            }
            disabled={media.audio === null}
            onClick={() => media.setMicrophoneOn(!media.microphoneOn)}
          >
            {media.microphoneOn ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
          </Button>
        ) : null}
        <Button variant="danger" disabled={!joined} onClick={onEnd}>
          <Square aria-hidden="true" />
          {text.end}
        </Button>
      </div>
    </section>
  );
}
