import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

export const webhookEvent = z.enum([
  'consultation.created',
  'consultation.started',
  'consultation.completed',
  'consultation.cancelled',
  'note.signed',
  'webhook.test',
]);
export type WebhookEvent = z.infer<typeof webhookEvent>;

/** Body of a delivery: ids only. Whoever receives it asks the API for what he may know. */
export const webhookPayload = z.object({
  type: webhookEvent,
  timestamp: instant,
  data: z.object({
    clinica_id: uuid,
    consultation_id: uuid.optional(),
    note_id: uuid.optional(),
  }),
});
export type WebhookPayload = z.infer<typeof webhookPayload>;

/** The clinic's webhook. The secret is shown once, by the call that made it. */
export const webhookSettings = z.object({
  url: z.string().nullable(),
  hasSecret: z.boolean(),
  /** Deliveries that were given up. */
  dead: z.number().int(),
  secret: z.string().optional(),
});
export type WebhookSettings = z.infer<typeof webhookSettings>;

export const updateWebhook = z.object({ url: z.string().trim().max(2_000).nullable() });
export type UpdateWebhook = z.infer<typeof updateWebhook>;

export const webhookDeliveryStatus = z.enum(['pending', 'delivered', 'failed', 'dead']);

export const webhookDelivery = z.object({
  id: uuid,
  event: webhookEvent,
  status: webhookDeliveryStatus,
  attempts: z.number().int(),
  response_status: z.number().int().nullable(),
  /** pt-BR. */
  reason: z.string().nullable(),
  payload: webhookPayload,
  next_attempt_at: instant.nullable(),
  last_attempt_at: instant.nullable(),
  delivered_at: instant.nullable(),
  created_at: instant,
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

export const listDeliveriesQuery = z.object({
  status: webhookDeliveryStatus.optional(),
  event: webhookEvent.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListDeliveriesQuery = z.infer<typeof listDeliveriesQuery>;
