'use client';
import type { Consultation } from '@medcall/shared-types';
import { useRef } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { usualMinutes } from '#lib/agenda/grid.ts';
import { instantOf } from '#lib/agenda/zone.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { agendaMessages } from '#messages/agenda.ts';
import type { TimedMove } from './move-dialog.tsx';
import type { Agenda } from './use-agenda.ts';

const text = agendaMessages.move;

/** Moves a booking: seen at once, taken back when the service refuses, and undone by the person. */
export function useMove(agenda: Agenda): (wish: TimedMove, timeZone: string) => Promise<void> {
  const gateway = useGateway();
  const toast = useToast();

  // The version that each booking has after this screen's own last change: who moves twice in a row does
  // not meet himself. A change of somebody else's still has another version, and is refused.
  const ownVersions = useRef(new Map<string, Promise<number>>());

  function send(
    consultation: Consultation,
    { minutes, scheduledAt }: { scheduledAt: string; minutes: number | null },
    seen: number,
  ) {
    const { id } = consultation;
    const time = {
      scheduled_at: scheduledAt,
      ...(minutes === null ? {} : { duration_minutes: minutes }),
    };
    const before = ownVersions.current.get(id);
    const work = async () => {
      const version = Math.max(seen, (await before) ?? 0);
      return gateway.moveConsultation(id, { ...time, version });
    };
    const moved = work();
    ownVersions.current.set(
      id,
      moved.then(
        ({ version }) => version,
        () => 0,
      ),
    );
    return agenda.change(moved, (list) =>
      list.map((each) => (each.id === id ? { ...each, ...time } : each)),
    );
  }

  async function undo(before: Consultation, minutes: number | null, version: number) {
    const was = {
      scheduledAt: before.scheduled_at ?? '',
      minutes: minutes === null ? null : (before.duration_minutes ?? usualMinutes),
    };
    try {
      await send(before, was, version);
      toast({ title: text.undone, tone: 'ok' });
    } catch (error) {
      toast({ title: text.failed, description: errorSentence(error), tone: 'danger' });
    }
  }

  return async ({ item: { consultation }, minutes, to }, timeZone) => {
    try {
      const wanted = { scheduledAt: instantOf(to, timeZone), minutes };
      const moved = await send(consultation, wanted, consultation.version);
      toast({
        title: text.done,
        description: text.toldDone,
        tone: 'ok',
        action: {
          label: text.undo,
          onPress: () => void undo(consultation, minutes, moved.version),
        },
      });
    } catch (error) {
      toast({ title: text.failed, description: errorSentence(error), tone: 'danger' });
    }
  };
}
