import { addDays } from '#lib/utils.ts';
import { instantOfSaoPaulo } from '#lib/validations.ts';

/** What the audit is narrowed to. Days are AAAA-MM-DD; empty text means any. */
export interface AuditFilter {
  action: string;
  outcome: string;
  from: string;
  to: string;
  person: { id: string; name: string } | null;
}

export const noFilter: AuditFilter = { action: '', outcome: '', from: '', to: '', person: null };

export interface AuditQuery {
  action?: string;
  outcome?: 'ok' | 'denied' | 'failed';
  from?: string;
  to?: string;
  user_id?: string;
}

/** The filter as the API asks for it: the last day counts to its end. */
export function auditQuery({ action, outcome, from, to, person }: AuditFilter): AuditQuery {
  return {
    ...(action === '' ? {} : { action }),
    ...(outcome === 'ok' || outcome === 'denied' || outcome === 'failed' ? { outcome } : {}),
    ...(from === '' ? {} : { from: instantOfSaoPaulo(`${from}T00:00`) }),
    ...(to === '' ? {} : { to: instantOfSaoPaulo(`${addDays(to, 1)}T00:00`) }),
    ...(person === null ? {} : { user_id: person.id }),
  };
}
