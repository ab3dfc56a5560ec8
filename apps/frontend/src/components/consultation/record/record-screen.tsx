'use client';
import { isOpen, type TranscriptUtterance } from '@medcall/shared-types';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import useSWR from 'swr';
import { StatusBadge } from '#components/dashboard/status-badge.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { CountBadge } from '#components/ui/count-badge.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence, isOutOfReach } from '#lib/api/api-error.ts';
import { doorOf } from '#lib/consultation-links.ts';
import { pdfName } from '#lib/utils.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { privateNoteMessages } from '#messages/private-note.ts';
import { recordMessages as text } from '#messages/record.ts';
import { sharedMessages } from '#messages/shared.ts';
import { createRecordStore } from '#store/recordStore.ts';
import { CoveragePanel } from '../coverage-panel.tsx';
import { DocumentsCard } from '../documents/documents-card.tsx';
import { LetterCard } from '../documents/letter-card.tsx';
import { NoteCard } from '../note/note-card.tsx';
import { PrivateNotes } from '../private-notes/private-notes.tsx';
import { QuestionCard } from '../question-card.tsx';
import { RecordDetails } from './record-details.tsx';
import { RecordTranscript } from './record-transcript.tsx';
import { useRecord } from './use-record.ts';
import { useRecordSound } from './use-record-sound.ts';

const noRows: readonly TranscriptUtterance[] = [];
const answers = { used: text.used, dismissed: text.dismissed, shown: text.shown } as const;

/** A record that is not mine or is not there gets the way back; only an outage is worth another try. */
function Unopened({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const final = isOutOfReach(error);
  return (
    <EmptyState
      title={final ? text.missing : text.failed}
      action={
        <div className="flex flex-wrap justify-center gap-3">
          {final ? null : <Button onClick={onRetry}>{sharedMessages.retry}</Button>}
          <Button asChild variant={final ? 'primary' : 'secondary'}>
            <Link href="/dashboard">{text.backToList}</Link>
          </Button>
        </div>
      }
    >
      {errorSentence(error)}
    </EmptyState>
  );
}

/** What was said and asked in a consultation. */
export function RecordScreen({ id }: { id: string }) {
  const { consultation, transcript, suggestions, coverage, settling, error, reload } =
    useRecord(id);
  const gateway = useGateway();
  const { data: me } = useSWR('me', () => gateway.me(), { revalidateOnFocus: false });
  const mine = consultation !== undefined && me?.doctor?.id === consultation.doctor_id;
  const offered = [...suggestions].sort(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at),
  );

  const [store] = useState(createRecordStore);
  const rows = transcript?.items ?? noRows;
  const sound = useRecordSound(consultation, rows, store);
  /** Brings the utterances behind a sentence into sight, and plays them where there is sound. */
  function show(utteranceIds: readonly string[]): void {
    const wanted = rows.filter(({ id }) => utteranceIds.includes(id));
    const [first] = wanted;
    if (!first) return;
    store.getState().seek(first.id);
    store.getState().light(utteranceIds);
    if (sound.recording) sound.playFrom(first.start_ms, first.end_ms + 200);
  }

  if (!consultation) {
    return error ? (
      <Unopened error={error} onRetry={() => void reload()} />
    ) : (
      <div aria-busy="true" className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Skeleton className="h-96" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  const heldAt = consultation.started_at ?? consultation.scheduled_at ?? consultation.created_at;
  const fileName = (what: string) => pdfName(what, consultation.patient?.name ?? null, heldAt);
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button asChild variant="quiet" size="sm" className="print:hidden">
          <Link href="/dashboard">
            <ArrowLeft aria-hidden="true" />
            {text.back}
          </Link>
        </Button>
        <h1 className="text-2xl font-bold">{consultation.patient?.name ?? '—'}</h1>
        <StatusBadge status={consultation.status} />
        {mine && isOpen(consultation.status) ? (
          <Button asChild size="sm" className="ml-auto">
            <Link href={doorOf(consultation)}>{text.enter}</Link>
          </Button>
        ) : null}
      </div>
      {error ? (
        <Alert tone="warning" className="mb-5">
          {errorSentence(error)}
        </Alert>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] 2xl:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_minmax(0,3fr)]">
        <RecordTranscript
          consultation={consultation}
          transcript={transcript}
          settling={settling && transcript !== null}
          mine={mine}
          onRetranscribed={() => void reload()}
          store={store}
          sound={sound}
          onPlay={sound.recording ? (row) => sound.playFrom(row.start_ms) : null}
        />
        {!transcript ? null : (
          // Whoever begins to type has heard enough.
          <div onInput={() => sound.playing && sound.toggle()}>
            <NoteCard
              consultationId={consultation.id}
              transcript={transcript}
              pdfName={fileName('registro')}
              status={consultation.note_status}
              draftComing={settling && consultation.ai_enabled && rows.length > 0}
              mine={mine}
              onLight={store.getState().light}
              onShow={show}
              onSigned={() => void reload()}
            />
          </div>
        )}
        <div className="flex flex-col gap-5 lg:col-span-2 lg:grid lg:grid-cols-2 lg:items-start 2xl:col-span-1 2xl:flex 2xl:items-stretch">
          {transcript === null ? null : (
            <>
              <DocumentsCard
                consultationId={consultation.id}
                fileName={fileName}
                patientId={consultation.patient_id}
                mine={mine}
                noteSigned={consultation.note_status === 'assinada'}
              />
              <LetterCard consultationId={consultation.id} mine={mine} settling={settling} />
            </>
          )}
          {mine ? <OwnNotes consultationId={consultation.id} /> : null}
          <RecordDetails consultation={consultation} transcript={transcript ?? null} />
          {coverage.length > 0 ? (
            <Card>
              <CardHeader>
                <CardTitle>{text.coverage}</CardTitle>
              </CardHeader>
              <CardContent>
                <CoveragePanel items={coverage} onShow={(utteranceId) => show([utteranceId])} />
              </CardContent>
            </Card>
          ) : null}
          <Card>
            <CardHeader>
              <CardTitle>
                {text.questions}
                <CountBadge count={offered.length} words={text.questionCount(offered.length)} />
              </CardTitle>
            </CardHeader>
            <CardContent className="flex flex-col gap-3">
              <p className="text-sm text-ink-soft">
                {offered.length === 0 ? text.questionsEmpty : doctorCallMessages.questions.support}
              </p>
              {offered.map((question) => (
                <QuestionCard
                  key={question.id}
                  question={question}
                  onLight={(said) => store.getState().light(said === null ? [] : [said])}
                  onShow={(said) => show([said])}
                  actions={
                    <Badge tone={question.status === 'used' ? 'ok' : 'neutral'}>
                      {question.status === 'dismissed' && question.decided_by === null
                        ? text.replaced
                        : answers[question.status]}
                    </Badge>
                  }
                />
              ))}
            </CardContent>
          </Card>
        </div>
      </div>
    </>
  );
}

/** The doctor's alone: no part of the record, and on no paper. */
function OwnNotes({ consultationId }: { consultationId: string }) {
  return (
    <Card className="print:hidden">
      <CardHeader>
        <CardTitle>{privateNoteMessages.title}</CardTitle>
      </CardHeader>
      <CardContent>
        <PrivateNotes consultationId={consultationId} />
      </CardContent>
    </Card>
  );
}
