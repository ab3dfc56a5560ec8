/**
 * Walks every audit chain and says what is wrong; exit 1 when something is. Needs the gateway's
 * environment: database, data folder or keys, object store. `npm run audit:verify` gives it.
 */
import { ConfigError, createDatabase, createLogger } from '@medcall/service-kit';
import type { AuditProblem, ChainReport } from '@medcall/shared-types';
import { readGatewayEnv } from './config/env.ts';
import { createAuditParts } from './container/audit-parts.ts';
import { objectStoreOf } from './container/foundation.ts';
import { sealKey } from './keys/seal-key.ts';

const meaning: Record<AuditProblem['kind'], string> = {
  row_changed: 'linha alterada',
  row_missing: 'linha retirada',
  row_not_linked: 'linha fora da corrente (inserida, ou a ligação está parada)',
  row_backdated: 'linha inserida com data antiga',
  link_broken: 'ordem ou elo alterado',
  link_missing: 'elo retirado',
  tail_missing: 'fim da corrente cortado',
  tail_unsigned: 'fim da corrente sem assinatura',
  head_forged: 'assinatura falsa ou de chave desconhecida',
  head_mismatch: 'corrente refeita: não confere com a cabeça assinada',
  anchor_forged: 'cópia externa da cabeça com assinatura falsa',
  anchor_mismatch: 'corrente refeita: não confere com a cópia externa da cabeça',
};

function print(report: ChainReport): void {
  const state = report.ok ? 'íntegra' : `${report.problemCount} problema(s)`;
  const outside = report.anchored ? '' : ' (sem cópia externa da cabeça)';
  console.log(`${report.clinica_id}  ${report.rows} linhas  ${state}${outside}`);
  for (const { kind, position, audit_id } of report.problems) {
    console.log(`  posição ${position ?? '-'}  ${audit_id ?? '-'}  ${meaning[kind]}`);
  }
}

async function main(): Promise<boolean> {
  const env = readGatewayEnv(process.env);
  const logger = createLogger({ service: 'audit-verify', level: 'warn' });
  const db = createDatabase({
    url: env.DATABASE_URL,
    applicationName: 'medcall-audit-verify',
    poolSize: 2,
    systemRole: 'medcall_gateway',
    logger,
  });
  try {
    const { auditVerification, chainLinker } = createAuditParts({
      env,
      db,
      logger,
      rootKey: await sealKey(env.KEY_ENCRYPTION_KEY, env.DATA_DIR),
      store: objectStoreOf(env),
    });
    // What waits is linked first: with the gateway down, waiting is no sign of anything.
    while ((await chainLinker.linkOnce()) > 0);
    const reports = await auditVerification.ofAll();
    for (const report of reports) if (report.rows > 0 || !report.ok) print(report);
    const wrong = reports.filter(({ ok }) => !ok).length;
    console.log(wrong === 0 ? 'auditoria íntegra' : `${wrong} corrente(s) com problema`);
    return wrong === 0;
  } finally {
    await db.close();
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 2;
}
