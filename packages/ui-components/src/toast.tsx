'use client';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

export interface ToastMessage {
  title: string;
  /** What to do next. */
  description?: string;
  tone?: 'ok' | 'danger' | 'neutral';
  /** One thing to do about it, for example to undo. */
  action?: { label: string; onPress: () => void };
}

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);

/** Mount once near the root; anything below may call `useToast`. */
export function ToastProvider({ children, label }: { children: ReactNode; label: string }) {
  const [messages, setMessages] = useState<(ToastMessage & { id: number })[]>([]);
  const nextId = useRef(0);
  const show = useCallback((message: ToastMessage) => {
    nextId.current += 1;
    const id = nextId.current;
    // Three at most: a fourth pushes out the oldest rather than covering the page.
    setMessages((shown) => [...shown.slice(-2), { ...message, id }]);
  }, []);
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext value={value}>
      <Radix.Provider label={label} duration={6000} swipeDirection="right">
        {children}
        {messages.map(({ id, title, description, action, tone = 'neutral' }) => (
          <Radix.Root
            key={id}
            type={tone === 'danger' ? 'foreground' : 'background'}
            onOpenChange={(open) => {
              if (!open) setMessages((shown) => shown.filter((message) => message.id !== id));
            }}
            className={cn(
              'rounded-lg border-l-4 bg-paper p-4 text-ink shadow-float',
              tone === 'ok' && 'border-ok',
              tone === 'danger' && 'border-danger',
              tone === 'neutral' && 'border-accent',
            )}
          >
            <Radix.Title className="font-semibold">{title}</Radix.Title>
            {description ? (
              <Radix.Description className="mt-0.5 text-sm text-ink-soft">
                {description}
              </Radix.Description>
            ) : null}
            {action ? (
              <Radix.Action altText={action.label} asChild>
                <Button variant="link" size="sm" className="mt-1" onClick={action.onPress}>
                  {action.label}
                </Button>
              </Radix.Action>
            ) : null}
          </Radix.Root>
        ))}
        {/* Radix puts the hotkey into the name; its own words for it would be English. */}
        <Radix.Viewport
          label={`${label} ({hotkey})`}
          className="fixed right-[var(--toast-right,0)] bottom-[var(--toast-bottom,0)] left-[var(--toast-left,auto)] z-[60] flex w-full max-w-sm flex-col gap-3 p-4"
        />
      </Radix.Provider>
    </ToastContext>
  );
}

/** Shows a short message that goes away by itself. */
export function useToast(): (message: ToastMessage) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it');
  return show;
}
