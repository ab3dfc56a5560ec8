import { AppError, type DB } from '@medcall/service-kit';
import type { IncidentStatus, IncidentStep } from '@medcall/shared-types';
import { type CalendarDate, dateInSaoPaulo } from '@medcall/utils';
import type { Updateable } from 'kysely';
import { incidentClock } from './incident-clock.ts';
import { factsOf, type IncidentRow } from './incident-rows.ts';

type Change = Updateable<DB['incidents']>;
type Wanted = IncidentStep extends infer S
  ? S extends unknown
    ? Omit<S, 'revision'>
    : never
  : never;

const toleranceMs = 5 * 60_000;

/**
 * What a step writes. Which state follows on which is held by the database too.
 * @throws AppError conflict when the step does not fit the state, validation_failed for its contents
 */
export function stepOf(before: IncidentRow, step: Wanted, now: number): Change {
  switch (step.step) {
    case 'assess':
      must(before, ['open', 'assessed']);
      return {
        status: 'assessed',
        significant: step.significant,
        criteria: step.criteria,
        assessment: step.assessment,
      };
    case 'not_required':
      must(before, ['assessed']);
      // That the authority was told as a precaution stays on the record, and stops nothing.
      // RCIS, art. 5: both together oblige.
      if (before.significant && before.criteria.length > 0) {
        throw refused(
          'Pela avaliação registrada este incidente deve ser comunicado. Se ela mudou, avalie de novo antes.',
        );
      }
      return { status: 'not_required', not_required_reason: step.reason };
    case 'reopen':
      must(before, ['not_required']);
      return { status: 'assessed', not_required_reason: null, reason: step.reason };
    case 'told_authority':
      must(before, ['assessed', 'communicated']);
      checkToldAt(before, step.at, now);
      return {
        authority_at: new Date(step.at),
        authority_protocol: step.protocol,
        preliminary: step.preliminary,
        ...(before.people_at === null ? {} : { status: 'communicated' }),
      };
    case 'told_people':
      must(before, ['assessed', 'communicated']);
      checkToldAt(before, step.at, now);
      return {
        people_at: new Date(step.at),
        people_channel: step.channel,
        ...(before.authority_at === null ? {} : { status: 'communicated' }),
      };
    case 'completed':
      must(before, ['assessed', 'communicated', 'not_required']);
      if (before.authority_at === null || !before.preliminary) {
        throw refused('Não há comunicação preliminar para completar.');
      }
      checkTime(step.at, before.authority_at, now);
      checkDeadline(before, step.at, incidentClock(before, now).complete_by);
      return { completed_at: new Date(step.at) };
    case 'close':
      must(before, ['communicated', 'not_required']);
      if (before.preliminary && before.completed_at === null) {
        throw refused('A comunicação preliminar à ANPD ainda não foi completada.');
      }
      return { status: 'closed', closing_note: step.note, closed_at: new Date(now) };
  }
}

function checkToldAt(before: IncidentRow, at: string, now: number): void {
  if (before.known_at === null) {
    throw refused('Registre antes quando a clínica soube que dados pessoais foram afetados.');
  }
  checkTime(at, before.known_at, now);
  checkDeadline(before, at, incidentClock(before, now).due_on);
}

function checkTime(at: string, from: Date, now: number): void {
  const told = Date.parse(at);
  if (told <= now + toleranceMs && told >= from.getTime()) return;
  throw new AppError('validation_failed', {
    details: [{ path: 'at', message: 'fica entre o que o antecede e agora' }],
  });
}

/** What is told late says why (RCIS, art. 6, § 2, V, and art. 9, § 1, IV). */
function checkDeadline(before: IncidentRow, at: string, dueOn: CalendarDate | null): void {
  const late = dueOn !== null && dateInSaoPaulo(Date.parse(at)) > dueOn;
  if (late && !factsOf(before).delay_reason) {
    throw refused('Fora do prazo: registre antes os motivos da demora.');
  }
}

function must(before: IncidentRow, states: readonly IncidentStatus[]): void {
  if (!states.includes(before.status)) {
    throw refused('Este passo não cabe na situação atual do incidente.');
  }
}

function refused(message: string): AppError {
  return new AppError('conflict', { message });
}
