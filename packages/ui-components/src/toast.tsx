'use client';
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';

export interface ToastMessage {
  title: string;
  /** What to do next. */
  description?: string;
  tone?: 'ok' | 'danger' | 'neutral';
  /** One thing to do about it, for example to undo. */
  action?: { label: string; onPress: () => void };
}

interface Toasts {
  messages: readonly (ToastMessage & { id: number })[];
  show: (message: ToastMessage) => void;
  dismiss: (id: number) => void;
}

// Two of them: who shows a message is not drawn anew with each one.
const ShowContext = createContext<Toasts['show'] | null>(null);
const ToastsContext = createContext<Toasts | null>(null);

/**
 * Mount once near the root; anything below may call `useToast`. What is drawn is the `ToastShelf`, on
 * the pages that have something to say: messages outlive the page on which they were shown.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Toasts['messages']>([]);
  const nextId = useRef(0);
  const show = useCallback((message: ToastMessage) => {
    nextId.current += 1;
    const id = nextId.current;
    // Three at most, and none twice: a fourth pushes out the oldest rather than covering the page.
    setMessages((shown) => [
      ...shown.filter((one) => !saysTheSame(one, message)).slice(-2),
      { ...message, id },
    ]);
  }, []);
  const dismiss = useCallback((id: number) => {
    setMessages((shown) => shown.filter((message) => message.id !== id));
  }, []);
  const toasts = useMemo(() => ({ messages, show, dismiss }), [messages, show, dismiss]);
  return (
    <ShowContext value={show}>
      <ToastsContext value={toasts}>{children}</ToastsContext>
    </ShowContext>
  );
}

/** What offers a way back is never the same: each goes back to its own. */
function saysTheSame(one: ToastMessage, other: ToastMessage): boolean {
  return (
    one.title === other.title &&
    one.description === other.description &&
    one.action === undefined &&
    other.action === undefined
  );
}

/** Shows a short message that goes away by itself. */
export function useToast(): Toasts['show'] {
  const show = use(ShowContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it');
  return show;
}

/** For the shelf. */
export function useToasts(): Toasts {
  const toasts = use(ToastsContext);
  if (!toasts) throw new Error('ToastShelf needs a ToastProvider above it');
  return toasts;
}
