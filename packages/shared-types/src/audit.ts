import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

export const auditOutcome = z.enum(['ok', 'denied', 'failed']);

/** Who did what, when and from where. `changes` holds column names and short codes, never clinical text. */
export const auditEntry = z.object({
  id: uuid,
  created_at: instant,
  action: z.string(),
  outcome: auditOutcome,
  user_id: uuid.nullable(),
  actor_kind: z.string(),
  actor_name: z.string().nullable(),
  table_name: z.string().nullable(),
  record_id: z.string().nullable(),
  patient_id: uuid.nullable(),
  /** Null where there is none, or none that the reader may see. */
  patient_name: z.string().nullable(),
  ip: z.string().nullable(),
  request_id: z.string().nullable(),
  changes: z.record(z.string(), z.unknown()),
});
export type AuditEntryView = z.infer<typeof auditEntry>;

export const listAuditQuery = z.object({
  action: z.string().max(64).optional(),
  outcome: auditOutcome.optional(),
  user_id: uuid.optional(),
  patient_id: uuid.optional(),
  record_id: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
  format: z.enum(['json', 'csv']).default('json'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type ListAuditQuery = z.infer<typeof listAuditQuery>;

/** What can be wrong with an audit chain; docs/COMPLIANCE.md says what each means. */
export const auditProblemKind = z.enum([
  'row_changed',
  'row_missing',
  'row_not_linked',
  'row_backdated',
  'link_broken',
  'link_missing',
  'tail_missing',
  'tail_unsigned',
  'head_forged',
  'head_mismatch',
  'anchor_forged',
  'anchor_mismatch',
]);
export const auditProblem = z.object({
  kind: auditProblemKind,
  position: z.number().int().nullable(),
  audit_id: uuid.nullable(),
});
export type AuditProblem = z.infer<typeof auditProblem>;

/** Result of walking one clinic's chain. */
export const chainReport = z.object({
  clinica_id: z.string(),
  ok: z.boolean(),
  /** Links that were compared. */
  rows: z.number().int(),
  head: z.string().nullable(),
  /** A copy of the head outside of the database was there to compare with. */
  anchored: z.boolean(),
  /** The first ones. */
  problems: z.array(auditProblem),
  problemCount: z.number().int(),
});
export type ChainReport = z.infer<typeof chainReport>;

/** One line of "who opened this chart". */
export const accessLogEntry = auditEntry
  .pick({ id: true, created_at: true, action: true, outcome: true, actor_kind: true })
  .extend({ actor_name: z.string().nullable(), label: z.string(), record: z.string().nullable() });
export type AccessLogEntry = z.infer<typeof accessLogEntry>;

export const accessLogQuery = z.object({
  from: instant.optional(),
  to: instant.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AccessLogQuery = z.infer<typeof accessLogQuery>;
