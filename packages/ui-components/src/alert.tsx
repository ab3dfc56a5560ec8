import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

const alert = cva('rounded-md border-l-4 px-4 py-3', {
  variants: {
    tone: {
      neutral: 'border-line-strong bg-ground',
      accent: 'border-accent bg-accent-wash',
      ok: 'border-ok bg-ok-wash',
      warning: 'border-warning bg-warning-wash',
      danger: 'border-danger bg-danger-wash',
    },
  },
  defaultVariants: { tone: 'neutral' },
});

export interface AlertProps
  extends Omit<ComponentProps<'div'>, 'title'>,
    VariantProps<typeof alert> {
  title?: ReactNode;
  action?: ReactNode;
}

/** A message that stays. Danger interrupts a screen reader, the others wait their turn. */
export function Alert({ tone, title, action, className, children, ...props }: AlertProps) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn(alert({ tone }), action ? 'flex flex-wrap items-center gap-3' : '', className)}
      {...props}
    >
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="text-ink">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
