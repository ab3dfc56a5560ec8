import { z } from 'zod';

/** What may stand beside the video on a wide screen. */
export const panels = ['transcript', 'questions', 'patient', 'coverage', 'notes'] as const;
export type Panel = (typeof panels)[number];

const key = 'medcall.paineis';
const stored = z.array(z.enum(panels));
/** Out of the way of the questions until somebody wants to write. */
const hiddenAtFirst: readonly Panel[] = ['notes'];

/** The panels that the person has put away on this device; one's own notes until the first choice. */
export function readHiddenPanels(storage: Pick<Storage, 'getItem'>): readonly Panel[] {
  try {
    return stored.parse(JSON.parse(storage.getItem(key) ?? ''));
  } catch {
    // Nothing chosen yet, another version's words, or a browser that stores nothing.
    return hiddenAtFirst;
  }
}

export function keepHiddenPanels(
  storage: Pick<Storage, 'setItem'>,
  hidden: readonly Panel[],
): void {
  try {
    storage.setItem(key, JSON.stringify(hidden));
  } catch (cause) {
    console.warn('[call] the choice of panels could not be kept on this device', cause);
  }
}
