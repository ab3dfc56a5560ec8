import type { IncidentClock, IncidentStatus } from '@medcall/shared-types';
import {
  addWorkingDays,
  type CalendarDate,
  dateInSaoPaulo,
  workingDaysBetween,
} from '@medcall/utils';

/** Working days for authority and people (RCIS, arts. 6 and 9), and for completing (art. 6, § 3). */
const daysToTell = 3;
const daysToComplete = 20;

/** What the clock of an incident depends on. */
export interface ClockFacts {
  status: IncidentStatus;
  known_at: Date | null;
  small_agent: boolean;
  authority_at: Date | null;
  people_at: Date | null;
  preliminary: boolean;
  completed_at: Date | null;
}

/**
 * Nothing of it is stored: a deadline follows from when the clinic knew, and that stands in the history.
 * A small processing agent has twice the time (Resolução CD/ANPD nº 2/2022, art. 14).
 * @param now milliseconds since 1970
 */
export function incidentClock(facts: ClockFacts, now: number): IncidentClock {
  const times = facts.small_agent ? 2 : 1;
  const dueOn = after(facts.known_at, daysToTell * times);
  const completeBy = facts.preliminary ? after(facts.authority_at, daysToComplete * times) : null;
  const waitsFor = waiting(facts);
  const next =
    openDeadlines({ due_on: dueOn, complete_by: completeBy, waits_for: waitsFor })[0] ?? null;
  const today = dateInSaoPaulo(now);
  return {
    due_on: dueOn,
    days_left: next === null ? null : workingDaysBetween(today, next),
    overdue: next !== null && today > next,
    waits_for: waitsFor,
    complete_by: completeBy,
  };
}

/** The days on which something awaited is due, each once, the earliest first: one that has passed hides no other. */
export function openDeadlines(
  clock: Pick<IncidentClock, 'due_on' | 'complete_by' | 'waits_for'>,
): CalendarDate[] {
  const days = clock.waits_for.map((what) =>
    what === 'completion' ? clock.complete_by : clock.due_on,
  );
  return [...new Set(days)].filter((day) => day !== null).sort();
}

function waiting(facts: ClockFacts): IncidentClock['waits_for'] {
  if (facts.status === 'closed') return [];
  const waits: IncidentClock['waits_for'] = [];
  if (facts.status !== 'not_required' && facts.known_at !== null) {
    if (facts.authority_at === null) waits.push('authority');
    if (facts.people_at === null) waits.push('people');
  }
  // Also where it turned out that nothing obliged: the authority has begun a process and is told how it ends.
  if (facts.authority_at !== null && facts.preliminary && facts.completed_at === null) {
    waits.push('completion');
  }
  return waits;
}

function after(at: Date | null, days: number): CalendarDate | null {
  return at === null ? null : addWorkingDays(dateInSaoPaulo(at.getTime()), days);
}
