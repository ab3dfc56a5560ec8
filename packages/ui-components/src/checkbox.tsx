'use client';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

export interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

/** A choice with one sentence of explanation; the whole row is the target. */
export function Checkbox({
  checked,
  onCheckedChange,
  label,
  description,
  disabled,
}: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled ?? false}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        aria-describedby={description ? `${id}-text` : undefined}
        className="mt-0.5 grid size-6 shrink-0 cursor-pointer place-items-center rounded-sm border-2 border-line-strong bg-paper text-on-accent data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-60"
      >
        <Radix.Indicator>
          <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4" fill="none">
            <path d="m3 8.5 3.2 3.2L13 5" stroke="currentColor" strokeWidth="2.4" />
          </svg>
        </Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer font-semibold">
          {label}
        </label>
        {description ? (
          <p id={`${id}-text`} className="mt-0.5 text-sm text-ink-soft">
            {description}
          </p>
        ) : null}
      </div>
    </div>
  );
}
