'use client';
import type { FreeSlots } from '@medcall/shared-types';
import { cn, formatLongDate } from '#lib/utils.ts';

interface Props {
  days: FreeSlots['days'];
  /** Instant of the chosen one. */
  chosen: string | null;
  empty: string;
  onChoose: (slot: { startsAt: string; day: string; clock: string }) => void;
}

/** Days with free times, each with its times; days without any are left out. */
export function SlotDays({ days, chosen, empty, onChoose }: Props) {
  const free = days.filter(({ slots }) => slots.length > 0);
  if (free.length === 0) return <p className="rounded-md bg-line/40 px-4 py-6">{empty}</p>;
  return (
    <div className="flex flex-col gap-5">
      {free.map(({ date, slots }) => (
        <section key={date} aria-labelledby={`dia-${date}`}>
          <h2 id={`dia-${date}`} className="mb-2 font-semibold first-letter:uppercase">
            {formatLongDate(`${date}T12:00:00Z`)}
          </h2>
          <div className="grid grid-cols-4 gap-2 sm:grid-cols-6">
            {slots.map(({ starts_at, local }) => (
              <button
                key={starts_at}
                type="button"
                data-testid="slot"
                aria-pressed={starts_at === chosen}
                onClick={() => onChoose({ startsAt: starts_at, day: date, clock: local })}
                className={cn(
                  'min-h-11 cursor-pointer rounded-md border bg-paper font-semibold',
                  starts_at === chosen
                    ? 'border-accent bg-accent-wash'
                    : 'border-line-strong/60 hover:border-accent hover:text-accent',
                )}
              >
                {local}
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
