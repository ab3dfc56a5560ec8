import {
  type Database,
  type Logger,
  type Repetition,
  repeatEvery,
  type Trx,
} from '@medcall/service-kit';
import { sql } from 'kysely';
import { type LinkedRow, lastLink, linkedColumns, linkHash } from './chain-link.ts';
import type { HeadAnchor } from './head-anchor.ts';
import type { HeadSigner, SignedHead } from './head-signer.ts';

/**
 * Links committed audit rows into their clinic's chain and signs its end. Writers never touch the chain:
 * extended by them it forks under concurrency. One process links at a time (advisory lock); the others
 * find the lock taken and go home.
 */
export interface ChainLinker {
  /** @returns how many rows were linked; 0 when there were none or another process links */
  linkOnce(): Promise<number>;
  start(): void;
  /** Links what is left and puts the last heads outside. */
  stop(): Promise<void>;
}

export interface ChainLinkerDeps {
  db: Database;
  signer: HeadSigner;
  anchor: HeadAnchor;
  logger: Logger;
  everyMs?: number;
  /** How often a clinic's head is copied outside while its chain grows. */
  anchorEveryMs?: number;
}

/** Rows of one clinic in one transaction. */
const batch = 500;
const alarmEveryMs = 60_000;
/** Any constant: the same in all our processes, another than other locks use. */
const lockId = 7_116_201_026;

export function createChainLinker(deps: ChainLinkerDeps): ChainLinker {
  const { db, signer, logger, everyMs = 1_000 } = deps;
  const anchors = createAnchors(deps);
  const alarm = createAlarm(deps);
  let repetition: Repetition | undefined;

  /** One clinic by itself: what is wrong with a chain or its copy stops no other. */
  const linkClinic = async (clinic: string): Promise<number> => {
    const trusted = await anchors.latest(clinic);
    const result = await db.asSystem('link the audit chain', async (trx): Promise<Linked> => {
      if (!(await takeLock(trx))) return { state: 'elsewhere' };
      return linkRows(trx, signer, clinic, trusted);
    });
    if (result.state === 'broken') {
      alarm(clinic, undefined, 'audit chain does not continue its signed head: its rows wait');
    }
    if (result.state !== 'linked') return 0;
    anchors.seen(result.head);
    return result.rows;
  };

  const linkOnce = async (): Promise<number> => {
    let rows = 0;
    for (const clinic of await waitingClinics(db)) {
      try {
        rows += await linkClinic(clinic);
      } catch (error) {
        alarm(clinic, error, 'audit rows of a clinic could not be linked');
      }
    }
    // The last head of a busy hour is copied outside in the quiet that follows too.
    await anchors.flush(false);
    return rows;
  };

  return {
    linkOnce,
    start() {
      repetition ??= repeatEvery(everyMs, linkOnce, (err) =>
        logger.error({ err }, 'audit rows could not be linked'),
      );
    },
    async stop() {
      await repetition?.stop();
      repetition = undefined;
      try {
        while ((await linkOnce()) >= batch);
        await anchors.flush(true);
      } catch (err) {
        logger.warn({ err }, 'the last audit rows are linked by the next process');
      }
    },
  };
}

