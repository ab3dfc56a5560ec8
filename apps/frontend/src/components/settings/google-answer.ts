import { type GoogleOutcome, type GoogleReturn, googleReturn } from '@medcall/shared-types';
import type { CalendarAnswer } from './settings-tabs.ts';

/** What Google said, out of the address's fragment; null for an address that somebody typed. */
export function readGoogleReturn(hash: string): GoogleReturn | null {
  const said = Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));
  const { data } = googleReturn.safeParse(said);
  return data ?? null;
}

const answers: Record<GoogleOutcome['outcome'], CalendarAnswer> = {
  connected: 'conectado',
  refused: 'recusado',
  failed: 'falhou',
};

/** How the settings' address says it. */
export function calendarAnswerOf(outcome: GoogleOutcome['outcome']): CalendarAnswer {
  return answers[outcome];
}
