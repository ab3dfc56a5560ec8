/** Puts the cursor at the end of the notes once they are drawn; nothing where they are not on the screen. */
export function focusPrivateNote(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLTextAreaElement>('textarea[data-private-note]');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  });
}
