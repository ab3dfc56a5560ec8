import type { CalendarConflict } from '@medcall/shared-types';
import Link from 'next/link';
import { Button } from '#components/ui/button.ts';
import { conflictWords, minutesThere, momentOf } from '#lib/agenda/google-conflict.ts';
import { localMoment } from '#lib/agenda/zone.ts';
import { agendaMessages } from '#messages/agenda.ts';

const text = agendaMessages.google;

interface Props {
  conflict: CalendarConflict;
  /** Whose booking it is, where that is in sight. */
  patient: string | null;
  timeZone: string;
  busy: boolean;
  /** Gives the booking Google's time and length; null for a booking that is not in sight: the way leads to its day. */
  onAccept: ((startsAt: string, minutes: number) => void) | null;
  onKeep: () => void;
}

/** One booking over which Google says something else, and what the doctor can do about it. */
export function GoogleConflictRow(props: Props) {
  const { busy, conflict, onAccept, onKeep, patient, timeZone } = props;
  const { kind, scheduled_at, starts_at } = conflict;
  const isMove = starts_at !== null && (kind === 'moved' || kind === 'overruled');
  const minutes = minutesThere(conflict);
  return (
    <li data-testid="google-conflict" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="min-w-0">{conflictWords(conflict, timeZone, patient)}</span>
      {isMove && minutes !== null && onAccept ? (
        <Button size="sm" variant="secondary" onClick={() => onAccept(starts_at, minutes)}>
          {text.accept}
        </Button>
      ) : (
        <Link
          className="underline underline-offset-4"
          href={`/agenda?dia=${localMoment(scheduled_at, timeZone).day}`}
        >
          {text.see(momentOf(scheduled_at, timeZone))}
        </Link>
      )}
      {kind === 'busy' ? null : (
        <Button size="sm" variant="secondary" busy={busy} onClick={onKeep}>
          {kind === 'overruled' ? text.understood : text.keep}
        </Button>
      )}
    </li>
  );
}
