'use client';
import { type ReactNode, useId } from 'react';

export interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

/** A choice with one sentence of explanation; the label is part of the target. The browser's own box, in our looks. */
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
      <span className="relative mt-0.5 grid size-6 shrink-0 place-items-center">
        <input
          type="checkbox"
          id={id}
          checked={checked}
          disabled={disabled ?? false}
          onChange={(event) => onCheckedChange(event.target.checked)}
          aria-describedby={description ? `${id}-text` : undefined}
          className="peer size-6 cursor-pointer appearance-none rounded-sm border-2 border-line-strong bg-paper checked:border-accent checked:bg-accent disabled:opacity-60"
        />
        <svg
          aria-hidden="true"
          viewBox="0 0 16 16"
          fill="none"
          className="pointer-events-none absolute size-4 text-on-accent opacity-0 peer-checked:opacity-100"
        >
          <path d="m3 8.5 3.2 3.2L13 5" stroke="currentColor" strokeWidth="2.4" />
        </svg>
      </span>
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
