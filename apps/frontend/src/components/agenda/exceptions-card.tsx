'use client';
import type { Availability, CreatedException } from '@medcall/shared-types';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { clockOf, localMoment } from '#lib/agenda/zone.ts';
import { formatDate } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { ExceptionForm } from './exception-form.tsx';

const text = agendaMessages.schedule;

interface Props {
  availability: Availability;
  onChanged: () => void;
}

/** Time off and extra hours. A block cancels nothing: what lies in it is named. */
export function ExceptionsCard({ availability, onChanged }: Props) {
  const gateway = useGateway();
  const { act } = useAct();
  const [conflicts, setConflicts] = useState<CreatedException['conflicts']>([]);
  const { exceptions, timezone, doctor_id } = availability;
  const words = (instant: string) => {
    const { day, minutes } = localMoment(instant, timezone);
    return `${formatDate(`${day}T12:00:00Z`).slice(0, 5)}, ${clockOf(minutes)}`;
  };

  async function remove(id: string): Promise<void> {
    const done = await act(() => gateway.removeException(id), {
      done: { title: text.removed },
      failed: text.removeFailed,
    });
    if (done) onChanged();
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.exceptions}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="text-ink-soft">{text.exceptionsLead}</p>
        {conflicts.length > 0 ? (
          <Alert tone="warning" title={text.conflicts(conflicts.length)}>
            <p>{text.conflictsText}</p>
            <ul className="mt-1 flex flex-wrap gap-x-4">
              {conflicts.map(({ consultation_id, scheduled_at }) => (
                <li key={consultation_id}>
                  <Link
                    className="underline underline-offset-4"
                    href={`/agenda?dia=${localMoment(scheduled_at, timezone).day}&medico=${doctor_id}`}
                  >
                    {text.seeConflict(words(scheduled_at))}
                  </Link>
                </li>
              ))}
            </ul>
          </Alert>
        ) : null}
        {exceptions.length === 0 ? <p>{text.exceptionsEmpty}</p> : null}
        <ul className="divide-y divide-line">
          {exceptions.map(({ id, kind, starts_at, ends_at, reason }) => {
            const when = text.until(words(starts_at), words(ends_at));
            return (
              <li key={id} data-testid="exception" className="flex items-center gap-3 py-2">
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-center gap-2">
                    <Badge tone={kind === 'extra' ? 'ok' : 'neutral'}>{text.kinds[kind]}</Badge>
                    <span className="font-semibold">{reason}</span>
                  </p>
                  <p className="text-sm text-ink-soft">{when}</p>
                </div>
                <button
                  type="button"
                  aria-label={text.removeException(`${text.kinds[kind]}, ${when}`)}
                  onClick={() => void remove(id)}
                  className="grid size-9 shrink-0 cursor-pointer place-items-center rounded-md text-ink-soft hover:bg-ground hover:text-ink"
                >
                  <X className="size-4" aria-hidden="true" />
                </button>
              </li>
            );
          })}
        </ul>
        <ExceptionForm
          doctorId={doctor_id}
          onAdded={(added) => {
            setConflicts(added.conflicts);
            onChanged();
          }}
        />
      </CardContent>
    </Card>
  );
}
