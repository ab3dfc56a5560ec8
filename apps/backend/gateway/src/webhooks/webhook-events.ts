import { createHash } from 'node:crypto';
import { enqueue, type JobHandler, type Trx } from '@medcall/service-kit';
import type { WebhookEvent, WebhookPayload } from '@medcall/shared-types';
import type { WebhookDeps } from './webhook-deps.ts';

/**
 * The jobs of events: one delivery per event for a clinic that has a webhook. The delivery's id is made
 * from the event, so that a job that runs twice makes no second one.
 */
export function announce(event: WebhookEvent, { db }: Pick<WebhookDeps, 'db'>): JobHandler {
  return ({ subjectId }) =>
    db.asSystem('webhooks: announce an event', async (trx) => {
      const found = await subjectOf(trx, event, subjectId);
      if (!found?.webhook_url) return;
      const payload: WebhookPayload = {
        type: event,
        timestamp: (instantOf(event, found) ?? found.created_at).toISOString(),
        data: {
          clinica_id: found.clinica_id,
          consultation_id: found.consultation_id,
          ...(found.note_id === null ? {} : { note_id: found.note_id }),
        },
      };
      const made = await trx
        .insertInto('webhook_deliveries')
        .values({
          id: deliveryIdOf(event, subjectId),
          clinica_id: found.clinica_id,
          event,
          subject_id: subjectId,
          payload: JSON.stringify(payload),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (made) await enqueue(trx, 'webhook.deliver', made.id);
    });
}

/** The same id for the same event, in the form of a UUID (version 8, RFC 9562). */
export function deliveryIdOf(event: string, subjectId: string): string {
  const hex = createHash('sha256').update(`${event}:${subjectId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function subjectOf(trx: Trx, event: WebhookEvent, id: string) {
  const selected = trx
    .selectFrom('consultations as c')
    .innerJoin('clinicas as k', 'k.id', 'c.clinica_id')
    .leftJoin('notes as n', 'n.consultation_id', 'c.id')
    .select([
      'c.id as consultation_id',
      'c.clinica_id',
      'c.created_at',
      'c.started_at',
      'c.ended_at',
      'c.cancelled_at',
      'k.webhook_url',
      'n.id as note_id',
      'n.signed_at',
    ]);
  if (event === 'note.signed') return selected.where('n.id', '=', id).executeTakeFirst();
  const row = await selected.where('c.id', '=', id).executeTakeFirst();
  return row && { ...row, note_id: null };
}

function instantOf(
  event: WebhookEvent,
  row: NonNullable<Awaited<ReturnType<typeof subjectOf>>>,
): Date | null {
  switch (event) {
    case 'consultation.created':
    case 'webhook.test':
      return row.created_at;
    case 'consultation.started':
      return row.started_at;
    case 'consultation.completed':
      return row.ended_at;
    case 'consultation.cancelled':
      return row.cancelled_at;
    case 'note.signed':
      return row.signed_at;
  }
}
