'use client';
import type { CodedItem, NoteView, Transcript } from '@medcall/shared-types';
import { useCallback, useEffect, useRef, useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { ApiError } from '#lib/api/api-error.ts';
import type { EditableNote } from '#lib/note/edit-note.ts';
import { forgetNote, rememberedNote, rememberNote } from '#lib/note/note-memory.ts';
import { emptyContent, NoteSaver, type SaveState } from '#lib/note/note-saver.ts';
import { useLastSave } from '../use-last-save.ts';

export interface NoteEditing {
  /** Undefined while loading, null while there is none. */
  stored: NoteView | null | undefined;
  error: unknown;
  sections: EditableNote;
  cid10: readonly CodedItem[];
  ciap2: readonly CodedItem[];
  save: SaveState;
  /** Of what is shown, once it is settled: what one signs. */
  version: () => number;
  edit: (change: (note: EditableNote) => EditableNote) => void;
  setCodes: (codes: { cid10?: readonly CodedItem[]; ciap2?: readonly CodedItem[] }) => void;
  /** Takes a note that came from the service (drafted, signed) in the place of what is shown. */
  take: (note: NoteView) => void;
  /** Resolves when all that was typed is stored. Throws ApiError. */
  settle: () => Promise<void>;
  resolveConflict: (keep: 'mine' | 'theirs') => Promise<void>;
  reload: () => Promise<unknown>;
}

interface Around {
  /** As the consultation says it: what is not there is not asked for. */
  exists: boolean;
  /** The note is read again when the transcript behind it changes. */
  transcript: Transcript;
  /** The person is about to sign what is shown: it stays as it is. */
  held: boolean;
}

/** The note of one consultation while it is written. */
export function useNote(consultationId: string, { exists, transcript, held }: Around): NoteEditing {
  const gateway = useGateway();
  const [content, setContent] = useState(emptyContent);
  const [save, setSave] = useState<SaveState>('saved');
  const {
    data: stored,
    error,
    mutate,
  } = useSWR<NoteView | null>(
    ['note', consultationId],
    () => (exists ? noteOrNull(gateway.note(consultationId)) : null),
    { revalidateOnFocus: false },
  );
  const setStored = useCallback(
    (note: NoteView) => void mutate(note, { revalidate: false }),
    [mutate],
  );
  const [saver] = useState(
    () =>
      new NoteSaver({
        save: (body) => gateway.saveNote(consultationId, body),
        onContent: setContent,
        onState: setSave,
        onStored: setStored,
        onUnsaved: (left) =>
          left ? rememberNote(consultationId, left) : forgetNote(consultationId),
      }),
  );
  useFirstContent(saver, consultationId, stored);
  useLaterContent(saver, stored, held);
  useReadAgain(mutate, exists, transcript);
  useLastSave(saver);
  return {
    stored,
    error,
    ...content,
    save,
    version: () => saver.version,
    edit: (change) => saver.change({ ...saver.content, sections: change(saver.content.sections) }),
    setCodes: (codes) => saver.change({ ...saver.content, ...codes }),
    take: (note) => saver.take(note),
    settle: () => saver.settle(),
    resolveConflict: async (keep) => {
      const theirs = await gateway.note(consultationId);
      if (keep === 'theirs') saver.discardFor(theirs);
      else await saver.saveOver(theirs);
    },
    reload: () => mutate(),
  };
}

/** The first answer fills the page; text that an earlier page could not save comes back over it. */
function useFirstContent(
  saver: NoteSaver,
  consultationId: string,
  stored: NoteView | null | undefined,
): void {
  const filled = useRef(false);
  useEffect(() => {
    if (stored === undefined || filled.current) return;
    filled.current = true;
    const left = rememberedNote(consultationId);
    if (stored) saver.take(stored);
    if (!left || stored?.status === 'assinada') return forgetNote(consultationId);
    const { version, ...unsaved } = left;
    saver.bringBack(unsaved, version);
  }, [stored, consultationId, saver]);
}

/** What another page or a later draft stored is met here, but not behind the question whether to sign. */
function useLaterContent(
  saver: NoteSaver,
  stored: NoteView | null | undefined,
  held: boolean,
): void {
  useEffect(() => {
    if (stored && !held) saver.meet(stored);
  }, [stored, saver, held]);
}

/** Better texts take the place of utterances for a while after the end: the note says which. */
function useReadAgain(
  readAgain: () => Promise<unknown>,
  exists: boolean,
  transcript: Transcript,
): void {
  const read = useRef({ exists, transcript });
  useEffect(() => {
    const { current } = read;
    if (current.exists === exists && current.transcript === transcript) return;
    read.current = { exists, transcript };
    // A failure is on the screen, and the next change tries again.
    readAgain().catch(() => undefined);
  }, [readAgain, exists, transcript]);
}

async function noteOrNull(answer: Promise<NoteView>): Promise<NoteView | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && ['not_found', 'forbidden'].includes(error.code)) return null;
    throw error;
  }
}
