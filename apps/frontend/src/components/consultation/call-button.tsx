'use client';
import type { ReactNode } from 'react';
import { Tooltip } from '#components/ui/tooltip.ts';
import { cn } from '#lib/utils.ts';

interface Props {
  label: string;
  icon: ReactNode;
  onPress: () => void;
  /** For switches: whether it is on. */
  pressed?: boolean;
  tone?: 'plain' | 'off' | 'danger';
  shortcut?: string;
  /** The label stands beside the icon on wide screens. */
  wide?: boolean;
  disabled?: boolean;
}

/** How a control of a call looks: 48 px round, 44 px where seven of them share a small telephone. */
export function callButtonClass(tone: 'plain' | 'off' | 'danger'): string {
  return cn(
    'inline-flex h-12 min-w-12 cursor-pointer items-center justify-center gap-2 rounded-full px-3 font-semibold transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-50 max-[400px]:h-11 max-[400px]:min-w-11 max-[400px]:px-2.5 [&_svg]:size-5',
    tone === 'plain' && 'border border-line-strong/60 bg-paper text-ink hover:bg-ground',
    tone === 'off' && 'bg-ink text-paper hover:bg-ink-soft',
    tone === 'danger' && 'bg-danger text-on-danger hover:bg-danger-hover',
  );
}

/** A round control of a call, at thumb height. */
export function CallButton({
  label,
  icon,
  onPress,
  pressed,
  tone = 'plain',
  shortcut,
  wide = false,
  disabled = false,
}: Props) {
  return (
    <Tooltip text={shortcut ? `${label} (${shortcut})` : label}>
      <button
        type="button"
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        disabled={disabled}
        onClick={onPress}
        className={callButtonClass(tone)}
      >
        {icon}
        {wide ? <span className="hidden pr-1 sm:inline">{label}</span> : null}
      </button>
    </Tooltip>
  );
}
