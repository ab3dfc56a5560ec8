import { enqueue, type Trx } from '@medcall/service-kit';
import { type NotificationKind, notificationKind } from '@medcall/shared-types';
import { type Composed, compose, type FixedMessage, fixedMessage } from './compose.ts';
import { composeForMember } from './compose-for-member.ts';
import type { MessageDeps } from './message-deps.ts';
import { fail } from './outcome.ts';
import type { PatientMessageKind } from './texts/consultation-texts.ts';
import type { MemberMessageKind } from './texts/incident-texts.ts';

export interface Claimed {
  id: string;
  attempt: number;
  message: FixedMessage;
  /** The same for every repetition of the message; another when a person asks for it again. */
  key: string;
  /** An earlier try may have gone through: its outcome is not known. */
  uncertain: boolean;
  /** When that try, or this one, began. */
  since: Date;
}

/** What there is to do for a message now. */
export type Claim =
  | { kind: 'nothing' }
  | { kind: 'send'; claimed: Claimed }
  | { kind: 'look_up'; claimed: Claimed };

/**
 * Takes a message for one try, in a transaction of its own: afterwards the row says that a try is
 * under way, so that whoever comes later knows that it may have gone through.
 */
export function claim(deps: MessageDeps, id: string): Promise<Claim> {
  return deps.db.asSystem('messages: take one for sending', async (trx) => {
    const row = await lockRow(trx, id);
    if (!row || row.channel === 'app') return { kind: 'nothing' };
    const now = deps.clock.now();
    const dueAt = Math.max(row.scheduled_for.getTime(), row.next_attempt_at?.getTime() ?? 0);
    // A job for the later moment is there already.
    if (dueAt > now) return { kind: 'nothing' };
    switch (row.status) {
      case 'queued':
        return begin(trx, row, deps, false);
      case 'sending':
        return takeUp(trx, row, deps);
      default:
        return { kind: 'nothing' };
    }
  });
}

/** Locks the message and says whether this try is still the one that has it: another may have taken over. */
export async function isStillMine(trx: Trx, { id, attempt }: Claimed): Promise<boolean> {
  const row = await trx
    .selectFrom('notifications')
    .select('id')
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .where('attempts', '=', attempt)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

async function lockRow(trx: Trx, id: string) {
  return trx
    .selectFrom('notifications')
    .select([
      'id',
      'consultation_id',
      'member_id',
      'params',
      'channel',
      'kind',
      'status',
      'attempts',
      'resends',
      'scheduled_for',
      'next_attempt_at',
      'sending_since',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}
type Row = NonNullable<Awaited<ReturnType<typeof lockRow>>>;

/** Whoever sent before is gone or got no answer: perhaps it went out. */
async function takeUp(trx: Trx, row: Row, deps: MessageDeps): Promise<Claim> {
  const now = deps.clock.now();
  if (row.channel === 'email') {
    const first = await firstTry(trx, row.id);
    // The vendor has forgotten the key: from here on a repetition would be a second mail.
    if (!first || now - first.getTime() > deps.mailer.keyLivesMs) {
      await fail(trx, row.id, 'outcome_unknown');
      return { kind: 'nothing' };
    }
    return begin(trx, row, deps, true);
  }
  const since = row.sending_since ?? new Date(now);
  const visibleAt = since.getTime() + deps.sms.visibleAfterMs;
  if (visibleAt > now) {
    await enqueue(trx, 'notification.send', row.id, new Date(visibleAt));
    return { kind: 'nothing' };
  }
  const message = await kept(trx, row.id, deps);
  if (!message) {
    await fail(trx, row.id, 'outcome_unknown');
    return { kind: 'nothing' };
  }
  const claimed = {
    id: row.id,
    attempt: row.attempts,
    message,
    key: keyOf(row),
    uncertain: true,
    since,
  };
  return { kind: 'look_up', claimed };
}

async function begin(trx: Trx, row: Row, deps: MessageDeps, uncertain: boolean): Promise<Claim> {
  // What may have gone out is repeated to the letter; what certainly did not is written anew, because
  // the consultation may have moved in the meantime.
  const message = uncertain ? await kept(trx, row.id, deps) : await fix(trx, row, deps);
  if (!message) {
    if (uncertain) await fail(trx, row.id, 'outcome_unknown');
    return { kind: 'nothing' };
  }
  const now = new Date(deps.clock.now());
  await trx
    .updateTable('notifications')
    .set({
      status: 'sending',
      attempts: row.attempts + 1,
      sending_since: now,
      next_attempt_at: null,
      recipient_hash: deps.recipientHash(message.to),
      error: null,
    })
    .where('id', '=', row.id)
    .execute();
  const claimed = {
    id: row.id,
    attempt: row.attempts + 1,
    message,
    key: keyOf(row),
    uncertain,
    since: now,
  };
  return { kind: 'send', claimed };
}

/** Writes the message and keeps it to the letter; null when there is none to send. */
async function fix(trx: Trx, row: Row, deps: MessageDeps): Promise<FixedMessage | null> {
  const composed = await composeFor(trx, row, deps);
  switch (composed.kind) {
    case 'void':
      await trx
        .updateTable('notifications')
        .set({ status: 'cancelled' })
        .where('id', '=', row.id)
        .execute();
      return null;
    case 'failed':
      await fail(trx, row.id, composed.reason);
      return null;
    case 'message': {
      const sealed = deps.seal.seal(JSON.stringify(composed.message), sealContext(row.id));
      const at = new Date(deps.clock.now());
      await trx
        .insertInto('notification_messages')
        .values({ notification_id: row.id, sealed, created_at: at })
        .onConflict((conflict) =>
          conflict.column('notification_id').doUpdateSet({ sealed, created_at: at }),
        )
        .execute();
      return composed.message;
    }
  }
}

async function composeFor(trx: Trx, row: Row, deps: MessageDeps): Promise<Composed> {
  const kind = notificationKind.parse(row.kind);
  if (row.member_id !== null && row.channel === 'email' && isForMembers(kind)) {
    return composeForMember(trx, { memberId: row.member_id, kind, params: row.params }, deps);
  }
  if (row.consultation_id === null || (row.channel !== 'email' && row.channel !== 'sms')) {
    return { kind: 'void' };
  }
  const wanted = { channel: row.channel, scheduledFor: row.scheduled_for };
  return compose(trx, row.consultation_id, { ...wanted, kind: kind as PatientMessageKind }, deps);
}

function isForMembers(kind: NotificationKind): kind is MemberMessageKind {
  return kind === 'incident.due_soon' || kind === 'incident.overdue';
}

async function kept(trx: Trx, id: string, deps: MessageDeps): Promise<FixedMessage | null> {
  const row = await trx
    .selectFrom('notification_messages')
    .select('sealed')
    .where('notification_id', '=', id)
    .executeTakeFirst();
  return row ? fixedMessage.parse(JSON.parse(deps.seal.open(row.sealed, sealContext(id)))) : null;
}

async function firstTry(trx: Trx, id: string): Promise<Date | null> {
  const row = await trx
    .selectFrom('notification_messages')
    .select('created_at')
    .where('notification_id', '=', id)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

function sealContext(id: string): string {
  return `notification:${id}`;
}

function keyOf(row: { id: string; resends: number }): string {
  return row.resends === 0 ? row.id : `${row.id}/${row.resends}`;
}
