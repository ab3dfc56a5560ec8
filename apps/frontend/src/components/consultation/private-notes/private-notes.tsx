'use client';
import { longestPrivateNote } from '@medcall/shared-types';
import { useId } from 'react';
import { Button } from '#components/ui/button.ts';
import { Textarea } from '#components/ui/input.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { cn } from '#lib/utils.ts';
import { privateNoteMessages as text } from '#messages/private-note.ts';
import { sharedMessages } from '#messages/shared.ts';
import { usePrivateNote } from './use-private-note.ts';

interface Props {
  consultationId: string;
  rows?: number;
}

/** The doctor's own words: nobody else reads them, and they are no part of the record. */
export function PrivateNotes({ consultationId, rows = 4 }: Props) {
  const note = usePrivateNote(consultationId);
  const hintId = useId();
  if (note.error) {
    return (
      <div className="flex flex-col items-start gap-2">
        <p className="text-ink-soft">{errorSentence(note.error)}</p>
        <Button size="sm" variant="secondary" onClick={note.retry}>
          {sharedMessages.retry}
        </Button>
      </div>
    );
  }
  if (note.text === null) return <Skeleton className="h-24" />;
  return (
    <div className="flex flex-col gap-1">
      <Textarea
        aria-label={text.title}
        aria-describedby={hintId}
        data-private-note
        rows={rows}
        maxLength={longestPrivateNote}
        placeholder={text.placeholder}
        value={note.text}
        onChange={(event) => note.change(event.target.value)}
        // Back to the keys of the call.
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <p className="flex flex-wrap justify-between gap-x-3 text-sm text-ink-soft">
        <span id={hintId}>{text.hint}</span>
        <span
          role="status"
          data-testid="private-note-state"
          data-state={note.save}
          className={cn(
            (note.save === 'waiting' || note.save === 'refused') && 'font-semibold text-warning',
          )}
        >
          {note.text === '' && note.save === 'saved' ? '' : text.state[note.save]}
        </span>
      </p>
    </div>
  );
}
