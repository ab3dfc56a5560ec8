import { createPrivateKey, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Database, Logger } from '@medcall/service-kit';
import type { Seal } from '../keys/seal.ts';
import { type CertificateCheck, checkCertificate } from './check-certificate.ts';
import type { Signer } from './signer.ts';
import { faceOf, openStored } from './stored-certificate.ts';

export interface StoredSignerDeps extends CertificateCheck {
  db: Database;
  seal: Seal;
  logger: Logger;
}

/** In libuv's pool, off the loop. */
const signAside = promisify(sign);

/** Signs with the A1 certificate that a doctor has left here. */
export function createStoredSigner(deps: StoredSignerDeps): Signer {
  const { db, logger, seal } = deps;
  return {
    async ready(doctorId) {
      const row = await db.asSystem(
        'sign: the certificate of the doctor who issues a paper',
        (trx) =>
          trx
            .selectFrom('signing_certificates')
            .selectAll()
            .where('doctor_id', '=', doctorId)
            .executeTakeFirst(),
        { readOnly: true },
      );
      if (!row) return null;
      const { revocation } = await checkCertificate(deps, openStored(seal, row));
      if (revocation === 'unknown') {
        logger.warn({ certificateId: row.id }, 'a certificate signs without a list of revocations');
      }
      return faceOf(row);
    },

    async keyOf({ id }) {
      const row = await db.asSystem(
        'sign: the key of a paper that is drawn',
        (trx) =>
          trx
            .selectFrom('signing_certificates')
            .select(['id', 'key_sealed'])
            .where('id', '=', id)
            .executeTakeFirst(),
        { readOnly: true },
      );
      if (!row) return null;
      const stored = openStored(seal, row);
      const key = createPrivateKey({ key: stored.key, format: 'der', type: 'pkcs8' });
      return {
        chain: [stored.leaf, ...stored.others].map(({ raw }) => raw),
        sign: (bytes) => signAside('sha256', bytes, key),
      };
    },
  };
}
