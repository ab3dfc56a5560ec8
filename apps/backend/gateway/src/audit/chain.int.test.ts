import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit, createFolderStore, createLogger } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import type { AuditAction, AuditProblem, ChainReport } from '@medcall/shared-types';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownerOf } from '../testing/owner-client.ts';
import { aClinic, type TestClinic } from '../testing/world.ts';
import { createAuditVerification } from './audit-verification.ts';
import { type LinkedRow, linkHash } from './chain-link.ts';
import { createChainLinker } from './chain-linker.ts';
import { createHeadAnchor, type HeadAnchor } from './head-anchor.ts';
import { createHeadSigner } from './head-signer.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
let database: TestDatabase;
let owner: pg.Client;
let folder: string;
let clinic: TestClinic;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await ownerOf({ database });
  // What a person with the whole database in hand can do: triggers and keys do not bind him.
  await owner.query('set session_replication_role = replica');
  folder = await mkdtemp(join(tmpdir(), 'medcall-audit-'));
});
afterAll(async () => {
  await owner?.end();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const signer = createHeadSigner(randomBytes(32));
let anchor: HeadAnchor;
const partsWith = (by = signer) => {
  const deps = { db: database.database, signer: by, anchor, logger, anchorEveryMs: 0 };
  return { linker: createChainLinker(deps), verification: createAuditVerification(deps) };
};

async function write(count: number, action: AuditAction = 'patient.read'): Promise<string[]> {
  const ids: string[] = [];
  await database.database.asSystem('test', async (trx) => {
    for (let index = 0; index < count; index += 1) {
      ids.push(await audit(trx, { action, clinicaId: clinic.id, recordId: `r${index}` }));
    }
  });
  return ids;
}

async function linkAll(linker = partsWith().linker): Promise<void> {
  while ((await linker.linkOnce()) > 0);
}

async function report(by = signer): Promise<ChainReport> {
  const all = await partsWith(by).verification.ofAll();
  const found = all.find((one) => one.clinica_id === clinic.id);
  if (!found) throw new Error('the clinic has no chain');
  return found;
}
const kinds = ({ problems }: ChainReport): AuditProblem['kind'][] => [
  ...new Set(problems.map(({ kind }) => kind)),
];

interface Link {
  position: string;
  audit_id: string;
  prev_hash: string;
  hash: string;
}
const links = async (): Promise<Link[]> =>
  (
    await owner.query<Link>('select * from audit_chain where clinica_id = $1 order by position', [
      clinic.id,
    ])
  ).rows;

/** What whoever has the database, but not the key, can rebuild. */
async function recompute(): Promise<{ position: number; hash: string }> {
  const { rows } = await owner.query<LinkedRow & { position: string }>(
    `select c.position, a.id::text, a.seq::text, a.clinica_id::text, a.user_id::text, a.actor_kind, a.actor_name,
       to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at,
       a.action, a.outcome, a.table_name, a.record_id, a.patient_id::text, a.changes, host(a.ip) as ip, a.request_id
     from audit_chain c join audit_logs a on a.id = c.audit_id
     where c.clinica_id = $1 order by c.position`,
    [clinic.id],
  );
  let hash = '0'.repeat(64);
  let position = 0;
  for (const { position: old, ...row } of rows) {
    position += 1;
    const prev = hash;
    hash = linkHash(clinic.id, position, prev, row);
    await owner.query(
      'update audit_chain set prev_hash = $1, hash = $2, position = $3 where clinica_id = $4 and position = $5',
      [prev, hash, position, clinic.id, old],
    );
  }
  return { position, hash };
}

beforeEach(async () => {
  anchor = createHeadAnchor(createFolderStore(folder));
  clinic = await aClinic({ database });
});
afterEach(async () => {
  await owner.query('delete from app.audit_pending');
});

describe('the audit chain', () => {
  it('links every committed row once, in one unbroken chain with a signed end', async () => {
    const ids = await write(7);
    await linkAll();
    await write(3);
    await linkAll();
    const chain = await links();
    expect(chain.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(chain.slice(0, 7).map(({ audit_id }) => audit_id)).toEqual(ids);
    expect(await report()).toMatchObject({ ok: true, rows: 10, anchored: true, problems: [] });
  });

  it('keeps no row of a transaction that was rolled back, and the chains of clinics apart', async () => {
    const other = await aClinic({ database });
    await database.database
      .asSystem('test', async (trx) => {
        await audit(trx, { action: 'patient.read', clinicaId: clinic.id });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await write(2);
    await database.database.asSystem('test', (trx) =>
      audit(trx, { action: 'patient.read', clinicaId: other.id }),
    );
    await linkAll();
    expect(await links()).toHaveLength(2);
    expect(await report()).toMatchObject({ ok: true, rows: 2 });
  });

  it('a broken chain holds back nobody but its own clinic, and is told', async () => {
    await write(3);
    await linkAll();
    await owner.query('delete from audit_chain where clinica_id = $1 and position = 3', [
      clinic.id,
    ]);
    // More than one round takes, older than everything of the other clinic.
    await write(600);
    const other = await aClinic({ database });
    await database.database.asSystem('test', (trx) =>
      audit(trx, { action: 'patient.read', clinicaId: other.id }),
    );
    const told: unknown[] = [];
    const deps = { db: database.database, signer, anchor, anchorEveryMs: 0 };
    const linker = createChainLinker({
      ...deps,
      logger: Object.assign(createLogger({ service: 'test', level: 'silent' }), {
        error: (fields: unknown) => void told.push(fields),
      }),
    });
    await linkAll(linker);
    const { rows } = await owner.query('select 1 from audit_chain where clinica_id = $1', [
      other.id,
    ]);
    expect(rows).toHaveLength(1);
    expect(told).toEqual([{ alarm: 'audit_chain', clinicaId: clinic.id }]);
  });

  it('an unreadable copy outside stops nobody but its own clinic', async () => {
    const other = await aClinic({ database });
    await database.database.asSystem('test', (trx) =>
      audit(trx, { action: 'patient.read', clinicaId: other.id }),
    );
    await write(1);
    const readable = anchor;
    anchor = {
      ...readable,
      read: async (id) => {
        if (id === clinic.id) throw new Error('garbage');
        return readable.read(id);
      },
    };
    await linkAll();
    expect(await links()).toHaveLength(0);
    const { rows } = await owner.query('select 1 from audit_chain where clinica_id = $1', [
      other.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('the head outside never goes back, whoever writes last', async () => {
    const head = (position: number) =>
      signer.sign({ clinica_id: clinic.id, position, hash: 'a'.repeat(64) });
    await anchor.write(head(9));
    await anchor.write(head(100));
    await anchor.write(head(10));
    expect(await anchor.read(clinic.id)).toMatchObject({ position: 100 });
  });

  it('does not fork under 50 concurrent writers and four linkers', async () => {
    const linkers = Array.from({ length: 4 }, () => partsWith().linker);
    let writing = true;
    const linking = linkers.map(async (linker) => {
      while (writing) await linker.linkOnce();
    });
    const writers = Array.from({ length: 50 }, async () => {
      for (let round = 0; round < 4; round += 1) await write(2);
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(linking);
    await linkAll();
    const chain = await links();
    expect(chain).toHaveLength(400);
    expect(new Set(chain.map(({ prev_hash }) => prev_hash)).size).toBe(400);
    expect(await report()).toMatchObject({ ok: true, rows: 400 });
  });

  it('detects an edited row', async () => {
    const [, second] = await write(4);
    await linkAll();
    await owner.query("update audit_logs set actor_name = 'Outra Pessoa' where id = $1", [second]);
    const found = await report();
    expect(found.ok).toBe(false);
    expect(found.problems).toEqual([{ kind: 'row_changed', position: 2, audit_id: second }]);
  });

  it.each([
    ['user_id', 'gen_random_uuid()'],
    ['action', "'note.read'"],
    ['created_at', "created_at + interval '1 microsecond'"],
    ['changes', `'{"kind": "x"}'`],
    ['ip', "'192.0.2.7'"],
    ['outcome', "'denied'"],
    ['record_id', "'other'"],
  ])('covers the column %s', async (column, value) => {
    const [first] = await write(1);
    await linkAll();
    await owner.query(`update audit_logs set ${column} = ${value} where id = $1`, [first]);
    expect(kinds(await report())).toEqual(['row_changed']);
  });

  it('detects a removed row, with or without its link', async () => {
    const [, second, third] = await write(4);
    await linkAll();
    await owner.query('delete from audit_logs where id = $1', [third]);
    expect((await report()).problems).toEqual([
      { kind: 'row_missing', position: 3, audit_id: third },
    ]);
    await owner.query('delete from audit_logs where id = $1', [second]);
    await owner.query('delete from audit_chain where audit_id = any($1)', [[second, third]]);
    expect(kinds(await report())).toEqual(expect.arrayContaining(['link_missing', 'link_broken']));
  });

  it('detects an inserted row: outside of the chain, or dated back before it was linked', async () => {
    await write(3);
    await linkAll();
    await owner.query(
      `insert into audit_logs (action, actor_kind, clinica_id, created_at)
       values ('patient.read', 'medico', $1, now() - interval '2 minutes')`,
      [clinic.id],
    );
    expect(kinds(await report())).toEqual(['row_not_linked']);
    await owner.query("delete from audit_logs where clinica_id = $1 and actor_kind = 'medico'", [
      clinic.id,
    ]);
    await owner.query('set session_replication_role = origin');
    await owner.query(
      `insert into audit_logs (action, actor_kind, clinica_id, created_at)
       values ('patient.read', 'medico', $1, now() - interval '2 days')`,
      [clinic.id],
    );
    await owner.query('set session_replication_role = replica');
    await linkAll();
    expect(kinds(await report())).toEqual(['row_backdated']);
  });

  it('detects two rows that changed places', async () => {
    const [, second, third] = await write(4);
    await linkAll();
    const [, link2, link3] = await links();
    await owner.query('delete from audit_chain where audit_id in ($1, $2)', [second, third]);
    for (const [link, row] of [
      [link2, third],
      [link3, second],
    ] as const) {
      await owner.query(
        'insert into audit_chain (clinica_id, position, audit_id, prev_hash, hash) values ($1, $2, $3, $4, $5)',
        [clinic.id, link?.position, row, link?.prev_hash, link?.hash],
      );
    }
    expect((await report()).problems).toMatchObject([
      { kind: 'row_changed', position: 2 },
      { kind: 'row_changed', position: 3 },
    ]);
    await owner.query(
      `update audit_chain set position = case position when 2 then 3 when 3 then 2 else position end + 1000
       where clinica_id = $1 and position in (2, 3)`,
      [clinic.id],
    );
    await owner.query(
      'update audit_chain set position = position - 1000 where clinica_id = $1 and position > 1000',
      [clinic.id],
    );
    expect(kinds(await report())).toContain('link_broken');
  });

  it('detects a tail that was cut, also when its heads went with it', async () => {
    const ids = await write(5);
    await linkAll();
    const cut = ids.slice(3);
    await owner.query('delete from audit_chain where audit_id = any($1)', [cut]);
    await owner.query('delete from audit_logs where id = any($1)', [cut]);
    expect(kinds(await report())).toEqual(['tail_missing']);
    await owner.query('delete from audit_heads where clinica_id = $1', [clinic.id]);
    expect(kinds(await report())).toEqual(expect.arrayContaining(['tail_missing']));
  });

  it('detects a whole chain that was computed anew, also with heads signed by another key', async () => {
    const [first] = await write(4);
    await linkAll();
    await owner.query("update audit_logs set actor_name = 'Outra Pessoa' where id = $1", [first]);
    const end = await recompute();
    expect(kinds(await report())).toEqual(
      expect.arrayContaining(['head_mismatch', 'anchor_mismatch']),
    );
    const forged = createHeadSigner(randomBytes(32)).sign({ clinica_id: clinic.id, ...end });
    await owner.query(
      'update audit_heads set hash = $1, signature = $2, kid = $3 where clinica_id = $4 and position = $5',
      [forged.hash, forged.signature, forged.kid, clinic.id, end.position],
    );
    expect(kinds(await report())).toEqual(
      expect.arrayContaining(['head_forged', 'anchor_mismatch']),
    );
    await owner.query('update audit_heads set kid = $1 where clinica_id = $2 and position = $3', [
      signer.kid,
      clinic.id,
      end.position,
    ]);
    expect(kinds(await report())).toContain('head_forged');
  });

  it('detects links that were added without the key', async () => {
    await write(2);
    await linkAll();
    await owner.query(
      `insert into audit_logs (action, actor_kind, clinica_id) values ('patient.read', 'medico', $1)`,
      [clinic.id],
    );
    await owner.query(
      `insert into audit_chain (clinica_id, position, audit_id, prev_hash, hash)
       select $1, 3, id, repeat('0', 64), repeat('0', 64) from audit_logs where clinica_id = $1 and actor_kind = 'medico'`,
      [clinic.id],
    );
    await recompute();
    expect(kinds(await report())).toEqual(['tail_unsigned']);
  });

  it('is not put on top of a chain that was cut: the damage stays to be seen', async () => {
    const ids = await write(5);
    await linkAll();
    const cut = ids.slice(3);
    await owner.query('delete from audit_chain where audit_id = any($1)', [cut]);
    await owner.query('delete from audit_logs where id = any($1)', [cut]);
    await owner.query('delete from audit_heads where clinica_id = $1', [clinic.id]);
    await write(1);
    expect(await partsWith().linker.linkOnce()).toBe(0);
    expect(await links()).toHaveLength(3);
    expect(kinds(await report())).toContain('tail_missing');
  });

  it('goes on under a new key when the old one’s public half is known', async () => {
    await write(2);
    await linkAll();
    const next = createHeadSigner(randomBytes(32), [signer.publicKey]);
    await write(2);
    await linkAll(partsWith(next).linker);
    expect(await report(next)).toMatchObject({ ok: true, rows: 4 });
    expect(kinds(await report(createHeadSigner(randomBytes(32))))).toContain('head_forged');
  });
});
