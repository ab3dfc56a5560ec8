import { cn } from './cn.ts';

/** The shape of what is coming. Hidden from screen readers: the region says `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden="true"
      className={cn('rounded-md bg-line/70 motion-safe:animate-pulse', className)}
    />
  );
}
