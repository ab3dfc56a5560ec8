import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const box =
  'w-full rounded-md border border-line-strong bg-paper px-3 text-ink placeholder:text-ink-soft disabled:opacity-60 aria-invalid:border-danger';

/** One line of text. Wrap it in a Field, which gives it label, hint and error. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(box, 'h-11', className)} {...props} />;
}

/** The platform's own list: it is the best one on a telephone. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return <select className={cn(box, 'h-11', className)} {...props} />;
}

/** Several lines of text. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(box, 'py-2 leading-normal', className)} {...props} />;
}