/** The newest head of each clinic that this process trusts, and its copy outside. */
function createAnchors({ anchor, signer, logger, anchorEveryMs = 10_000 }: ChainLinkerDeps) {
  const latest = new Map<string, SignedHead | null>();
  const unwritten = new Map<string, SignedHead>();
  let writtenAt = 0;
  return {
    async latest(clinic: string): Promise<SignedHead | null> {
      const known = latest.get(clinic);
      if (known !== undefined) return known;
      const found = await anchor.read(clinic);
      if (found && !signer.verify(found)) {
        logger.error({ clinicaId: clinic }, 'the audit head outside of the database is not ours');
      }
      latest.set(clinic, found);
      return found;
    },
    seen(head: SignedHead): void {
      latest.set(head.clinica_id, head);
      unwritten.set(head.clinica_id, head);
    },
    async flush(now: boolean): Promise<void> {
      if (unwritten.size === 0 || (!now && Date.now() - writtenAt < anchorEveryMs)) return;
      writtenAt = Date.now();
      const failures: unknown[] = [];
      for (const [clinic, head] of [...unwritten]) {
        try {
          await anchor.write(head);
          if (unwritten.get(clinic) === head) unwritten.delete(clinic);
        } catch (error) {
          // The next clinic's copy may succeed, and this one is tried again.
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Logs what is wrong with a clinic's chain at once, then every minute while it lasts. */
function createAlarm({ logger }: ChainLinkerDeps) {
  const lastAt = new Map<string, number>();
  return (clinicaId: string, err: unknown, message: string): void => {
    const now = Date.now();
    if (now - (lastAt.get(clinicaId) ?? 0) < alarmEveryMs) return;
    lastAt.set(clinicaId, now);
    logger.error({ alarm: 'audit_chain', clinicaId, ...(err ? { err } : {}) }, message);
  };
}

/** Clinics with rows that wait: one step of the index for each, however many rows a broken chain holds back. */
async function waitingClinics(db: Database): Promise<string[]> {
  const { rows } = await db.asSystem(
    'which audit chains wait for links',
    (trx) =>
      sql<{ clinic: string }>`
        with recursive waiting as (
          (select clinica_id from app.audit_pending order by clinica_id limit 1)
          union all
          select (select p.clinica_id from app.audit_pending p
                  where p.clinica_id > w.clinica_id order by p.clinica_id limit 1)
          from waiting w where w.clinica_id is not null
        )
        select clinica_id::text as clinic from waiting where clinica_id is not null`.execute(trx),
    { readOnly: true },
  );
  return rows.map(({ clinic }) => clinic);
}

async function takeLock(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${lockId}::bigint) as taken`.execute(trx);
  return rows[0]?.taken ?? false;
}

type Linked =
  | { state: 'linked'; head: SignedHead; rows: number }
  /** Cut or changed: nothing is put on top of it. */
  | { state: 'broken' }
  | { state: 'nothing' }
  /** Another process links at this moment. */
  | { state: 'elsewhere' };

async function linkRows(
  trx: Trx,
  signer: HeadSigner,
  clinic: string,
  anchor: SignedHead | null,
): Promise<Linked> {
  const rows: LinkedRow[] = await trx
    .selectFrom('app.audit_pending as p')
    .innerJoin('audit_logs as a', 'a.id', 'p.audit_id')
    .select([...linkedColumns])
    .where('p.clinica_id', '=', clinic)
    .orderBy('p.seq')
    .limit(batch)
    .execute();
  if (rows.length === 0) return { state: 'nothing' };
  if (!(await continues(trx, clinic, signer, anchor))) return { state: 'broken' };
  return { state: 'linked', head: await extend(trx, signer, clinic, rows), rows: rows.length };
}

/** True when the chain ends at its signed head and still holds the head that was copied outside. */
async function continues(
  trx: Trx,
  clinic: string,
  signer: HeadSigner,
  anchor: SignedHead | null,
): Promise<boolean> {
  const end = await lastLink(trx, clinic);
  const head = await latestHead(trx, clinic);
  if (end.position !== (head?.position ?? 0)) return false;
  if (head && (head.hash !== end.hash || !signer.verify(head))) return false;
  if (anchor === null) return true;
  const anchored = await trx
    .selectFrom('audit_chain')
    .select('hash')
    .where('clinica_id', '=', clinic)
    .where('position', '=', anchor.position)
    .executeTakeFirst();
  return signer.verify(anchor) && anchored?.hash === anchor.hash;
}

async function latestHead(trx: Trx, clinic: string): Promise<SignedHead | null> {
  const row = await trx
    .selectFrom('audit_heads')
    .select(['clinica_id', 'position', 'hash', 'kid', 'signature'])
    .where('clinica_id', '=', clinic)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, position: Number(row.position) } : null;
}

async function extend(
  trx: Trx,
  signer: HeadSigner,
  clinic: string,
  rows: readonly LinkedRow[],
): Promise<SignedHead> {
  let { position, hash } = await lastLink(trx, clinic);
  const links = rows.map((row) => {
    position += 1;
    const prev = hash;
    hash = linkHash(clinic, position, prev, row);
    return { clinica_id: clinic, position, audit_id: row.id, prev_hash: prev, hash };
  });
  await trx.insertInto('audit_chain').values(links).execute();
  const head = signer.sign({ clinica_id: clinic, position, hash });
  await trx.insertInto('audit_heads').values(head).execute();
  await trx
    .deleteFrom('app.audit_pending')
    .where(
      'audit_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return head;
}
