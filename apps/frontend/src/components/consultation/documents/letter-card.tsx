'use client';
import type { LetterView } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Field } from '#components/ui/field.ts';
import { Textarea } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { cn } from '#lib/utils.ts';
import { documentMessages as text } from '#messages/documents.ts';
import { NewerLetter } from './newer-letter.tsx';
import { useDocuments } from './use-documents.ts';
import { useLetterWords } from './use-letter-words.ts';

const done = {
  save: { title: text.letterSaved },
  approve: { title: text.letterApproved, description: text.letterApprovedText },
};

/** The letter in plain words: drafted by the engine or written here, read by the patient once approved. */
export function LetterCard({
  consultationId,
  mine,
  settling,
}: {
  consultationId: string;
  mine: boolean;
  /** The consultation has just ended: its draft may still come. */
  settling: boolean;
}) {
  const gateway = useGateway();
  const toast = useToast();
  // What is not there is not asked for: the list of documents says whether a letter was begun.
  const { data: documents, mutate: readDocuments } = useDocuments(consultationId, settling);
  const exists = documents?.items.some(
    ({ kind, status }) => kind === 'letter' && status !== 'revoked',
  );
  const { data: letter, mutate } = useSWR(
    exists === undefined ? null : ['letter', consultationId, exists],
    () => (exists ? gateway.letter(consultationId) : null),
    { revalidateOnFocus: false, shouldRetryOnError: false, keepPreviousData: true },
  );
  const { clear, insist, outdated, words, write } = useLetterWords(
    consultationId,
    letter?.version ?? 0,
  );
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState<'save' | 'approve' | null>(null);
  if (letter === undefined || (!mine && letter === null)) return null;
  const shown = words ?? letter?.text ?? '';
  const approved = letter?.status === 'approved';

  async function act(what: 'save' | 'approve', work: () => Promise<LetterView>): Promise<void> {
    setBusy(what);
    try {
      await mutate(await work(), { revalidate: false });
      clear();
      // An approved letter is one of the papers, with the link that gives them to the patient.
      if (what === 'approve') await readDocuments();
      toast({ ...done[what], tone: 'ok' });
    } catch (error) {
      toast({ title: text.letterFailed, description: errorSentence(error), tone: 'danger' });
      // Another window has saved: what is stored now is shown beside these words.
      if (error instanceof ApiError && error.code === 'version_conflict') await mutate();
    } finally {
      setBusy(null);
    }
  }
  const save = () =>
    gateway.saveLetter(consultationId, { version: letter?.version ?? 0, text: shown });
  const approve = () =>
    act('approve', async () => {
      const kept = words === null && letter ? letter : await save();
      await mutate(kept, { revalidate: false });
      return gateway.approveLetter(consultationId, kept.version);
    });

  return (
    // A letter that nobody approved is no paper of the record.
    <Card aria-label={text.letter} className={cn(!approved && 'print:hidden')}>
      <CardHeader>
        <CardTitle>{text.letter}</CardTitle>
        {letter ? (
          <Badge tone={approved ? 'ok' : 'warning'}>{text.status[letter.status]}</Badge>
        ) : null}
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {approved || !mine ? (
          <p className="whitespace-pre-wrap">{letter?.text}</p>
        ) : (
          <>
            <Field
              label={text.text}
              hint={
                letter?.origin === 'ai' && words === null ? text.letterDrafted : text.letterHint
              }
            >
              <Textarea
                rows={6}
                readOnly={busy !== null}
                value={shown}
                onChange={(event) => write(event.target.value)}
              />
            </Field>
            {outdated ? (
              <NewerLetter text={letter?.text ?? ''} onTake={clear} onInsist={insist} />
            ) : null}
            <div className="flex flex-wrap gap-2">
              <Button
                variant="secondary"
                size="sm"
                busy={busy === 'save'}
                disabled={shown.trim() === '' || words === null || outdated}
                onClick={() => void act('save', save)}
              >
                {text.letterSave}
              </Button>
              <Button
                size="sm"
                busy={busy === 'approve'}
                disabled={shown.trim() === '' || outdated}
                onClick={() => setAsking(true)}
              >
                {text.letterApprove}
              </Button>
            </div>
          </>
        )}
      </CardContent>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.letterApproveTitle}
        description={text.letterApproveText}
        action={text.letterApprove}
        onConfirm={approve}
      />
    </Card>
  );
}
