'use client';
import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';

const openAfterMs = 400;
/** Long enough to cross the gap: the words themselves may be pointed at (WCAG 2.2, 1.4.13). */
const closeAfterMs = 150;
const gapPx = 6;
/** One hint at a time: what closes the one that is open. */
let closeOpen: (() => void) | null = null;

interface ControlProps {
  'aria-describedby'?: string | undefined;
  onPointerEnter?: (event: PointerEvent) => void;
  onPointerLeave?: (event: PointerEvent) => void;
  onPointerDown?: (event: PointerEvent) => void;
  onFocus?: (event: FocusEvent) => void;
  onBlur?: (event: FocusEvent) => void;
}

/**
 * Extra words on hover and focus. Never the only name of a control: give that an aria-label too.
 * The browser's own top layer holds them (`popover`), because the patient's call loads this: the
 * library that measures for every other place weighs more than all the controls of the call.
 * The child takes the handlers; of its own it has none of the five.
 */
export function Tooltip({
  text,
  children,
}: {
  text: ReactNode;
  children: ReactElement<ControlProps>;
}) {
  const id = useId();
  const [control, setControl] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const set = useCallback((next: Element | null, delayMs = 0) => {
    clearTimeout(timer.current);
    if (delayMs === 0) setControl(next);
    else timer.current = setTimeout(() => setControl(next), delayMs);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!control) return;
    const close = () => set(null);
    closeOpen?.();
    closeOpen = close;
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return;
      // It closes the words and nothing behind them.
      event.preventDefault();
      close();
    }
    function onScroll({ target }: Event): void {
      // It would stay where its control was.
      if (target instanceof Node && target.contains(control)) close();
    }
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('scroll', onScroll, true);
    return () => {
      if (closeOpen === close) closeOpen = null;
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('scroll', onScroll, true);
    };
  }, [control, set]);

  const place = useCallback(
    (words: HTMLElement | null) => {
      if (words && control) showAt(words, control);
    },
    [control],
  );

  return (
    <>
      {cloneElement(children, {
        ...(control ? { 'aria-describedby': id } : {}),
        onPointerEnter: ({ currentTarget, pointerType }) => {
          // A finger that rests on a control presses it.
          if (pointerType !== 'touch') set(currentTarget, control ? 0 : openAfterMs);
        },
        onPointerLeave: () => set(null, closeAfterMs),
        onPointerDown: () => set(null),
        onFocus: ({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) set(currentTarget);
        },
        onBlur: () => set(null),
      })}
      {control
        ? createPortal(
            <span
              ref={place}
              id={id}
              role="tooltip"
              popover="manual"
              onPointerEnter={() => set(control)}
              onPointerLeave={() => set(null, closeAfterMs)}
              className="fixed inset-auto z-50 m-0 max-w-80 rounded-md bg-ink px-3 py-1.5 text-sm font-normal text-paper shadow-float"
            >
              {text}
            </span>,
            // Of a modal dialog everything outside is out of reach.
            control.closest('dialog, [role="dialog"]') ?? document.body,
          )
        : null}
    </>
  );
}

/** Above the control where there is room, else below; never over the edge of the window. */
function showAt(words: HTMLElement, control: Element): void {
  // Safari before 17 has no top layer for it: there it is held by its class alone.
  if ('showPopover' in words) words.showPopover();
  const at = control.getBoundingClientRect();
  const size = words.getBoundingClientRect();
  const above = at.top - size.height - gapPx;
  const left = at.left + (at.width - size.width) / 2;
  const rightmost = document.documentElement.clientWidth - size.width - gapPx;
  words.style.top = `${above >= 0 ? above : at.bottom + gapPx}px`;
  words.style.left = `${Math.max(gapPx, Math.min(left, rightmost))}px`;
}
