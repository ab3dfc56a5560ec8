import { cn } from './cn.ts';

export interface ProgressProps {
  /** What is under way, for a screen reader. */
  label: string;
  /** From 0 to 1; null where nobody knows how much is left. */
  value: number | null;
  /** How far in words, where a share of a hundred says less. */
  valueText?: string;
  className?: string;
}

/** How far something is. Where that is not known it says only that something is under way. */
export function Progress({ label, value, valueText, className }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      aria-valuetext={valueText}
      className={cn('h-2 w-full overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={cn(
          'h-full rounded-full bg-accent',
          percent === null && 'w-full opacity-60 motion-safe:animate-pulse',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
