'use client';
import type { Consultation, CostEvent } from '@medcall/shared-types';
import { useNow } from '#components/shared/use-interval.ts';
import { cn, formatBrl, formatClock, formatTime } from '#lib/utils.ts';
import { callMessages as text } from '#messages/call.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { patientsMessages } from '#messages/patients.ts';
import { LineQuality } from '../line-quality.tsx';
import type { LineState } from '../line-words.ts';

interface Props {
  clinicName: string;
  consultation: Consultation;
  age: number | null;
  cost: CostEvent | null;
  line: LineState;
}

/** Who, when, how long, how much, and how good the line is. */
export function CallHeader({ clinicName, consultation, age, cost, line }: Props) {
  const nowMs = useNow();
  const { patient, scheduled_at: scheduledAt, started_at: startedAt } = consultation;
  const elapsedMs = startedAt ? nowMs - Date.parse(startedAt) : null;
  return (
    <header className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-1">
      <h1 className="min-w-0 truncate text-lg font-bold">
        {patient?.name ?? text.patient}
        {age === null ? '' : `, ${patientsMessages.years(age)}`}
      </h1>
      <p className="hidden text-ink-soft sm:block">
        {clinicName}
        {scheduledAt ? ` · consulta ${formatTime(scheduledAt)}` : ''}
      </p>
      <p className="ml-auto flex flex-wrap items-center gap-x-4 text-ink-soft">
        {elapsedMs === null ? null : <span>{formatClock(elapsedMs)}</span>}
        {cost ? (
          <span className={cn(cost.state !== 'ok' && 'font-semibold text-warning')}>
            {doctorCallMessages.cost(
              formatBrl(cost.spentBrl),
              cost.capBrl === null ? null : formatBrl(cost.capBrl),
            )}
          </span>
        ) : null}
        <LineQuality line={line} strong="text-warning" />
      </p>
    </header>
  );
}
