import { z } from 'zod';
import type { UnsavedPrivateNote } from './private-note-saver.ts';

const remembered = z.object({ text: z.string(), version: z.number().int().min(0) });
const key = (consultationId: string) => `medcall.anotacoes.${consultationId}`;

/** As with the note of the record: unsaved words survive a reload and go with the tab. */
export function keepPrivateNote(consultationId: string, unsaved: UnsavedPrivateNote | null): void {
  try {
    if (unsaved) sessionStorage.setItem(key(consultationId), JSON.stringify(unsaved));
    else sessionStorage.removeItem(key(consultationId));
  } catch (cause) {
    console.warn('[note] unsaved words could not be kept in this tab', cause);
  }
}

export function keptPrivateNote(consultationId: string): UnsavedPrivateNote | null {
  const found = sessionStorage.getItem(key(consultationId));
  if (found === null) return null;
  try {
    return remembered.parse(JSON.parse(found));
  } catch {
    // Cut off, or another version's words: there is nothing to bring back.
    return null;
  }
}
