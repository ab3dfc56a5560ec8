'use client';
import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type AgendaItem, inTheWay, snap, snapMinutes } from '#lib/agenda/grid.ts';
import type { LocalMoment } from '#lib/agenda/zone.ts';
import { addDays } from '#lib/utils.ts';
import { minutesOfPixels } from './scale.ts';

/** Less than this is a press, not a drag. */
const thresholdPx = 6;

export interface Ghost {
  item: AgendaItem;
  to: LocalMoment;
  /** Something else holds that time. */
  taken: boolean;
}

export interface Drag {
  ghost: Ghost | null;
  handlers: (item: AgendaItem) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
  /** True right after a drag, when the browser still reports a click. */
  justDragged: () => boolean;
}

interface Options {
  body: RefObject<HTMLDivElement | null>;
  days: readonly string[];
  range: { from: number; to: number };
  items: readonly AgendaItem[];
  onMove: (item: AgendaItem, to: LocalMoment) => void;
}

interface Grip {
  item: AgendaItem;
  x: number;
  y: number;
  moved: boolean;
}

/**
 * Dragging a booking to another time with mouse or pen, in steps of a quarter of an hour; Alt with the
 * arrows does the same from the keyboard. A finger scrolls: on a touch screen the booking's own dialog
 * moves it.
 */
export function useDrag({ body, days, range, items, onMove }: Options): Drag {
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const grip = useRef<Grip | null>(null);
  const dragged = useRef(false);

  const stop = useCallback(() => {
    grip.current = null;
    setGhost(null);
  }, []);

  useEffect(() => {
    if (!ghost) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') stop();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ghost, stop]);

  function placeOf({ item, y }: Grip, event: PointerEvent<HTMLElement>): LocalMoment | null {
    const area = body.current?.getBoundingClientRect();
    if (!area) return null;
    const column = Math.floor(((event.clientX - area.left) / area.width) * days.length);
    const day = days[Math.min(Math.max(column, 0), days.length - 1)];
    if (day === undefined) return null;
    const wanted = snap(item.start + minutesOfPixels(event.clientY - y));
    const latest = range.to - (item.end - item.start);
    return { day, minutes: Math.min(Math.max(wanted, range.from), latest) };
  }

  function ghostAt(item: AgendaItem, to: LocalMoment): Ghost {
    const { id, doctor_id } = item.consultation;
    const length = item.end - item.start;
    return { item, to, taken: inTheWay(items, { id, doctorId: doctor_id }, to, length) !== null };
  }

  return {
    ghost,
    justDragged: () => dragged.current,
    handlers: (item) => ({
      onPointerDown: (event) => {
        dragged.current = false;
        if (event.button !== 0 || event.pointerType === 'touch') return;
        if (item.consultation.status !== 'WAITING') return;
        grip.current = { item, x: event.clientX, y: event.clientY, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        const held = grip.current;
        if (!held) return;
        const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) >= thresholdPx;
        if (!held.moved && !far) return;
        held.moved = true;
        const to = placeOf(held, event);
        if (to) setGhost(ghostAt(item, to));
      },
      onPointerUp: (event) => {
        const held = grip.current;
        stop();
        if (!held?.moved) return;
        dragged.current = true;
        const to = placeOf(held, event);
        if (to && !isSame(item, to)) onMove(item, to);
      },
      onPointerCancel: stop,
      onKeyDown: (event) => {
        const to = event.altKey ? stepOf(item, event.key) : null;
        if (!to || item.consultation.status !== 'WAITING') return;
        event.preventDefault();
        onMove(item, to);
      },
    }),
  };
}

function isSame(item: AgendaItem, to: LocalMoment): boolean {
  return item.day === to.day && item.start === to.minutes;
}

function stepOf(item: AgendaItem, key: string): LocalMoment | null {
  switch (key) {
    case 'ArrowUp':
      return { day: item.day, minutes: item.start - snapMinutes };
    case 'ArrowDown':
      return { day: item.day, minutes: item.start + snapMinutes };
    case 'ArrowLeft':
      return { day: addDays(item.day, -1), minutes: item.start };
    case 'ArrowRight':
      return { day: addDays(item.day, 1), minutes: item.start };
    default:
      return null;
  }
}
