import type { Trx } from '@medcall/service-kit';
import type { AuditProblem, ChainReport } from '@medcall/shared-types';
import { sql } from 'kysely';
import { chainStart, type LinkedRow, linkedColumns, linkHash, noClinic } from './chain-link.ts';
import type { HeadSigner, SignedHead } from './head-signer.ts';

const batch = 1_000;
/** More say nothing new: the first one is where to look. */
const shownProblems = 50;
/** A row is linked within seconds; later than this it was slipped in, or nobody links. */
const linkingGraceSeconds = 60;
/** How far rows of transactions that ran side by side may stand from the order of time. */
const disorderMs = 15 * 60_000;

export interface VerifyRequest {
  clinicaId: string;
  signer: HeadSigner;
  /** The head that was copied outside of the database; null when there is none. */
  anchor: SignedHead | null;
}

/**
 * Walks a clinic's chain from its first link and compares it with the rows, with every signed head and
 * with the head outside. Run it in a transaction that sees one moment (repeatable read).
 */
export async function verifyChain(trx: Trx, request: VerifyRequest): Promise<ChainReport> {
  const found = createFindings();
  const heads = await headsOf(trx, request.clinicaId);
  const wanted = new Map(heads.map((head) => [head.position, head]));
  const { anchor } = request;
  const walked = await walk(trx, request.clinicaId, found, (position, hash) => {
    const head = wanted.get(position);
    if (head && head.hash !== hash) found.add('head_mismatch', position, null);
    if (anchor?.position === position && anchor.hash !== hash) {
      found.add('anchor_mismatch', position, null);
    }
  });
  for (const head of heads) {
    if (!request.signer.verify(head)) found.add('head_forged', head.position, null);
  }
  const lastHead = heads.at(-1)?.position ?? 0;
  if (lastHead > walked.position) found.add('tail_missing', walked.position + 1, null);
  if (lastHead < walked.position) found.add('tail_unsigned', lastHead + 1, null);
  if (anchor && !request.signer.verify(anchor)) found.add('anchor_forged', anchor.position, null);
  if (anchor && anchor.position > walked.position) {
    found.add('tail_missing', walked.position + 1, null);
  }
  for (const id of await unlinkedRows(trx, request.clinicaId)) {
    found.add('row_not_linked', null, id);
  }
  return {
    clinica_id: request.clinicaId,
    ok: found.count === 0,
    rows: walked.position,
    head: walked.position === 0 ? null : walked.hash,
    anchored: anchor !== null,
    problems: found.list,
    problemCount: found.count,
  };
}

interface Findings {
  readonly list: AuditProblem[];
  count: number;
  add(kind: AuditProblem['kind'], position: number | null, auditId: string | null): void;
}

function createFindings(): Findings {
  const findings: Findings = {
    list: [],
    count: 0,
    add(kind, position, auditId) {
      findings.count += 1;
      if (findings.list.length < shownProblems) {
        findings.list.push({ kind, position, audit_id: auditId });
      }
    },
  };
  return findings;
}

type Link = { position: number; audit_id: string; prev_hash: string; hash: string } & {
  row: LinkedRow | null;
};

async function walk(
  trx: Trx,
  clinicaId: string,
  found: Findings,
  onLink: (position: number, hash: string) => void,
): Promise<{ position: number; hash: string }> {
  let position = 0;
  let hash = chainStart;
  let latestMs = 0;
  for (;;) {
    const links = await linksAfter(trx, clinicaId, position);
    for (const link of links) {
      if (link.position !== position + 1) found.add('link_missing', position + 1, null);
      if (link.prev_hash !== hash) found.add('link_broken', link.position, link.audit_id);
      if (link.row === null) found.add('row_missing', link.position, link.audit_id);
      else {
        const recomputed = linkHash(clinicaId, link.position, link.prev_hash, link.row);
        if (recomputed !== link.hash) found.add('row_changed', link.position, link.audit_id);
        const atMs = Date.parse(link.row.created_at);
        if (atMs < latestMs - disorderMs) found.add('row_backdated', link.position, link.audit_id);
        latestMs = Math.max(latestMs, atMs);
      }
      onLink(link.position, link.hash);
      position = link.position;
      hash = link.hash;
    }
    if (links.length < batch) return { position, hash };
  }
}

async function linksAfter(trx: Trx, clinicaId: string, position: number): Promise<Link[]> {
  const rows = await trx
    .selectFrom('audit_chain as c')
    .leftJoin('audit_logs as a', (join) =>
      join
        .onRef('a.id', '=', 'c.audit_id')
        .on(sql<boolean>`coalesce(a.clinica_id, ${noClinic}::uuid) = c.clinica_id`),
    )
    .select([
      sql<number>`c.position::float8`.as('position'),
      'c.audit_id',
      'c.prev_hash',
      'c.hash',
      'a.id as found',
    ])
    .select([...linkedColumns])
    .where('c.clinica_id', '=', clinicaId)
    .where('c.position', '>', position)
    .orderBy('c.position')
    .limit(batch)
    .execute();
  return rows.map(({ position: at, audit_id, prev_hash, hash, found, ...row }) => ({
    position: at,
    audit_id,
    prev_hash,
    hash,
    row: found === null ? null : row,
  }));
}

async function headsOf(trx: Trx, clinicaId: string): Promise<SignedHead[]> {
  const rows = await trx
    .selectFrom('audit_heads')
    .select(['clinica_id', 'position', 'hash', 'kid', 'signature'])
    .where('clinica_id', '=', clinicaId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

async function unlinkedRows(trx: Trx, clinicaId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('audit_logs as a')
    .leftJoin('audit_chain as c', 'c.audit_id', 'a.id')
    .select('a.id')
    .where(sql<boolean>`coalesce(a.clinica_id, ${noClinic}::uuid) = ${clinicaId}::uuid`)
    .where('c.audit_id', 'is', null)
    .where(sql<boolean>`a.created_at < now() - make_interval(secs => ${linkingGraceSeconds})`)
    .orderBy('a.seq')
    .limit(shownProblems)
    .execute();
  return rows.map(({ id }) => id);
}
