'use client';
import { type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react';
import { DialogCross, dialogCloseClass, dialogSheet } from './dialog-parts.tsx';

export interface PlainDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}

/**
 * A modal question as the browser itself draws it: focus goes in, Esc and a press beside it go out, focus comes back,
 * everything behind is out of reach. Looks like `Dialog` and weighs next to nothing: for the call, which is loaded on
 * cheap telephones. Not where toasts or menus are to appear over it: they would lie behind.
 */
export function PlainDialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: PlainDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const pressedBeside = useRef(false);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || !element) return;
    element.showModal();
    return () => element.close();
  }, [open]);

  function leave(event: SyntheticEvent): void {
    // Whether it is open is the page's to say.
    event.preventDefault();
    onOpenChange(false);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key for it, and the browser's own `cancel`.
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-text` : undefined}
      onCancel={leave}
      // A second Esc closes it without asking (Chromium).
      onClose={(event) => {
        if (!event.currentTarget.open) onOpenChange(false);
      }}
      // The sheet fills the element: what is left of it is what lies behind. Text that is selected over the edge ends there too.
      onPointerDown={(event) => {
        pressedBeside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        if (pressedBeside.current && event.target === event.currentTarget) leave(event);
      }}
      className="fixed top-1/2 left-1/2 max-h-none w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 rounded-lg bg-transparent backdrop:bg-scrim"
    >
      {open ? (
        <div className={dialogSheet}>
          <div className="pr-10">
            <h2 id={`${id}-title`} className="text-xl font-bold">
              {title}
            </h2>
            {description ? (
              <p id={`${id}-text`} className="mt-1 text-ink-soft">
                {description}
              </p>
            ) : null}
          </div>
          <button
            type="button"
            aria-label="Fechar"
            onClick={() => onOpenChange(false)}
            className={dialogCloseClass}
          >
            <DialogCross />
          </button>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}
