import { z } from 'zod';

/** What may stand beside the video on a wide screen. */
export const panels = ['transcript', 'questions', 'patient', 'coverage'] as const;
export type Panel = (typeof panels)[number];

const key = 'medcall.paineis';
const stored = z.array(z.enum(panels));

/** The panels that the person has put away on this device; none where nothing sensible is stored. */
export function readHiddenPanels(storage: Pick<Storage, 'getItem'>): Panel[] {
  try {
    return stored.parse(JSON.parse(storage.getItem(key) ?? '[]'));
  } catch {
    // Another version's words, or a browser that stores nothing: everything is in sight.
    return [];
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
