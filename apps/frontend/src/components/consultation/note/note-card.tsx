'use client';
import { noteSectionNames, type Transcript } from '@medcall/shared-types';
import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { engineName } from '#lib/engine-names.ts';
import { currentLinks, emptySections, isEmpty } from '#lib/note/edit-note.ts';
import type { SaveState } from '#lib/note/note-saver.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { noteMessages as text } from '#messages/note.ts';
import { sharedMessages } from '#messages/shared.ts';
import { Addenda } from './addenda.tsx';
import { CodeChoice } from './code-choice.tsx';
import { NotePdf } from './note-pdf.tsx';
import { NoteSection } from './note-section.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { type NoteEditing, useNote } from './use-note.ts';

interface Props {
  consultationId: string;
  /** What it was written from: when that changes, so may what the sentences rest on. */
  transcript: Transcript;
  /** Under which the signed PDF is saved. */
  pdfName: string;
  /** As the consultation says it; null: there is no note. */
  status: 'rascunho' | 'assinada' | null;
  /** The consultation has just ended: its draft is made without anybody asking. */
  draftComing: boolean;
  /** Only the doctor who held the consultation writes. */
  mine: boolean;
  onLight: (utteranceIds: readonly string[]) => void;
  onShow: (utteranceIds: readonly string[]) => void;
  onSigned: () => void;
}

/** The note: drafted from what was said, written, signed, and from then on only added to. */
export function NoteCard(props: Props) {
  const { consultationId, status, mine, onSigned } = props;
  const gateway = useGateway();
  const toast = useToast();
  const [signing, setSigning] = useState(false);
  const note = useNote(consultationId, {
    exists: status !== null,
    transcript: props.transcript,
    held: signing,
  });
  const { stored } = note;
  const signed = stored?.status === 'assinada';

  async function sign(showsCid: boolean): Promise<void> {
    await note.settle();
    // What the doctor has before her: the page takes no other text while she is asked.
    const done = await gateway.signNote(consultationId, { version: note.version(), showsCid });
    setSigning(false);
    note.take(done);
    toast({ title: text.signed, description: text.signedText, tone: 'ok' });
    onSigned();
  }

  return (
    <Card aria-label={text.title} data-testid="note">
      <CardHeader className="flex-wrap">
        <CardTitle className="flex items-center gap-2">
          {text.title}
          {stored ? (
            <Badge tone={signed ? 'ok' : 'warning'}>{text.status[stored.status]}</Badge>
          ) : null}
        </CardTitle>
        {/* Where nothing is written yet there is nothing that was saved. */}
        {mine && !signed && (stored || note.save !== 'saved') ? (
          <SaveLine state={note.save} />
        ) : null}
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <Body {...props} note={note} signed={signed} />
        {stored && mine && !signed ? (
          <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
            <Button
              disabled={
                isEmpty(note.sections) || note.save === 'conflict' || note.save === 'refused'
              }
              onClick={() => setSigning(true)}
            >
              {text.sign}
            </Button>
            <NotePdf consultationId={consultationId} label={text.pdfDraft} before={note.settle} />
            <DraftButton consultationId={consultationId} note={note} again />
          </div>
        ) : null}
        {stored && signed ? (
          <>
            <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
              <NotePdf consultationId={consultationId} label={text.pdf} saveAs={props.pdfName} />
              <p className="text-sm text-ink-soft">
                {stored.signed_at
                  ? text.signedBy(
                      `${formatDate(stored.signed_at)}, ${formatTime(stored.signed_at)}`,
                    )
                  : ''}
                {stored.verification_code
                  ? ` ${text.verification}: ${stored.verification_code}`
                  : ''}
              </p>
            </div>
            {mine || stored.addenda.length > 0 ? (
              <Addenda
                consultationId={consultationId}
                addenda={stored.addenda}
                onAdd={
                  mine
                    ? async (words) => {
                        await gateway.addAddendum(consultationId, words);
                        note.take(await gateway.note(consultationId));
                      }
                    : null
                }
              />
            ) : null}
          </>
        ) : null}
      </CardContent>
      <SignDialog
        open={signing}
        onOpenChange={setSigning}
        missing={emptySections(note.sections).map((name) => text.sections[name])}
        hasCid={note.cid10.length > 0}
        onSign={sign}
      />
    </Card>
  );
}

