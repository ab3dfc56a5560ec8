import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface EmptyStateProps {
  title: string;
  /** What would be here and how it gets here. */
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  className?: string;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ title, children, action, icon, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center gap-2 px-6 py-10 text-center', className)}>
      {icon ? <div className="mb-1 text-ink-soft [&_svg]:size-8">{icon}</div> : null}
      <p className="text-lg font-semibold">{title}</p>
      {children ? <div className="max-w-prose text-ink-soft">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
