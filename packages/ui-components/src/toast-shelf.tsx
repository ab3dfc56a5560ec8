'use client';
import { Toast as Radix } from 'radix-ui';
import { Button } from './button.tsx';
import { cn } from './cn.ts';
import { useToasts } from './toast.tsx';

/** Where messages appear. Once on each page that shows any; apart from its provider, so that others do not load it. */
export function ToastShelf({ label }: { label: string }) {
  const { messages, dismiss } = useToasts();
  return (
    <Radix.Provider label={label} duration={6000} swipeDirection="right">
      {messages.map(({ id, title, description, action, tone = 'neutral' }) => (
        <Radix.Root
          key={id}
          type={tone === 'danger' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) dismiss(id);
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
  );
}