function Body({ note, signed, ...props }: Props & { note: NoteEditing; signed: boolean }) {
  const { consultationId, mine, onLight, onShow } = props;
  const [blank, setBlank] = useState(false);
  const { stored, sections, error } = note;
  if (stored === undefined) {
    return error ? (
      <Alert
        tone="danger"
        action={
          <Button size="sm" variant="secondary" onClick={() => void note.reload()}>
            {sharedMessages.retry}
          </Button>
        }
      >
        {errorSentence(error)}
      </Alert>
    ) : (
      <Skeleton className="h-64" />
    );
  }
  if (stored === null && !blank && isEmpty(sections)) {
    return mine ? (
      <EmptyState
        title={text.draftTitle}
        action={
          <>
            <DraftButton consultationId={consultationId} note={note} />
            <Button variant="secondary" onClick={() => setBlank(true)}>
              {text.blank}
            </Button>
          </>
        }
      >
        {props.draftComing ? `${text.draftComing} ` : ''}
        {text.draftText}
      </EmptyState>
    ) : (
      <p className="text-ink-soft">{text.none}</p>
    );
  }
  const readOnly = signed || !mine;
  const superseded = stored?.superseded ?? {};
  const lightCodes = (ids: readonly string[]) => onLight(currentLinks(ids, superseded));
  return (
    <>
      {note.save === 'conflict' ? <Conflict note={note} /> : null}
      {stored?.engine && !signed ? (
        <p className="text-sm text-ink-soft">
          {text.drafted(engineName(stored.engine))}
          {stored.dropped_sentences > 0 ? ` ${text.dropped(stored.dropped_sentences)}` : ''}
        </p>
      ) : null}
      {stored?.notice && !signed ? <Alert tone="warning">{stored.notice.message}</Alert> : null}
      {noteSectionNames.map((name) => (
        <NoteSection
          key={name}
          name={name}
          sentences={sections[name]}
          superseded={superseded}
          edit={note.edit}
          readOnly={readOnly}
          onLight={onLight}
          onShow={onShow}
        />
      ))}
      <section aria-label={text.codes} className="flex flex-col gap-3">
        <CodeChoice
          title={text.cid10}
          chosen={note.cid10}
          candidates={stored?.candidates?.cid10.items ?? []}
          readOnly={readOnly}
          onChange={(cid10) => note.setCodes({ cid10 })}
          onLight={lightCodes}
        />
        <CodeChoice
          title={text.ciap2}
          chosen={note.ciap2}
          candidates={stored?.candidates?.ciap2.items ?? []}
          readOnly={readOnly}
          onChange={(ciap2) => note.setCodes({ ciap2 })}
          onLight={lightCodes}
        />
      </section>
      {!mine && !signed ? <p className="text-sm text-ink-soft">{text.readOnly}</p> : null}
    </>
  );
}

function SaveLine({ state }: { state: SaveState }) {
  return (
    <p
      role="status"
      data-testid="save-state"
      data-state={state}
      className={
        state === 'waiting' || state === 'refused'
          ? 'text-sm font-semibold text-warning'
          : 'text-sm text-ink-soft'
      }
    >
      {state === 'saving' ? text.saving : state === 'saved' ? text.saved : ''}
      {state === 'waiting' ? text.waiting : ''}
      {state === 'refused' ? text.refused : ''}
    </p>
  );
}

function Conflict({ note }: { note: NoteEditing }) {
  const toast = useToast();
  const keep = (what: 'mine' | 'theirs') => {
    note.resolveConflict(what).catch((error: unknown) => {
      toast({ title: text.conflictFailed, description: errorSentence(error), tone: 'danger' });
    });
  };
  return (
    <Alert
      tone="warning"
      title={text.conflictTitle}
      action={
        <>
          <Button size="sm" onClick={() => keep('mine')}>
            {text.conflictMine}
          </Button>
          <Button size="sm" variant="secondary" onClick={() => keep('theirs')}>
            {text.conflictTheirs}
          </Button>
        </>
      }
    >
      {text.conflictText}
    </Alert>
  );
}

function DraftButton({
  consultationId,
  note,
  again = false,
}: {
  consultationId: string;
  note: NoteEditing;
  again?: boolean;
}) {
  const gateway = useGateway();
  const toast = useToast();
  const { mutate: refresh } = useSWRConfig();
  const [busy, setBusy] = useState(false);

  async function draft(): Promise<void> {
    setBusy(true);
    try {
      if (again) await note.settle();
      note.take(await gateway.draftNote(consultationId));
      // The same run drafts the letter.
      void refresh(['documents', consultationId]);
    } catch (error) {
      toast({ title: text.draftFailed, description: errorSentence(error), tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button
      variant={again ? 'quiet' : 'primary'}
      busy={busy}
      {...(again ? { title: text.redraftText } : {})}
      onClick={() => void draft()}
    >
      {again ? text.redraft : text.draft}
    </Button>
  );
}
