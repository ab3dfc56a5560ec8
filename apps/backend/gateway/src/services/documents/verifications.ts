import { AppError, type Database, type Trx } from '@medcall/service-kit';
import { documentTitles, type Verification } from '@medcall/shared-types';
import { filedSignature } from '../papers/filed-paper.ts';
import { readLetterhead, storedLetterhead } from '../papers/letterhead.ts';
import { normaliseCode } from '../papers/verification-code.ts';

/** Whether a paper at hand is genuine: what anybody with its code may learn. No clinical text. */
export interface Verifications {
  /** @throws AppError not_found for a code that was never printed */
  check(code: string): Promise<Verification>;
}

export function createVerifications(db: Database): Verifications {
  return {
    check: (written) =>
      db.asSystem(
        'check a printed code',
        async (trx) => {
          const code = normaliseCode(written);
          const found = (await signedNote(trx, code)) ?? (await approvedDocument(trx, code));
          if (found) return found;
          throw new AppError('not_found', {
            message: 'Nenhum documento tem este código. Confira letra por letra.',
          });
        },
        { readOnly: true },
      ),
  };
}

async function signedNote(trx: Trx, code: string): Promise<Verification | null> {
  const row = await trx
    .selectFrom('notes')
    .select([
      'id',
      'consultation_id',
      'hash',
      'signed_at',
      'pdf_sha256',
      'pdf_signature',
      'printed',
    ])
    .where('verification_code', '=', code)
    .executeTakeFirst();
  if (!row?.hash || !row.signed_at) return null;
  return {
    code,
    kind: 'note',
    title: documentTitles.note,
    status: 'valid',
    issuedAt: row.signed_at.toISOString(),
    revokedAt: null,
    hash: row.hash,
    pdfSha256: row.pdf_sha256,
    signature: filedSignature(row),
    addenda: await countAddenda(trx, row.id),
    ...(await issuerOf(trx, row)),
  };
}

async function approvedDocument(trx: Trx, code: string): Promise<Verification | null> {
  const row = await trx
    .selectFrom('documents')
    .select(['consultation_id', 'kind', 'status', 'hash', 'approved_at', 'revoked_at'])
    .select(['pdf_sha256', 'pdf_signature', 'printed'])
    .where('verification_code', '=', code)
    .executeTakeFirst();
  if (!row?.hash || !row.approved_at) return null;
  return {
    code,
    kind: row.kind,
    // The kind's own name: a title that a doctor wrote could say what the paper is about.
    title: documentTitles[row.kind],
    status: row.status === 'revoked' ? 'revoked' : 'valid',
    issuedAt: row.approved_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    hash: row.hash,
    pdfSha256: row.pdf_sha256,
    signature: filedSignature(row),
    addenda: 0,
    ...(await issuerOf(trx, row)),
  };
}

/** As printed; a paper older than its letterhead column gets the present names. */
async function issuerOf(
  trx: Trx,
  row: { consultation_id: string; printed: unknown },
): Promise<Pick<Verification, 'doctor' | 'clinic' | 'patientInitials'>> {
  const { doctor, clinic, patient } =
    storedLetterhead(row.printed) ?? (await readLetterhead(trx, row.consultation_id));
  return {
    doctor: { name: doctor.name, crm: doctor.crm },
    clinic: clinic.name,
    patientInitials: initialsOf(patient.name),
  };
}

/** `José Antônio de Souza` → `J. A. S.` */
export function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .filter((part) => part !== '' && !/^(d[aeo]s?|e)$/i.test(part))
    .map((part) => `${part[0]?.toUpperCase()}.`)
    .join(' ');
}

async function countAddenda(trx: Trx, noteId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('note_addenda')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('note_id', '=', noteId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
