'use client';
import { NotebookPen } from 'lucide-react';
import { callMessages } from '#messages/call.ts';
import { CallButton } from '../call-button.tsx';
import { focusPrivateNote } from '../private-notes/focus-private-note.ts';
import type { Panels } from './use-panels.ts';

const text = callMessages.controls;

/** Opens and closes the doctor's own notes on a wide screen; opened, one can write at once. */
export function NotesButton({ panels }: { panels: Panels }) {
  const open = !panels.isHidden('notes');
  return (
    <CallButton
      label={open ? text.notesClose : text.notesOpen}
      icon={<NotebookPen aria-hidden="true" />}
      shortcut="N"
      pressed={open}
      onPress={() => {
        const toggle = () => panels.toggle('notes');
        if (open) toggle();
        else focusPrivateNote(toggle);
      }}
    />
  );
}
