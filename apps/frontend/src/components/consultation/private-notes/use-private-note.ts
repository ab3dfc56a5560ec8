'use client';
import { useEffect, useRef, useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { keepPrivateNote, keptPrivateNote } from '#lib/note/private-note-memory.ts';
import { PrivateNoteSaver, type PrivateNoteState } from '#lib/note/private-note-saver.ts';
import { useLastSave } from '../use-last-save.ts';

export interface PrivateNoteEditing {
  /** Null while it is not known what is stored. */
  text: string | null;
  error: unknown;
  save: PrivateNoteState;
  change: (text: string) => void;
  retry: () => void;
}

/** The doctor's own notes of one consultation, stored while they are typed. */
export function usePrivateNote(consultationId: string): PrivateNoteEditing {
  const gateway = useGateway();
  const [text, setText] = useState<string | null>(null);
  const [save, setSave] = useState<PrivateNoteState>('saved');
  const {
    data: stored,
    error,
    isValidating,
    mutate,
  } = useSWR(['private-note', consultationId], () => gateway.privateNote(consultationId), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    // What was read before this mount may be older than what that mount stored.
    revalidateIfStale: true,
    dedupingInterval: 0,
  });
  const [saver] = useState(
    () =>
      new PrivateNoteSaver({
        save: async (body) => {
          const saved = await gateway.savePrivateNote(consultationId, body);
          // The next place that shows the notes begins with what is stored, also without a network.
          void mutate(saved, { revalidate: false });
          return saved;
        },
        read: () => gateway.privateNote(consultationId),
        onText: setText,
        onState: setSave,
        onUnsaved: (unsaved) => keepPrivateNote(consultationId, unsaved),
      }),
  );
  const asked = useRef(false);
  const opened = useRef(false);
  useEffect(() => {
    // Until it was asked for, what is there is of an earlier mount: the notes would open without their words.
    if (isValidating) asked.current = true;
    if (!asked.current || isValidating || stored === undefined || opened.current) return;
    opened.current = true;
    saver.open(stored, keptPrivateNote(consultationId));
  }, [stored, isValidating, consultationId, saver]);
  useLastSave(saver);
  return {
    text,
    error: text === null ? error : undefined,
    save,
    change: (next) => {
      setText(next);
      saver.change(next);
    },
    retry: () => void mutate(),
  };
}
