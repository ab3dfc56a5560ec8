'use client';
import { cn } from '#lib/utils.ts';

interface Props<T extends string> {
  label: string;
  choices: Readonly<Record<T, string>>;
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, all in sight: a filter, a period, a view. */
export function ChoiceBar<T extends string>({ label, choices, value, onChange }: Props<T>) {
  return (
    <fieldset aria-label={label} className="flex flex-wrap gap-1 rounded-md bg-line/50 p-1">
      {(Object.keys(choices) as T[]).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === value}
          onClick={() => onChange(choice)}
          className={cn(
            'min-h-9 cursor-pointer rounded-sm px-3 text-sm font-semibold',
            choice === value
              ? 'bg-paper text-ink ring-1 ring-line'
              : 'text-ink-soft hover:text-ink',
          )}
        >
          {choices[choice]}
        </button>
      ))}
    </fieldset>
  );
}
