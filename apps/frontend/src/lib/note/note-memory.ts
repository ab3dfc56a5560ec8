import { codedItem, noteSectionNames } from '@medcall/shared-types';
import { z } from 'zod';
import type { EditableNote } from './edit-note.ts';

const sentence = z.object({
  id: z.string(),
  text: z.string(),
  origin: z.enum(['ai', 'doctor']),
  transcriptionIds: z.array(z.string()),
});
const remembered = z.object({
  version: z.number().int(),
  sections: z.record(z.enum(noteSectionNames), z.array(sentence)),
  cid10: z.array(codedItem),
  ciap2: z.array(codedItem),
});
type Codes = readonly z.infer<typeof codedItem>[];

/** Text of a note that the service has not confirmed, with the version that it was written over. */
export interface RememberedNote {
  version: number;
  sections: EditableNote;
  cid10: Codes;
  ciap2: Codes;
}

const key = (consultationId: string) => `medcall.nota.${consultationId}`;

/**
 * Keeps unsaved text in this tab: it survives a reload, a sign-in that ran out and a crash of the page,
 * and goes with the tab, because it is clinical text on a device that others may use.
 */
export function rememberNote(consultationId: string, note: RememberedNote): void {
  try {
    sessionStorage.setItem(key(consultationId), JSON.stringify(note));
  } catch (cause) {
    console.warn('[note] unsaved text could not be kept in this tab', cause);
  }
}

export function rememberedNote(consultationId: string): RememberedNote | null {
  const found = sessionStorage.getItem(key(consultationId));
  if (found === null) return null;
  try {
    const parsed = remembered.safeParse(JSON.parse(found));
    return parsed.success ? parsed.data : null;
  } catch {
    // Written by something else, or cut off: there is nothing to bring back.
    return null;
  }
}

export function forgetNote(consultationId: string): void {
  sessionStorage.removeItem(key(consultationId));
}
