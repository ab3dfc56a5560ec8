'use client';
import type { ConsultationStatus } from '@medcall/shared-types';
import { AlertTriangle, MapPin, Video } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { AgendaItem } from '#lib/agenda/grid.ts';
import { clockOf } from '#lib/agenda/zone.ts';
import { cn, formatLongDate } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import type { Drag } from './use-drag.ts';

const looks = {
  WAITING: 'border-accent bg-accent-wash text-ink',
  IN_PROGRESS: 'border-accent bg-accent text-on-accent',
  COMPLETED: 'border-line-strong bg-paper text-ink-soft',
  CANCELLED: 'border-line-strong border-dashed bg-ground text-ink-soft line-through',
  NO_SHOW: 'border-warning border-dashed bg-ground text-ink-soft',
} satisfies Record<ConsultationStatus, string>;

/** From here on there is room for two lines. */
const twoLinesMinutes = 45;

interface Props {
  item: AgendaItem;
  /** It lies in a time that was blocked afterwards. */
  blocked: boolean;
  /** It is being dragged: what is drawn here is where it came from. */
  lifted: boolean;
  drag: Drag;
  onOpen: (item: AgendaItem) => void;
  style: CSSProperties;
}

/** One booking on the grid. */
export function GridItem({ item, blocked, lifted, drag, onOpen, style }: Props) {
  const { consultation, start, end, day } = item;
  const { status, type, patient, patient_answer } = consultation;
  const name = patient?.name ?? '—';
  const Icon = type === 'ONLINE' ? Video : MapPin;
  const tall = end - start >= twoLinesMinutes;
  const rest = text.itemUntil(formatLongDate(`${day}T12:00:00Z`), clockOf(end));
  const notes = [
    status === 'WAITING' ? null : dashboardMessages.status[status],
    patient_answer === 'confirmed' ? text.confirmed : null,
    patient_answer === 'declined' ? text.declined : null,
    blocked ? text.outside : null,
  ].filter((note) => note !== null);
  return (
    <button
      type="button"
      data-testid="agenda-item"
      data-consultation={consultation.id}
      {...drag.handlers(item)}
      onClick={() => {
        if (!drag.justDragged()) onOpen(item);
      }}
      style={style}
      className={cn(
        'absolute z-[5] flex cursor-pointer flex-col items-start overflow-hidden rounded-md border border-l-4 px-1.5 text-left text-sm leading-tight select-none',
        tall ? 'py-1' : 'justify-center',
        looks[status],
        patient_answer === 'declined' && status === 'WAITING' && 'border-warning bg-warning-wash',
        lifted && 'opacity-50',
      )}
    >
      <span className="flex w-full min-w-0 items-center gap-1">
        <Icon className="size-3.5 shrink-0" aria-hidden="true" />
        <span className="shrink-0">{clockOf(start)}</span>{' '}
        {tall ? null : <span className="truncate font-semibold">{name}</span>}
        {blocked || patient_answer === 'declined' ? (
          <AlertTriangle className="ml-auto size-3.5 shrink-0 text-warning" aria-hidden="true" />
        ) : null}
      </span>
      {tall ? <span className="line-clamp-2 font-semibold">{name}</span> : null}
      {/* The name of the button is what is seen, and then the rest. */}
      <span className="sr-only">{['', rest, ...notes].join(', ')}</span>
    </button>
  );
}
