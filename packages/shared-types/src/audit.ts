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
