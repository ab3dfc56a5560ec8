import type { Database, Logger, ObjectStore } from '@medcall/service-kit';
import { type AuditVerification, createAuditVerification } from '../audit/audit-verification.ts';
import { type ChainLinker, createChainLinker } from '../audit/chain-linker.ts';
import { createHeadAnchor } from '../audit/head-anchor.ts';
import { createHeadSigner, headSeed } from '../audit/head-signer.ts';
import type { GatewayEnv } from '../config/env.ts';

/** What keeps and proves the audit chain; the key and one copy of each head stay outside of the database. */
export function createAuditParts(parts: {
  env: GatewayEnv;
  db: Database;
  logger: Logger;
  rootKey: Uint8Array;
  store: ObjectStore;
}): { chainLinker: ChainLinker; auditVerification: AuditVerification } {
  const { env, db, logger, rootKey, store } = parts;
  const signer = createHeadSigner(
    headSeed(env.AUDIT_SIGNING_KEY, rootKey),
    env.AUDIT_PUBLIC_KEYS.map((raw) => Buffer.from(raw, 'base64')),
  );
  const anchor = createHeadAnchor(store);
  return {
    chainLinker: createChainLinker({ db, signer, anchor, logger }),
    auditVerification: createAuditVerification({ db, signer, anchor }),
  };
}
