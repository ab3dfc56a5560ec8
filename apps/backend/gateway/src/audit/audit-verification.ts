import { audit, type Database } from '@medcall/service-kit';
import type { ChainReport } from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from '../services/calling.ts';
import { noClinic } from './chain-link.ts';
import { verifyChain } from './chain-verifier.ts';
import type { HeadAnchor } from './head-anchor.ts';
import type { HeadSigner } from './head-signer.ts';

/** Whether anybody changed the audit log behind the application's back. */
export interface AuditVerification {
  /** An administrator's own clinic. */
  ofClinic(calling: Calling, clinicaId: string): Promise<ChainReport>;
  /** Every chain, also of rows that belong to no clinic: for the operator's command. */
  ofAll(): Promise<ChainReport[]>;
}

/** Both walks see one moment: rows that are linked meanwhile are not half there. */
const oneMoment = { readOnly: true, isolation: 'repeatable read' } as const;

export function createAuditVerification(deps: {
  db: Database;
  signer: HeadSigner;
  anchor: HeadAnchor;
}): AuditVerification {
  const { db, signer, anchor } = deps;
  const request = async (clinicaId: string) => ({
    clinicaId,
    signer,
    // Before the walk: a head that is copied meanwhile would lie beyond its end.
    anchor: await anchor.read(clinicaId),
  });
  return {
    async ofClinic(calling, clinicaId) {
      const asked = await request(clinicaId);
      const report = await db.asUser(calling.caller, (trx) => verifyChain(trx, asked), oneMoment);
      await db.asUser(calling.caller, (trx) =>
        auditCall(trx, calling, {
          action: 'audit.verify',
          outcome: report.ok ? 'ok' : 'failed',
          tableName: 'audit_chain',
          changes: { rows: report.rows, problems: report.problemCount },
        }),
      );
      return report;
    },

    async ofAll() {
      const clinics = await clinicsWithRows(db);
      const reports: ChainReport[] = [];
      for (const clinic of clinics) {
        const asked = await request(clinic);
        reports.push(
          await db.asSystem('verify an audit chain', (trx) => verifyChain(trx, asked), oneMoment),
        );
      }
      await db.asSystem('audit the verification', (trx) =>
        audit(trx, {
          action: 'audit.verify_all',
          outcome: reports.every(({ ok }) => ok) ? 'ok' : 'failed',
          changes: { chains: reports.length },
        }),
      );
      return reports;
    },
  };
}

/** Also clinics whose chain was removed whole: their rows, or their heads, are still there. */
async function clinicsWithRows(db: Database): Promise<string[]> {
  const { rows } = await db.asSystem(
    'which audit chains there are',
    (trx) =>
      sql<{ clinic: string }>`
        select id::text as clinic from clinicas
        union select clinica_id::text from audit_chain
        union select clinica_id::text from audit_heads
        union select ${noClinic}
        order by 1`.execute(trx),
    { readOnly: true },
  );
  return rows.map(({ clinic }) => clinic);
}
