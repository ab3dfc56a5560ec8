'use client';
import { Trash2 } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { Badge } from '#components/ui/badge.ts';
import type { EditableSentence } from '#lib/note/edit-note.ts';
import { cn } from '#lib/utils.ts';
import { noteMessages as text } from '#messages/note.ts';

interface Props {
  sentence: EditableSentence;
  label: string;
  autoFocus: boolean;
  readOnly: boolean;
  onText: (text: string) => void;
  onEnter: () => void;
  onRemove: () => void;
  /** The pointer or the focus is here, or has left. */
  onLight: (on: boolean) => void;
  /** Shows and plays the utterance behind the sentence. */
  onShow: () => void;
}

/** One sentence, written in place: it grows with its text, Enter begins the next one. */
export function SentenceEditor(props: Props) {
  const { sentence, label, autoFocus, readOnly, onText, onEnter, onRemove, onLight, onShow } =
    props;
  const box = useRef<HTMLTextAreaElement>(null);
  /** The press that brings the focus asks for the sound; one that moves the caret does not. */
  const arriving = useRef(false);
  const linked = sentence.transcriptionIds.length > 0;

  useOwnHeight(box, sentence.text);

  /** A later draft may name better texts of the same words while the pointer rests here. */
  const isHere = useRef(false);
  function light(on: boolean): void {
    isHere.current = on;
    onLight(on);
  }
  const sources = sentence.transcriptionIds.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the utterances behind it change.
  useEffect(() => {
    if (isHere.current) onLight(true);
  }, [sources]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onEnter();
    } else if (event.key === 'Backspace' && sentence.text === '') {
      event.preventDefault();
      onRemove();
    }
  }

  return (
    <li
      data-testid="note-sentence"
      data-origin={sentence.origin}
      className="group flex items-start gap-2"
      onPointerEnter={() => light(true)}
      onPointerLeave={() => light(false)}
      onFocus={() => light(true)}
      onBlur={() => light(false)}
    >
      <textarea
        ref={box}
        rows={1}
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: only a line that was just begun by a press or by Enter.
        autoFocus={autoFocus}
        readOnly={readOnly}
        value={sentence.text}
        onChange={(event) => onText(event.target.value.replaceAll('\n', ' '))}
        onPointerDown={() => {
          arriving.current = readOnly || document.activeElement !== box.current;
        }}
        onClick={() => {
          if (linked && arriving.current) onShow();
        }}
        onKeyDown={readOnly ? undefined : onKeyDown}
        className={cn(
          'min-w-0 flex-1 resize-none overflow-hidden rounded-sm bg-transparent px-1.5 py-1 leading-normal hover:bg-ground focus:bg-ground',
          linked && 'underline decoration-line-strong decoration-1 underline-offset-4',
        )}
      />
      {linked ? (
        <button
          type="button"
          title={text.aiTitle}
          // Begins with what is seen: who speaks to the device says that (WCAG 2.5.3).
          aria-label={`${sentence.origin === 'ai' ? `${text.ai}. ` : ''}${text.show}: ${sentence.text}`}
          onClick={onShow}
          className="mt-1 cursor-pointer rounded-full"
        >
          <Badge tone={sentence.origin === 'ai' ? 'accent' : 'neutral'}>
            {sentence.origin === 'ai' ? text.ai : text.show}
          </Badge>
        </button>
      ) : null}
      {readOnly ? null : (
        <button
          type="button"
          aria-label={`${text.remove}: ${sentence.text}`}
          onClick={onRemove}
          className="mt-1 cursor-pointer rounded-sm p-1 text-ink-soft opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-danger focus-visible:opacity-100"
        >
          <Trash2 className="size-4" aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

/** As high as its text, also when the page becomes narrower. (`field-sizing` is not everywhere yet.) */
function useOwnHeight(box: RefObject<HTMLTextAreaElement | null>, words: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const fit = () => {
      element.style.height = 'auto';
      element.style.height = `${element.scrollHeight}px`;
    };
    fit();
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, words]);
}
