'use client';
import { type Consultation, isOpen } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR, { type Cache, preload, useSWRConfig } from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import type { Gateway } from '#lib/api/gateway.ts';
import { calendarDay } from '#lib/utils.ts';

/** Under which the lists are kept: for who changed them. */
export const dashboardKey = 'dashboard';
const listRefreshMs = 20_000;
const doorRefreshMs = 6_000;
/** One request a room: only rooms that may have somebody at the door. */
const maxDoors = 8;
const maxUnsigned = 8;
const maxRecent = 5;

export interface Dashboard {
  loading: boolean;
  error: unknown;
  isDoctor: boolean;
  doctorId: string | null;
  now: readonly Consultation[];
  today: readonly Consultation[];
  /** Undefined while unknown. */
  toSign: readonly Consultation[] | undefined;
  /** The latest finished ones that owe no signature. */
  recent: readonly Consultation[];
  /** Names at the door by consultation. */
  waiting: ReadonlyMap<string, readonly string[]>;
  reload: () => Promise<unknown>;
}

/** Everything on the dashboard, read again by itself. */
export function useDashboard(): Dashboard {
  const gateway = useGateway();
  const { cache } = useSWRConfig();
  useState(() => askAtOnce(gateway, cache));
  const { data: me } = useSWR('me', () => gateway.me(), { revalidateOnFocus: false });
  const isDoctor = me?.user.role === 'medico';

  const lists = useSWR(dashboardKey, () => readLists(gateway), { refreshInterval: listRefreshMs });

  const doors = roomsToWatch(lists.data);
  const { data: waiting = new Map<string, string[]>() } = useSWR(
    isDoctor && doors.length > 0 ? ['doors', doors.map(({ id }) => id).join()] : null,
    () => whoWaits(gateway, doors),
    { refreshInterval: doorRefreshMs, keepPreviousData: true },
  );

  const { data: finished } = useSWR(me ? ['finished', isDoctor] : null, async () => {
    const done = { status: 'COMPLETED' };
    const [toSign, recent] = await Promise.all([
      isDoctor
        ? gateway.consultations({ ...done, note: 'unsigned', limit: maxUnsigned })
        : { items: [] },
      gateway.consultations({ ...done, limit: maxRecent + maxUnsigned }),
    ]);
    const listed = new Set(toSign.items.map(({ id }) => id));
    return {
      toSign: toSign.items,
      recent: recent.items.filter(({ id }) => !listed.has(id)).slice(0, maxRecent),
    };
  });

  const running = lists.data?.running ?? [];
  // Who is under "Agora" or has been seen stands in another list: this one is what is still to come.
  const elsewhere = new Set(running.map(({ id }) => id));
  const atTheDoor = doors.filter(({ id, status }) => status === 'WAITING' && waiting.has(id));
  return {
    loading: lists.isLoading || me === undefined,
    error: lists.error,
    isDoctor,
    doctorId: me?.doctor?.id ?? null,
    now: [...atTheDoor, ...running],
    today: (lists.data?.today ?? [])
      .filter(({ id, status }) => status !== 'COMPLETED' && !elsewhere.has(id) && !waiting.has(id))
      .sort(byTime),
    toSign: finished?.toSign,
    recent: finished?.recent ?? [],
    waiting,
    reload: () => lists.mutate(),
  };
}

async function readLists(gateway: Gateway) {
  const [today, running, open] = await Promise.all([
    gateway.consultations({ day: calendarDay(new Date()), limit: 100 }),
    gateway.consultations({ status: 'IN_PROGRESS', limit: 20 }),
    gateway.consultations({ status: 'WAITING', limit: 50 }),
  ]);
  return { today: today.items, running: running.items, open: open.items };
}

/**
 * What the page shows first is on its way while the page still comes alive, which takes a slow machine a second. Only
 * where nothing is known yet: an answer that no hook takes at once would be taken, grown old, later.
 */
function askAtOnce(gateway: Gateway, cache: Cache): void {
  if (typeof window === 'undefined') return;
  const asked = [
    cache.get('me') ? null : preload('me', () => gateway.me()),
    cache.get(dashboardKey) ? null : preload(dashboardKey, () => readLists(gateway)),
  ];
  // The hooks take the answers, and tell of a failure.
  for (const answer of asked) answer?.catch(() => undefined);
}

function roomsToWatch(
  lists: { today: Consultation[]; running: Consultation[]; open: Consultation[] } | undefined,
): Consultation[] {
  if (!lists) return [];
  const known = new Map<string, Consultation>();
  for (const item of [...lists.running, ...lists.today, ...lists.open]) {
    if (item.type === 'ONLINE' && isOpen(item.status)) known.set(item.id, item);
  }
  return [...known.values()].slice(0, maxDoors);
}

async function whoWaits(
  gateway: Gateway,
  rooms: readonly Consultation[],
): Promise<Map<string, string[]>> {
  const doors = await Promise.all(
    rooms.map(async ({ id, roomId }) => {
      const { participants } = await gateway.room(roomId);
      const names = participants.filter(({ state }) => state === 'waiting').map(({ name }) => name);
      return [id, names] as const;
    }),
  );
  return new Map(
    doors.filter(([, names]) => names.length > 0).map(([id, names]) => [id, [...names]]),
  );
}

function byTime(a: Consultation, b: Consultation): number {
  const at = ({ scheduled_at, started_at, created_at }: Consultation) =>
    Date.parse(scheduled_at ?? started_at ?? created_at);
  return at(a) - at(b);
}
