import { createHash } from 'node:crypto';
import { AppError, type Database, notFound, publish, type Trx } from '@medcall/service-kit';
import {
  type Consent,
  type ConsentRefusal,
  type ConsentTextView,
  type ConsentType,
  consentRefusalMessages,
  consentTexts,
  consentTypes,
  earlierConsentTexts,
  type GiveConsent,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import { guardiansOf } from './patient-guardians.ts';

/** What was agreed to: a withdrawal is a new row, and the latest of a type wins. */
export interface Consents {
  /** Newest first. */
  list(calling: Calling, consultationId: string): Promise<Consent[]>;
  /** By the patient's room token, or by the doctor for what was said in person. */
  give(calling: Calling, consultationId: string, given: GiveConsent): Promise<Consent>;
}

const columns = [
  'id',
  'consultation_id',
  'type',
  'accepted',
  'text_version',
  'text_hash',
  'signer_name',
  'signer_relation',
  'guardian_id',
  'created_at',
] as const;

export function createConsents(db: Database): Consents {
  return {
    list: (calling, consultationId) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          await mustSee(trx, consultationId);
          const rows = await trx
            .selectFrom('consents')
            .select(columns)
            .where('consultation_id', '=', consultationId)
            .orderBy('position', 'desc')
            .execute();
          return rows.map(view);
        },
        { readOnly: true },
      ),

    give: (calling, consultationId, given) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await mustSee(trx, consultationId);
        const text = agreedText(given.type, given.textVersion);
        const byPatient = calling.caller.kind === 'patient';
        if (!byPatient && consultation.type !== 'PRESENCIAL') {
          throw new AppError('forbidden', {
            message: consentRefusalMessages.patient_alone,
          });
        }
        const signer = await signerOf(trx, consultation, given, byPatient);
        const row = await trx
          .insertInto('consents')
          .values({
            consultation_id: consultationId,
            type: given.type,
            accepted: given.accepted,
            text_version: text.version,
            text_hash: text.hash,
            signer_name: signer.name,
            signer_relation: signer.relation,
            guardian_id: signer.guardianId,
            location: given.location ?? null,
            signer_sub: calling.caller.sub,
            given_by: byPatient ? 'patient' : 'doctor',
            ip: calling.ip,
            user_agent: calling.userAgent,
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        await auditCall(trx, calling, {
          action: given.accepted ? 'consent.give' : 'consent.withdraw',
          tableName: 'consents',
          recordId: row.id,
          patientId: consultation.patient_id,
          changes: { type: given.type, accepted: given.accepted },
        });
        await publish(trx, {
          type: 'consent_changed',
          consultation_id: consultationId,
          consent_type: given.type,
          accepted: given.accepted,
        });
        return view(row);
      }),
  };
}

async function mustSee(trx: Trx, consultationId: string) {
  const consultation = await trx
    .selectFrom('consultations')
    .select(['id', 'type', 'patient_id'])
    .where('id', '=', consultationId)
    .executeTakeFirst();
  if (!consultation) throw notFound();
  return consultation;
}

const ourVersion = /^(care|recording|ai)-\d{4}-\d{2}/;

/**
 * The text that stands behind a consent. A version of ours that is not of this type, or that we no longer
 * know, means that the person read something else: he is asked again. Another maker's page may use a
 * name of its own for the current text.
 */
function agreedText(
  type: ConsentType,
  shown: string | undefined,
): { version: string; hash: string } {
  const current = consentTexts[type];
  const known = [current, ...earlierConsentTexts[type]].find(({ version }) => version === shown);
  if (known) return { version: known.version, hash: textHash(known.text) };
  if (shown !== undefined && ourVersion.test(shown)) {
    throw new AppError('conflict', {
      message: consentRefusalMessages.text_changed,
    });
  }
  return { version: shown ?? current.version, hash: textHash(current.text) };
}

function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The texts in use, with the hash that a consent to each carries. */
export function currentConsentTexts(): ConsentTextView[] {
  return consentTypes.map((type) => {
    const { version, title, text } = consentTexts[type];
    return { type, version, title, text, hash: textHash(text) };
  });
}

interface Signer {
  name: string | null;
  relation: string | null;
  guardianId: string | null;
}

/**
 * Who signs: the one who is named, else an adult himself. Never inferred from an earlier signature: a tick of
 * the child's would stand as the mother's. A minor accepts nothing himself (Código Civil, arts. 3º a 5º); a
 * withdrawal is always possible, and without a name nobody knows whether it was his or a guardian's.
 * @throws AppError validation_failed
 */
async function signerOf(
  trx: Trx,
  { id, patient_id }: { id: string; patient_id: string },
  { signer, accepted }: GiveConsent,
  byPatient: boolean,
): Promise<Signer> {
  const { rows } = await sql<{ name: string; minor: boolean }>`
    select name, minor from app.signing_patient(${id}::uuid)`.execute(trx);
  const patient = rows[0];
  const named = signer && (await namedSigner(trx, patient_id, signer, byPatient));
  if (patient?.minor && accepted && (!named || isPatient(named, patient.name))) {
    throw refusedSigner('guardian_signs', 'signer');
  }
  if (named) return named;
  return patient?.minor
    ? { name: null, relation: null, guardianId: null }
    : { name: patient?.name ?? null, relation: 'o próprio paciente', guardianId: null };
}

async function namedSigner(
  trx: Trx,
  patientId: string,
  { name, relation, guardian_id }: NonNullable<GiveConsent['signer']>,
  byPatient: boolean,
): Promise<Signer> {
  if (guardian_id === undefined) return { name, relation, guardianId: null };
  // The bearer of a link sees no card but the patient's.
  if (byPatient) throw refusedSigner('guardian_by_staff', 'signer.guardian_id');
  const guardian = (await guardiansOf(trx, patientId)).find((one) => one.id === guardian_id);
  if (!guardian) throw refusedSigner('not_guardian', 'signer.guardian_id');
  return {
    name: guardian.name,
    relation: guardian.relation ?? relation,
    guardianId: guardian_id,
  };
}

/** What somebody calls himself who signs for himself, folded; "mãe do paciente" is not among it. */
const ownRelation =
  /^((o |a )?(propri[oa] )?paciente|(o |a )?propri[oa]|(eu|ele|ela)( mesm[oa])?|(o |a )?titular)$/;
const guardianRelation =
  /^(o |a |meu |minha )?(pai|mae|padrasto|madrasta|avo|ti[oa]|irma|irmao|tutora?|curadora?|guardia|guardiao|responsavel|representante)\b/;

/** A father may have his child's name: then his relation decides. A card of the record is another's always. */
function isPatient({ guardianId, name, relation }: Signer, patientName: string): boolean {
  if (guardianId !== null) return false;
  const said = folded(relation ?? '');
  if (ownRelation.test(said)) return true;
  return folded(name ?? '') === folded(patientName) && !guardianRelation.test(said);
}

function folded(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function refusedSigner(reason: ConsentRefusal, path: string): AppError {
  const message = consentRefusalMessages[reason];
  return new AppError('validation_failed', { message, details: [{ path, message }] });
}

function view(row: Omit<Consent, 'created_at'> & { created_at: Date }): Consent {
  return { ...row, created_at: row.created_at.toISOString() };
}
