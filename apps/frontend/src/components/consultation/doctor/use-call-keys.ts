'use client';
import { useEffect, useRef } from 'react';

export interface CallKeys {
  onMicrophone: () => void;
  onCamera: () => void;
  onTranscription: () => void;
  onHelp: () => void;
  onNotes: () => void;
  /** Back to the video; not where there is none. */
  onEscape?: () => void;
  /** Place of the question, from 0. */
  onQuestion: (place: number, act: 'used' | 'dismissed') => void;
}

/** M, V, T, N, ?, Esc, 1–3 and Shift+1–3, wherever the focus is but in a field, a dialog or with another key held. */
export function useCallKeys(keys: CallKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input, textarea, select, [contenteditable], dialog, [role="dialog"]'))
        return;
      // A press on a dialog's own text leaves the focus with the page behind it.
      if (document.querySelector('dialog[open]')) return;
      // A menu or a hint that was open has taken it.
      if (event.defaultPrevented) return;
      const { onMicrophone, onCamera, onTranscription, onHelp, onNotes, onEscape, onQuestion } =
        latest.current;
      // With Shift the digit's key types another sign, which depends on the layout: `code` does not.
      const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1];
      if (digit) onQuestion(Number(digit) - 1, event.shiftKey ? 'dismissed' : 'used');
      else if (event.key === '?') onHelp();
      else if (event.key === 'Escape' && onEscape) onEscape();
      else if (event.shiftKey) return;
      else if (event.key.toLowerCase() === 'm') onMicrophone();
      else if (event.key.toLowerCase() === 'v') onCamera();
      else if (event.key.toLowerCase() === 't') onTranscription();
      else if (event.key.toLowerCase() === 'n') onNotes();
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
