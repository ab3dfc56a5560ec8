import type { AuditAction } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** What an audit row says. Hashes and short codes in `changes`, never text that a person wrote. */
export interface AuditEntry {
  /** For example `consultation.read`. */
  readonly action: AuditAction;
  readonly tableName?: string;
  readonly recordId?: string;
  readonly changes?: Readonly<Record<string, AuditValue>>;
  readonly outcome?: 'ok' | 'denied' | 'failed';
  /** Whose chart was touched. */
  readonly patientId?: string;
  readonly ip?: string;
  readonly requestId?: string;
  /** The three below count in `asSystem` only; for people the claims decide. */
  readonly userId?: string;
  readonly clinicaId?: string;
  readonly actorKind?: 'medico' | 'admin' | 'paciente' | 'convidado' | 'service' | 'anonymous';
}

export type AuditScalar = string | number | boolean | null;
export type AuditValue =
  | AuditScalar
  | { readonly before?: AuditScalar; readonly after?: AuditScalar };

/** Writes an audit row in the caller's transaction and returns its id. */
export async function audit(trx: Trx, entry: AuditEntry): Promise<string> {
  const { rows } = await sql<{ id: string }>`select app.audit(
    ${entry.action},
    ${entry.tableName ?? null},
    ${entry.recordId ?? null},
    ${JSON.stringify(entry.changes ?? {})}::jsonb,
    ${entry.outcome ?? 'ok'},
    ${entry.patientId ?? null}::uuid,
    ${entry.ip ?? null}::inet,
    ${entry.requestId ?? null},
    ${entry.userId ?? null}::uuid,
    ${entry.clinicaId ?? null}::uuid,
    ${entry.actorKind ?? null}
  ) as id`.execute(trx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('app.audit returned no row');
  return id;
}

/** Kinds of work that outlives a transaction; the table `app.job_kinds` holds the same list. */
export type JobKind =
  | 'notification.send'
  | 'consultation.reminders'
  | 'consultation.created'
  | 'consultation.started'
  | 'consultation.completed'
  | 'consultation.cancelled'
  | 'note.signed'
  | 'note.draft'
  | 'webhook.deliver'
  | 'calendar.push'
  | 'calendar.pull'
  | 'calendar.watch'
  | 'data-request.export'
  | 'member.removed'
  | 'transcription.retry'
  | 'transcription.upload'
  | 'recording.assemble'
  | 'audio.expire'
  | 'identity.email'
  | 'identity.notice'
  | 'booking.code'
  | 'booking.confirmed'
  | 'doctor.invite';

/** Asks for a job that exists if, and only if, the caller's transaction commits. */
export async function enqueue(
  trx: Trx,
  kind: JobKind,
  subjectId: string,
  runAfter?: Date,
): Promise<void> {
  await sql`select app.enqueue(${kind}, ${subjectId}::uuid, coalesce(${runAfter ?? null}::timestamptz, now()))`.execute(
    trx,
  );
}
