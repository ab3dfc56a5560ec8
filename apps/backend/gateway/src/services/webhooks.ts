import { AppError, notFound, type Trx } from '@medcall/service-kit';
import type { UpdateWebhook, WebhookSettings } from '@medcall/shared-types';
import { type WebhookDeps, webhookSecretContext } from '../webhooks/webhook-deps.ts';
import { newWebhookSecret } from '../webhooks/webhook-signature.ts';
import { checkTarget } from '../webhooks/webhook-target.ts';
import { auditCall, type Calling } from './calling.ts';
import type { Member } from './members.ts';

/** The clinic's outgoing webhook, for its administrator. */
export interface Webhooks {
  settings(calling: Calling, member: Member): Promise<WebhookSettings>;
  /** The answer holds the secret when this call made one. @throws AppError validation_failed */
  update(calling: Calling, member: Member, wanted: UpdateWebhook): Promise<WebhookSettings>;
  /** A new secret, shown once; the old one signs beside it for a day. */
  renewSecret(calling: Calling, member: Member): Promise<WebhookSettings>;
}

const previousLivesMs = 24 * 3_600_000;

export function createWebhooks(deps: WebhookDeps): Webhooks {
  const { clock, db } = deps;

  const settings = async (calling: Calling, member: Member, secret?: string) => {
    const { dead, url } = await db.asUser(
      calling.caller,
      (trx) => readSettings(trx, member.clinicaId),
      { readOnly: true },
    );
    // That there is a secret the administrator may know; the secret itself nobody reads back.
    const hasSecret = await db.asSystem('webhooks: is there a secret', async (trx) => {
      const row = await secretRow(trx, member.clinicaId);
      return row?.webhook_secret_sealed != null;
    });
    return { url, dead, hasSecret, ...(secret === undefined ? {} : { secret }) };
  };

  const makeSecret = (clinicaId: string, mode: 'if_missing' | 'renew') =>
    db.asSystem('webhooks: make a secret', async (trx) => {
      const existing = await secretRow(trx, clinicaId);
      if (mode === 'if_missing' && existing?.webhook_secret_sealed) return undefined;
      const secret = newWebhookSecret();
      const set = {
        webhook_secret_sealed: deps.seal.seal(secret, webhookSecretContext(clinicaId)),
        webhook_previous_sealed: existing?.webhook_secret_sealed ?? null,
        webhook_previous_until: existing?.webhook_secret_sealed
          ? new Date(clock.now() + previousLivesMs)
          : null,
      };
      await trx
        .insertInto('clinic_secrets')
        .values({ clinica_id: clinicaId, ...set })
        .onConflict((conflict) => conflict.column('clinica_id').doUpdateSet(set))
        .execute();
      return secret;
    });

  return {
    settings: (calling, member) => settings(calling, member),

    async update(calling, member, { url }) {
      if (url !== null) await mustBeAcceptable(url, deps);
      const secret = url === null ? undefined : await makeSecret(member.clinicaId, 'if_missing');
      await db.asUser(calling.caller, async (trx) => {
        const changed = await trx
          .updateTable('clinicas')
          .set({ webhook_url: url })
          .where('id', '=', member.clinicaId)
          .returning('id')
          .executeTakeFirst();
        if (!changed) throw new AppError('forbidden');
        await auditWebhook(trx, calling, member, url === null ? 'off' : 'on');
      });
      return settings(calling, member, secret);
    },

    async renewSecret(calling, member) {
      await db.asUser(calling.caller, (trx) => auditWebhook(trx, calling, member, 'secret'));
      return settings(calling, member, await makeSecret(member.clinicaId, 'renew'));
    },
  };
}

async function mustBeAcceptable(url: string, deps: WebhookDeps): Promise<void> {
  const check = await checkTarget(url, deps.rules);
  if (check.kind === 'target') return;
  throw new AppError('validation_failed', {
    message:
      check.why === 'unresolved'
        ? 'O endereço do webhook não existe na internet.'
        : 'O endereço do webhook deve começar com https:// e ficar na internet pública.',
    details: [{ path: 'url', message: check.why }],
  });
}

function auditWebhook(
  trx: Trx,
  calling: Calling,
  member: Member,
  change: 'on' | 'off' | 'secret',
): Promise<string> {
  return auditCall(trx, calling, {
    action: 'webhook.configure',
    tableName: 'clinicas',
    recordId: member.clinicaId,
    changes: { webhook: change },
  });
}

async function readSettings(
  trx: Trx,
  clinicaId: string,
): Promise<{ url: string | null; dead: number }> {
  const clinic = await trx
    .selectFrom('clinicas')
    .select('webhook_url')
    .where('id', '=', clinicaId)
    .executeTakeFirst();
  if (!clinic) throw notFound();
  const counted = await trx
    .selectFrom('webhook_deliveries')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('status', '=', 'dead')
    .executeTakeFirstOrThrow();
  return { url: clinic.webhook_url, dead: Number(counted.n) };
}

function secretRow(trx: Trx, clinicaId: string) {
  return trx
    .selectFrom('clinic_secrets')
    .select('webhook_secret_sealed')
    .where('clinica_id', '=', clinicaId)
    .executeTakeFirst();
}
