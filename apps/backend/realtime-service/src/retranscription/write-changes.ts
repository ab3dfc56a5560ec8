import { randomUUID } from 'node:crypto';
import type { DB, Trx } from '@medcall/service-kit';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { HeardUtterance } from './heard-again.ts';
import { planChanges } from './plan-changes.ts';

type Row = Selectable<DB['transcriptions']>;

/** Utterances that were added, changed, joined and kept; `rows` is how many people see afterwards. */
export interface Written {
  added: number;
  changed: number;
  joined: number;
  kept: number;
  rows: number;
}

/** With more in a statement nobody is served sooner. */
const rowsAtOnce = 100;

/**
 * Puts what was heard in the place of what machines heard before, all of it or nothing: the transaction is the
 * caller's. An utterance keeps its id, so that sentences of a note, questions and coverage go on pointing at
 * it; the text that it had becomes a row of its own whose place it takes.
 */
export async function writeChanges(
  trx: Trx,
  at: { roomId: string; retranscriptionId: string },
  heard: readonly HeardUtterance[],
): Promise<Written> {
  // Whoever corrects a row meanwhile waits, and then finds the new text.
  const stored = await trx
    .selectFrom('transcriptions')
    .selectAll()
    .where('room_id', '=', at.roomId)
    .orderBy('id')
    .forUpdate()
    .execute();
  const byId = new Map(stored.map((row) => [row.id, row]));
  const plan = planChanges(
    stored.map((row) => ({
      id: row.id,
      streamId: row.stream_id,
      speaker: row.speaker,
      rawText: row.raw_text ?? row.text,
      engine: row.engine,
      startMs: row.start_ms,
      endMs: row.end_ms,
      supersededBy: row.superseded_by,
      editedFrom: row.edited_from,
    })),
    heard,
  );
  await insertAll(
    trx,
    plan.added.map((one) => ({
      ...newRow(one),
      room_id: at.roomId,
      retranscription_id: at.retranscriptionId,
    })),
  );
  await insertAll(
    trx,
    plan.parts.map((one) => ({ ...newRow(one), room_id: at.roomId, superseded_by: one.into })),
  );
  const before = plan.changed.flatMap(({ heard: { event } }) => byId.get(event.id) ?? []);
  await insertAll(
    trx,
    before.map((row) => earlierText(row, at.retranscriptionId)),
  );
  for (const { heard: one, speaker } of plan.changed) {
    await trx
      .updateTable('transcriptions')
      .set({ ...saidIn(one), speaker, revision: sql<number>`revision + 1` })
      .where('id', '=', one.event.id)
      .execute();
  }
  for (const { id, into } of plan.joined) {
    await trx
      .updateTable('transcriptions')
      .set({ superseded_by: into, retranscription_id: at.retranscriptionId })
      .where('id', '=', id)
      .execute();
  }
  const seen = stored.filter((row) => row.superseded_by === null).length;
  return {
    added: plan.added.length,
    changed: plan.changed.length,
    joined: plan.joined.length,
    kept: plan.kept,
    rows: seen + plan.added.length - plan.joined.length,
  };
}

function newRow(one: HeardUtterance) {
  const { id, participantId, revision, speaker, timestamp } = one.event;
  return {
    ...saidIn(one),
    id,
    speaker,
    timestamp,
    revision,
    participant_id: participantId,
    stream_id: one.streamId,
  };
}

function saidIn({ engine, event, rawText, textRevision }: HeardUtterance) {
  return {
    text: event.text,
    raw_text: rawText,
    start_ms: event.startMs,
    end_ms: event.endMs,
    confidence: event.confidence,
    engine,
    text_revision: textRevision,
  };
}

/** What stood in a row, as a row that nobody reads by itself any more. */
function earlierText(row: Row, retranscriptionId: string): Insertable<DB['transcriptions']> {
  return {
    ...row,
    id: randomUUID(),
    from_sample: null,
    superseded_by: row.id,
    retranscription_id: retranscriptionId,
  };
}

async function insertAll(
  trx: Trx,
  rows: ReadonlyArray<Insertable<DB['transcriptions']>>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await trx
      .insertInto('transcriptions')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
  }
}
