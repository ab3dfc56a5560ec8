import type { Consultation } from '@medcall/shared-types';
import { type LocalMoment, localMoment } from './zone.ts';

/** A booking where the grid draws it. Minutes are since midnight of `day` on the clinic's clock. */
export interface AgendaItem {
  consultation: Consultation;
  day: string;
  start: number;
  end: number;
}

export const snapMinutes = 15;
/** What a booking without a length takes on the grid. */
export const usualMinutes = 30;
const dayMinutes = 24 * 60;
/** The part of a day that is always in sight, 7:00 to 20:00. */
const usualRange = { from: 7 * 60, to: 20 * 60 };

/** Bookings that have a time, as the grid needs them. */
export function agendaItems(list: readonly Consultation[], timeZone: string): AgendaItem[] {
  return list.flatMap((consultation) => {
    if (consultation.scheduled_at === null) return [];
    const { day, minutes } = localMoment(consultation.scheduled_at, timeZone);
    const length = consultation.duration_minutes ?? usualMinutes;
    return [{ consultation, day, start: minutes, end: Math.min(minutes + length, dayMinutes) }];
  });
}

/** Whole hours that hold everything: the usual day, and more when something lies outside of it. */
export function gridRange(spans: readonly { start: number; end: number }[]): {
  from: number;
  to: number;
} {
  const from = Math.min(usualRange.from, ...spans.map(({ start }) => start));
  const to = Math.max(usualRange.to, ...spans.map(({ end }) => end));
  return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
}

export function snap(minutes: number): number {
  return Math.round(minutes / snapMinutes) * snapMinutes;
}

/** True for what holds its time: a cancelled or missed booking leaves it free. */
export function holdsTime({ status }: Pick<Consultation, 'status'>): boolean {
  return status !== 'CANCELLED' && status !== 'NO_SHOW';
}

/** The booking of the same doctor that is in the way of this one at another time; null when it is free. */
export function inTheWay(
  items: readonly AgendaItem[],
  moved: { id: string; doctorId: string },
  at: LocalMoment,
  length: number,
): AgendaItem | null {
  return (
    items.find(
      ({ consultation, day, start, end }) =>
        consultation.id !== moved.id &&
        consultation.doctor_id === moved.doctorId &&
        holdsTime(consultation) &&
        day === at.day &&
        start < at.minutes + length &&
        at.minutes < end,
    ) ?? null
  );
}

export interface Placed<T> {
  item: T;
  /** From 0, left to right. */
  lane: number;
  /** How many stand side by side where this one is. */
  lanes: number;
}

/** Puts what overlaps side by side: bookings of several doctors, or a cancelled one and its successor. */
export function sideBySide<T extends { start: number; end: number }>(
  items: readonly T[],
): Placed<T>[] {
  const placed: Placed<T>[] = [];
  let group: Placed<T>[] = [];
  let groupEnd = -1;
  for (const item of [...items].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (item.start >= groupEnd) {
      group = [];
      groupEnd = -1;
    }
    const taken = new Set(
      group.filter((other) => other.item.end > item.start).map(({ lane }) => lane),
    );
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    const one = { item, lane, lanes: 1 };
    group.push(one);
    placed.push(one);
    const lanes = Math.max(...group.map((other) => other.lane)) + 1;
    for (const other of group) other.lanes = lanes;
    groupEnd = Math.max(groupEnd, item.end);
  }
  return placed;
}
