import { enqueue, type JobHandler, type Trx } from '@medcall/service-kit';
import type { WebhookFailure } from '@medcall/shared-types';
import { pauseAfter } from '../jobs/back-off.ts';
import { tellAdministrators } from '../messages/tell-people.ts';
import { pinnedPost } from './pinned-post.ts';
import { type WebhookDeps, webhookSecretContext } from './webhook-deps.ts';
import { signatureHeaders } from './webhook-signature.ts';
import { checkTarget } from './webhook-target.ts';

interface Taken {
  id: string;
  clinicaId: string;
  attempt: number;
  event: string;
  body: string;
  url: string | null;
  secrets: string[];
}

type Result =
  | { kind: 'delivered'; status: number }
  | { kind: 'failed'; why: WebhookFailure; status?: number; askedMs?: number; forGood?: boolean };

/**
 * The job `webhook.deliver`: at least once, under the same id. A delivery that is done or given up is
 * tried again only when a person asks for it.
 */
export function deliverWebhook(deps: WebhookDeps): JobHandler {
  return async ({ causedBy, signal, subjectId }) => {
    const taken = await take(deps, subjectId, causedBy !== null);
    if (taken) await settle(deps, taken, await post(deps, taken, signal));
  };
}

function take(deps: WebhookDeps, id: string, askedByPerson: boolean): Promise<Taken | null> {
  return deps.db.asSystem('webhooks: take a delivery', async (trx) => {
    const row = await trx
      .selectFrom('webhook_deliveries as w')
      .innerJoin('clinicas as k', 'k.id', 'w.clinica_id')
      .leftJoin('clinic_secrets as s', 's.clinica_id', 'w.clinica_id')
      .select([
        'w.id',
        'w.clinica_id',
        'w.event',
        'w.payload',
        'w.status',
        'w.attempts',
        'w.next_attempt_at',
        'k.webhook_url',
        's.webhook_secret_sealed',
        's.webhook_previous_sealed',
        's.webhook_previous_until',
      ])
      .where('w.id', '=', id)
      .forUpdate('w')
      .executeTakeFirst();
    if (!row) return null;
    const now = deps.clock.now();
    const open = row.status === 'pending' || row.status === 'failed';
    const due = (row.next_attempt_at?.getTime() ?? 0) <= now;
    if (!askedByPerson && !(open && due)) return null;
    // Asked for again after the end: the tries begin anew.
    const attempt = open ? row.attempts + 1 : 1;
    await trx
      .updateTable('webhook_deliveries')
      .set({
        status: open ? row.status : 'pending',
        attempts: attempt,
        last_attempt_at: new Date(now),
        next_attempt_at: new Date(now),
      })
      .where('id', '=', id)
      .execute();
    const context = webhookSecretContext(row.clinica_id);
    const previous =
      row.webhook_previous_until !== null && row.webhook_previous_until.getTime() > now
        ? row.webhook_previous_sealed
        : null;
    return {
      id: row.id,
      clinicaId: row.clinica_id,
      attempt,
      event: row.event,
      body: JSON.stringify(row.payload),
      url: row.webhook_url,
      secrets: [row.webhook_secret_sealed, previous]
        .filter((sealed) => sealed !== null)
        .map((sealed) => deps.seal.open(sealed, context)),
    };
  });
}

async function post(deps: WebhookDeps, taken: Taken, signal: AbortSignal): Promise<Result> {
  if (taken.url === null || taken.secrets.length === 0) {
    return { kind: 'failed', why: 'no_url', forGood: true };
  }
  const check = await checkTarget(taken.url, deps.rules);
  if (check.kind === 'refused') {
    return { kind: 'failed', why: check.why === 'unresolved' ? 'connection' : 'refused_address' };
  }
  const timestamp = Math.floor(deps.clock.now() / 1000);
  const headers = {
    ...signatureHeaders({ id: taken.id, timestamp, body: taken.body }, taken.secrets),
    'content-type': 'application/json',
    'user-agent': 'MedCall-Webhook/1',
  };
  const outcome = await pinnedPost(check.target, taken.body, headers, {
    timeoutMs: deps.timeoutMs,
    signal,
  });
  if (outcome.kind === 'failed') return outcome;
  const { retryAfter, status } = outcome;
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status >= 300 && status < 400) return { kind: 'failed', why: 'redirect', status };
  // The receiver says that it will never want this again.
  if (status === 410) return { kind: 'failed', why: 'gone', status, forGood: true };
  const seconds = Number(retryAfter);
  return {
    kind: 'failed',
    why: 'status',
    status,
    ...(Number.isFinite(seconds) && seconds > 0 ? { askedMs: seconds * 1000 } : {}),
  };
}

function settle(deps: WebhookDeps, taken: Taken, result: Result): Promise<void> {
  return deps.db.asSystem('webhooks: note the outcome', async (trx) => {
    const now = deps.clock.now();
    if (result.kind === 'delivered') {
      await write(trx, taken.id, {
        status: 'delivered',
        response_status: result.status,
        error: null,
        next_attempt_at: null,
        delivered_at: new Date(now),
      });
      return;
    }
    const pause = result.forGood ? null : pauseAfter(taken.attempt, deps.backOff, result.askedMs);
    const at = pause === null ? null : new Date(now + pause);
    const changed = await write(trx, taken.id, {
      status: at === null ? 'dead' : 'failed',
      response_status: result.status ?? null,
      error: result.why,
      next_attempt_at: at,
    });
    if (!changed) return;
    if (at !== null) await enqueue(trx, 'webhook.deliver', taken.id, at);
    else await tellAdministrators(trx, taken.clinicaId, 'webhook.dead', { delivery_id: taken.id });
  });
}

interface Fate {
  status: 'delivered' | 'failed' | 'dead';
  response_status: number | null;
  error: string | null;
  next_attempt_at: Date | null;
  delivered_at?: Date;
}

/** A try that failed takes nothing back from another one that arrived meanwhile. */
async function write(trx: Trx, id: string, fate: Fate): Promise<boolean> {
  const row = await trx
    .updateTable('webhook_deliveries')
    .set(fate)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('status', '<>', 'delivered'), eb.val(fate.status === 'delivered')]))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
