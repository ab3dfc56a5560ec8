import { flushSync } from 'react-dom';

/**
 * Puts the cursor at the end of the notes; nothing where they are not on the screen.
 *
 * @param open what brings them there. It is drawn at once: the next key is text, no key of the call.
 */
export function focusPrivateNote(open?: () => void): void {
  if (open) flushSync(open);
  const field = document.querySelector<HTMLTextAreaElement>('textarea[data-private-note]');
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
