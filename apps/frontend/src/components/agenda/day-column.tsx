'use client';
import { Plus } from 'lucide-react';
import { type AgendaItem, sideBySide, usualMinutes } from '#lib/agenda/grid.ts';
import type { BlockedSpan, Span } from '#lib/agenda/open-times.ts';
import { clockOf, type LocalMoment } from '#lib/agenda/zone.ts';
import { cn } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { GridItem } from './grid-item.tsx';
import { pixelsOf } from './scale.ts';
import type { Drag } from './use-drag.ts';

interface Props {
  day: string;
  range: { from: number; to: number };
  ground: { open: readonly Span[]; blocked: readonly BlockedSpan[] };
  items: readonly AgendaItem[];
  /** Null when it is not today. */
  nowMinutes: number | null;
  /** What lies before cannot be booked. */
  past: number;
  drag: Drag;
  onOpen: (item: AgendaItem) => void;
  onSlot: (at: LocalMoment) => void;
}

const hatched =
  'bg-[repeating-linear-gradient(135deg,var(--mc-line)_0_6px,transparent_6px_12px)] bg-ground';

/** One day of the grid: its ground, its free half hours, its bookings. */
export function DayColumn(props: Props) {
  const { day, range, ground, items, nowMinutes, past, drag, onOpen, onSlot } = props;
  const place = ({ start, end }: Span) => ({
    top: pixelsOf(Math.max(start, range.from) - range.from),
    height: pixelsOf(Math.min(end, range.to) - Math.max(start, range.from)),
  });
  const slots = Array.from(
    { length: (range.to - range.from) / usualMinutes },
    (_, at) => range.from + at * usualMinutes,
  );
  const ghost = drag.ghost?.to.day === day ? drag.ghost : null;
  return (
    <div data-day={day} className="relative border-l border-line bg-ground">
      {ground.open.map((span) => (
        <div key={`o${span.start}`} className="absolute inset-x-0 bg-paper" style={place(span)} />
      ))}
      {/* The button “Marcar” does the same for who uses a keyboard or a screen reader. */}
      <div aria-hidden="true">
        {slots.map((minutes) => (
          <button
            key={minutes}
            type="button"
            tabIndex={-1}
            disabled={minutes < past}
            data-slot={clockOf(minutes)}
            title={text.slotAt(clockOf(minutes), day)}
            onClick={() => onSlot({ day, minutes })}
            className={cn(
              'group absolute inset-x-0 flex cursor-pointer items-start gap-1 border-t px-1.5 text-sm text-accent hover:bg-accent-wash disabled:cursor-default disabled:hover:bg-transparent',
              minutes % 60 === 0 ? 'border-line' : 'border-line/40',
            )}
            style={place({ start: minutes, end: minutes + usualMinutes })}
          >
            <span className="hidden items-center gap-1 group-enabled:group-hover:flex">
              <Plus className="size-3.5" />
              {clockOf(minutes)}
            </span>
          </button>
        ))}
      </div>
      {ground.blocked.map((span) => (
        <div
          key={span.id}
          className={cn('pointer-events-none absolute inset-x-0 px-2 py-0.5', hatched)}
          style={place(span)}
        >
          <span className="rounded-sm bg-ground px-1 text-sm text-ink-soft">
            {span.reason ?? text.blocked}
          </span>
        </div>
      ))}
      {sideBySide(items).map(({ item, lane, lanes }) => (
        <GridItem
          key={item.consultation.id}
          item={item}
          blocked={ground.blocked.some((span) => span.start < item.end && item.start < span.end)}
          lifted={drag.ghost?.item.consultation.id === item.consultation.id}
          drag={drag}
          onOpen={onOpen}
          style={{ ...place(item), left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` }}
        />
      ))}
      {ghost ? (
        <div
          className={cn(
            'pointer-events-none absolute inset-x-1 z-20 rounded-md border-2 px-2 text-sm font-semibold shadow-float',
            ghost.taken
              ? 'border-danger bg-danger-wash text-danger'
              : 'border-accent bg-accent-wash text-accent',
          )}
          style={place({
            start: ghost.to.minutes,
            end: ghost.to.minutes + ghost.item.end - ghost.item.start,
          })}
        >
          {clockOf(ghost.to.minutes)}
        </div>
      ) : null}
      {nowMinutes !== null && nowMinutes >= range.from && nowMinutes < range.to ? (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 z-10 border-t-2 border-danger before:absolute before:-top-[5px] before:-left-1 before:size-2 before:rounded-full before:bg-danger"
          style={{ top: pixelsOf(nowMinutes - range.from) }}
        />
      ) : null}
    </div>
  );
}
