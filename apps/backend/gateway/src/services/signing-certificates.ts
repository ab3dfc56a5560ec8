import { randomUUID } from 'node:crypto';
import { AppError, audit, type Trx } from '@medcall/service-kit';
import type {
  AuditAction,
  SigningCertificate,
  SigningCertificateStatus,
  StoreSigningCertificate,
} from '@medcall/shared-types';
import { factsOf } from '../signing/certificate-facts.ts';
import { CertificateRefused } from '../signing/certificate-refused.ts';
import { checkCertificate } from '../signing/check-certificate.ts';
import { openPkcs12 } from '../signing/open-pkcs12.ts';
import { isSamePerson } from '../signing/same-person.ts';
import type { Signer } from '../signing/signer.ts';
import { type CertificateRow, faceOf, sealStored } from '../signing/stored-certificate.ts';
import type { StoredSignerDeps } from '../signing/stored-signer.ts';
import { medicoOf } from './agenda/booking-calendar.ts';
import type { Calling } from './calling.ts';
import type { Member } from './members.ts';

/** A doctor leaves the A1 certificate here that signs his papers, and takes it away. */
export interface SigningCertificates {
  status(calling: Calling, member: Member): Promise<SigningCertificateStatus>;
  /** In place of the one that was there. @throws CertificateRefused */
  store(
    calling: Calling,
    member: Member,
    given: StoreSigningCertificate,
  ): Promise<SigningCertificateStatus>;
  /** Done also without one. What was signed stays signed. */
  remove(calling: Calling, member: Member): Promise<void>;
}

export type SigningCertificatesDeps = StoredSignerDeps & { signer: Signer };

const columns = [
  'id',
  'doctor_id',
  'holder',
  'cpf',
  'issuer',
  'serial',
  'fingerprint',
  'not_before',
  'not_after',
  'is_test',
  'created_at',
] as const;

export function createSigningCertificates(deps: SigningCertificatesDeps): SigningCertificates {
  const { clock, db, seal, signer, trust } = deps;

  const status: SigningCertificates['status'] = async (calling, member) => {
    const doctorId = medicoOf(member);
    const row = await db.asUser(
      calling.caller,
      (trx) =>
        trx
          .selectFrom('signing_certificates')
          .select(columns)
          .where('doctor_id', '=', doctorId)
          .executeTakeFirst(),
      { readOnly: true },
    );
    const certificate = row ? viewOf(row, await problemOf(signer, doctorId)) : null;
    return { available: !trust.isEmpty, certificate };
  };

  return {
    status,

    async store(calling, member, given) {
      const doctorId = medicoOf(member);
      const opened = openPkcs12(Buffer.from(given.file, 'base64'), given.password);
      const { isTest } = await checkCertificate(deps, opened);
      const facts = factsOf(opened.leaf);
      if (!facts.maySign) throw new CertificateRefused('not_for_signing');
      const id = randomUUID();
      await db.asSystem('a doctor leaves a certificate', async (trx) => {
        const doctor = await trx
          .selectFrom('medicos')
          .select('nome')
          .where('id', '=', doctorId)
          .executeTakeFirstOrThrow();
        if (!isSamePerson(doctor.nome, facts.holder)) throw new CertificateRefused('other_person');
        await replace(trx, doctorId, facts.cpf);
        await trx
          .insertInto('signing_certificates')
          .values({
            id,
            doctor_id: doctorId,
            key_sealed: sealStored(seal, id, opened),
            holder: facts.holder,
            cpf: facts.cpf,
            issuer: facts.issuer,
            serial: facts.serial,
            fingerprint: facts.fingerprint,
            not_before: facts.notBefore,
            not_after: facts.notAfter,
            is_test: isTest,
            created_at: new Date(clock.now()),
          })
          .execute();
        const { fingerprint } = facts;
        await audit(trx, entryOf(calling, member, 'certificate.store', id, { fingerprint }));
      });
      return status(calling, member);
    },

    async remove(calling, member) {
      const doctorId = medicoOf(member);
      await db.asSystem('a doctor takes a certificate away', async (trx) => {
        const gone = await trx
          .deleteFrom('signing_certificates')
          .where('doctor_id', '=', doctorId)
          .returning(['id', 'fingerprint'])
          .executeTakeFirst();
        if (!gone) return;
        const { fingerprint, id } = gone;
        await audit(trx, entryOf(calling, member, 'certificate.remove', id, { fingerprint }));
      });
    },
  };
}

/**
 * Takes away the certificate that a new one follows. A registration holds no CPF, so the one that was accepted
 * before is what a namesake's is told by.
 * @throws CertificateRefused other_cpf
 */
async function replace(trx: Trx, doctorId: string, cpf: string | null): Promise<void> {
  const before = await trx
    .deleteFrom('signing_certificates')
    .where('doctor_id', '=', doctorId)
    .returning('cpf')
    .executeTakeFirst();
  if (cpf === null || before === undefined || before.cpf === null || before.cpf === cpf) return;
  throw new CertificateRefused('other_cpf');
}

/** People may neither write nor delete keys: the system does it in their name. */
function entryOf(
  { caller, ip, requestId }: Calling,
  { clinicaId }: Member,
  action: AuditAction,
  recordId: string,
  changes: { fingerprint: string },
) {
  return {
    action,
    tableName: 'signing_certificates',
    recordId,
    changes,
    userId: caller.sub,
    clinicaId,
    actorKind: 'medico',
    ip,
    requestId,
  } as const;
}

/** Why it cannot sign now, in words; null while it can. */
async function problemOf(signer: Signer, doctorId: string): Promise<string | null> {
  try {
    await signer.ready(doctorId);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return error.message;
    throw error;
  }
}

function viewOf(
  row: Omit<CertificateRow, 'key_sealed'>,
  problem: string | null,
): SigningCertificate {
  return {
    ...faceOf(row),
    validFrom: row.not_before.toISOString(),
    validUntil: row.not_after.toISOString(),
    problem,
    createdAt: row.created_at.toISOString(),
  };
}
