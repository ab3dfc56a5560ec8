import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

/** LGPD art. 18: II access, V a copy to take away, III correction, IV and VI erasure. */
export const dataRequestKind = z.enum(['access', 'export', 'correction', 'erasure']);
export type DataRequestKind = z.infer<typeof dataRequestKind>;

export const dataRequestStatus = z.enum(['open', 'in_progress', 'done', 'refused']);

export const createDataRequest = z.object({
  patient_id: uuid,
  kind: dataRequestKind,
  details: z.string().trim().min(3).max(2000).optional(),
});
export type CreateDataRequest = z.infer<typeof createDataRequest>;

export const listDataRequestsQuery = z.object({
  status: dataRequestStatus.optional(),
  patient_id: uuid.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListDataRequestsQuery = z.infer<typeof listDataRequestsQuery>;

/** What is done or refused says what was done, or why not (LGPD art. 18, § 4). */
export const updateDataRequest = z
  .object({
    status: z.enum(['in_progress', 'done', 'refused']),
    resolution: z.string().trim().min(3).max(4000).optional(),
  })
  .refine((change) => change.status === 'in_progress' || change.resolution !== undefined, {
    message: 'diga o que foi feito, ou por que não',
    path: ['resolution'],
  });
export type UpdateDataRequest = z.infer<typeof updateDataRequest>;

export const dataRequest = z.object({
  id: uuid,
  patient_id: uuid,
  patient_name: z.string(),
  kind: dataRequestKind,
  status: dataRequestStatus,
  details: z.string().nullable(),
  resolution: z.string().nullable(),
  requested_at: instant,
  /** 15 days after the request. */
  due_at: instant,
  /** Whole days left; negative when it is late; null when it is settled. */
  days_left: z.number().int().nullable(),
  overdue: z.boolean(),
  resolved_at: instant.nullable(),
});
export type DataRequest = z.infer<typeof dataRequest>;

/** What was erased and what the law keeps, with the article. */
export const erasureResult = z.object({
  request: dataRequest,
  erased: z.array(z.string()),
  kept: z.array(z.object({ what: z.string(), basis: z.string() })),
});
export type ErasureResult = z.infer<typeof erasureResult>;

export const exportQuery = z.object({ format: z.enum(['zip', 'json']).default('zip') });
