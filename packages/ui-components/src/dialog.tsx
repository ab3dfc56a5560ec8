'use client';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { DialogCross, dialogCloseClass, dialogSheet } from './dialog-parts.tsx';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the one that goes on last. */
  footer?: ReactNode;
  closeLabel?: string;
  /** False where there is nothing to go back to: no cross, no Esc, no press outside. */
  closable?: boolean;
  className?: string;
}

/** A modal question. Focus goes in, Esc goes out, focus comes back (Radix). */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  closeLabel = 'Fechar',
  closable = true,
  className,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={closable ? onOpenChange : () => {}}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            dialogSheet,
            'fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2',
            className,
          )}
        >
          <div className="pr-10">
            <Radix.Title className="text-xl font-bold">{title}</Radix.Title>
            {description ? (
              <Radix.Description className="mt-1 text-ink-soft">{description}</Radix.Description>
            ) : null}
          </div>
          {closable ? (
            <Radix.Close aria-label={closeLabel} className={dialogCloseClass}>
              <DialogCross />
            </Radix.Close>
          ) : null}
          {children}
          {footer ? (
            <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">{footer}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
