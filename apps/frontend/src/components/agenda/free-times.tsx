'use client';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { cn } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';

const text = agendaMessages.booking;
const daysAhead = 7;
/** More would be a list to read, not a choice. */
const most = 8;
const dayName = new Intl.DateTimeFormat('pt-BR', {
  weekday: 'short',
  day: '2-digit',
  month: '2-digit',
  timeZone: 'UTC',
});

interface Props {
  doctorId: string;
  from: string;
  length: number;
  chosen: { day: string; clock: string };
  onChoose: (slot: { day: string; clock: string }) => void;
}

/** The next free times of a doctor. */
export function FreeTimes({ doctorId, from, length, chosen, onChoose }: Props) {
  const gateway = useGateway();
  const { data, error } = useSWR(
    from === '' ? null : ['free-times', doctorId, from, length],
    () =>
      gateway.freeSlots({
        doctor_id: doctorId,
        from,
        days: daysAhead,
        duration_minutes: length,
      }),
    { keepPreviousData: true, revalidateOnFocus: false },
  );
  // The time may be typed as well: without the list nothing is lost.
  if (error) return null;
  if (!data) return <Skeleton className="h-16" />;
  const slots = data.days
    .flatMap(({ date, slots }) => slots.map(({ local }) => ({ day: date, clock: local })))
    .slice(0, most);
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm text-ink-soft">
        {slots.length > 0 ? text.free : text.freeNone}
      </legend>
      <div className="flex flex-wrap gap-2">
        {slots.map(({ day, clock }) => (
          <button
            key={`${day}${clock}`}
            type="button"
            aria-pressed={day === chosen.day && clock === chosen.clock}
            onClick={() => onChoose({ day, clock })}
            className={cn(
              'min-h-9 cursor-pointer rounded-md border px-3 text-sm',
              day === chosen.day && clock === chosen.clock
                ? 'border-accent bg-accent-wash font-semibold'
                : 'border-line-strong/60 hover:bg-ground',
            )}
          >
            {dayName.format(new Date(`${day}T12:00:00Z`)).replace('.', '')} · {clock}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
