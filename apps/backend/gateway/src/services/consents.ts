import { createHash } from 'node:crypto';
import { AppError, type Database, notFound, publish, type Trx } from '@medcall/service-kit';
import {
  type Consent,
  type ConsentType,
  consentTexts,
  type GiveConsent,
} from '@medcall/shared-types';
import { auditCall, type Calling } from './calling.ts';

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
            message: 'Na consulta online, só o paciente registra o próprio consentimento.',
          });
        }
        const row = await trx
          .insertInto('consents')
          .values({
            consultation_id: consultationId,
            type: given.type,
            accepted: given.accepted,
            text_version: text.version,
            text_hash: text.hash,
            signer_name: given.signer?.name ?? null,
            signer_relation: given.signer?.relation ?? null,
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

/** The text that stands behind a consent, by its hash; the version as the page that showed it names it. */
function agreedText(
  type: ConsentType,
  shown: string | undefined,
): { version: string; hash: string } {
  const { version, text } = consentTexts[type];
  return { version: shown ?? version, hash: createHash('sha256').update(text).digest('hex') };
}

function view(row: Omit<Consent, 'created_at'> & { created_at: Date }): Consent {
  return { ...row, created_at: row.created_at.toISOString() };
}
