import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const badge = cva(
  'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-semibold whitespace-nowrap',
  {
    variants: {
      tone: {
        neutral: 'bg-ground text-ink-soft ring-1 ring-line ring-inset',
        accent: 'bg-accent-wash text-accent',
        ok: 'bg-ok-wash text-ok',
        warning: 'bg-warning-wash text-warning',
        danger: 'bg-danger-wash text-danger',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

/** A state in one or two words; the words carry it, the tone only helps. */
export function Badge({
  tone,
  className,
  ...props
}: ComponentProps<'span'> & VariantProps<typeof badge>) {
  return <span className={cn(badge({ tone }), className)} {...props} />;
}
