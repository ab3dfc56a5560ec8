'use client';
import { SignalHigh, SignalLow, SignalMedium, Wifi, WifiOff } from 'lucide-react';
import { cn } from '#lib/utils.ts';
import type { LineState } from './line-words.ts';

const barIcons = { 1: SignalLow, 2: SignalMedium, 3: SignalHigh } as const;

/** How good the line is: a picture of three steps and always the word beside it. */
export function LineQuality({ line, strong = '' }: { line: LineState; strong?: string }) {
  const { bars, good, words } = line;
  const Icon = bars === null ? (good ? Wifi : WifiOff) : barIcons[bars];
  return (
    <span
      className={cn('flex items-center gap-1.5', !good && 'font-semibold', !good && strong)}
      data-testid="line"
      {...(bars === null ? {} : { 'data-bars': bars })}
    >
      <Icon className="size-4" aria-hidden="true" />
      {words}
    </span>
  );
}
