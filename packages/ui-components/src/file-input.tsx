'use client';
import { type ChangeEvent, type ComponentProps, useState } from 'react';
import { cn } from './cn.ts';

export interface FileInputProps extends Omit<ComponentProps<'input'>, 'type' | 'multiple'> {
  /** The words on what looks like a button, and beside it while nothing is chosen. */
  choose?: string;
  none?: string;
}

/**
 * One file. The browser's own control speaks the browser's language, whatever that of the page: it lies unseen over
 * ours, so that pressing, dropping, keys and screen readers stay the platform's. Give it another `key` to empty it.
 */
export function FileInput({
  choose = 'Escolher arquivo',
  none = 'Nenhum arquivo',
  className,
  onChange,
  ...props
}: FileInputProps) {
  const [name, setName] = useState<string | null>(null);
  function change(event: ChangeEvent<HTMLInputElement>): void {
    setName(event.target.files?.[0]?.name ?? null);
    onChange?.(event);
  }
  return (
    <div
      className={cn(
        'relative flex h-11 items-center gap-3 rounded-md border border-line-strong bg-paper px-1.5 text-ink has-[:disabled]:opacity-60 has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-accent has-[[aria-invalid=true]]:border-danger',
        className,
      )}
    >
      <span aria-hidden="true" className="shrink-0 rounded-sm bg-line/60 px-3 py-1 font-semibold">
        {choose}
      </span>
      <span aria-hidden="true" className={cn('min-w-0 truncate', name === null && 'text-ink-soft')}>
        {name ?? none}
      </span>
      <input
        {...props}
        type="file"
        className="absolute inset-0 size-full cursor-pointer opacity-0"
        onChange={change}
      />
    </div>
  );
}
