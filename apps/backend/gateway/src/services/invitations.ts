import { randomUUID } from 'node:crypto';
import {
  AppError,
  audit,
  type Clock,
  type Database,
  notFound,
  publish,
  type Trx,
} from '@medcall/service-kit';
import {
  type CreatedInvitation,
  type CreateInvitation,
  type ExchangedInvitation,
  type ExchangeInvitation,
  type InvitationKind,
  isOpen,
  type RoomConsultation,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { type BirthDateCheck, checkBirthDate, refuseUnless, right } from './birth-date-check.ts';
import { auditCall, type Calling } from './calling.ts';
import { isoOf } from './consultation-view.ts';
import { hashOfToken, type InvitationTokens, invitationUrl } from './invitation-tokens.ts';
import { askForMessages } from './patient-messages.ts';
import { signRoomToken } from './room-tokens.ts';
import { isPersonOf } from './same-person.ts';

/** From the booked time, or from now: enough for a late start, too short for a link found a month later. */
const validMs = 24 * 3_600_000;
const documentsValidMs = 30 * 24 * 3_600_000;

/** Links by which people without an account enter one room. */
export interface Invitations {
  create(calling: Calling, wanted: CreateInvitation): Promise<CreatedInvitation>;
  revoke(calling: Calling, id: string): Promise<void>;
  /**
   * Again and again until the consultation ends (documents: 30 days): a reload or another device is the
   * same person. A link to documents opens with the patient's birth date only.
   */
  exchange(
    wanted: ExchangeInvitation,
    origin: { ip: string; requestId: string },
  ): Promise<ExchangedInvitation>;
}

export interface InvitationsDeps {
  db: Database;
  keys: SigningKeys;
  clock: Clock;
  tokens: InvitationTokens;
  frontendUrl: string;
}

export function createInvitations(deps: InvitationsDeps): Invitations {
  const { clock, db, keys } = deps;
  return {
    create: (calling, wanted) =>
      db.asUser(calling.caller, (trx) => create(trx, calling, wanted, deps)),

    revoke: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        const row = await trx
          .updateTable('invitations')
          .set({ revoked_at: new Date(clock.now()) })
          .where('id', '=', id)
          .returning(['consultation_id'])
          .executeTakeFirst();
        if (!row) throw notFound();
        await auditCall(trx, calling, {
          action: 'invitation.revoke',
          tableName: 'invitations',
          recordId: id,
        });
        await publish(trx, { type: 'consultation_changed', consultation_id: row.consultation_id });
      }),

    async exchange({ token, birthDate }, origin) {
      const result = await db.asSystem('exchange an invitation', (trx) =>
        tryExchange(trx, { token, birthDate }, origin, clock.now()),
      );
      // After the commit: a refusal that rolled back would count no tries.
      refuseUnless(result.check);
      const { invited } = result;
      const accessToken = await signRoomToken(
        keys,
        {
          participantSub: invited.participant_sub,
          roomId: invited.room_id,
          consultationId: invited.consultation_id,
          invitationId: invited.id,
          role: invited.kind === 'guest' ? 'convidado' : 'paciente',
        },
        clock.now(),
      );
      return { accessToken, consultation: roomView(invited) };
    },
  };
}

async function create(
  trx: Trx,
  calling: Calling,
  wanted: CreateInvitation,
  { clock, frontendUrl, tokens }: InvitationsDeps,
): Promise<CreatedInvitation> {
  const consultation = await invitable(trx, wanted);
  const id = randomUUID();
  const token = tokens.tokenOf(id);
  const row = await trx
    .insertInto('invitations')
    .values({
      id,
      consultation_id: wanted.consultationId,
      kind: wanted.kind,
      name: wanted.name ?? (wanted.kind === 'guest' ? null : consultation.patient_name),
      token_hash: hashOfToken(token),
      created_by: calling.caller.sub,
      expires_at: expiryOf(wanted.kind, clock.now(), consultation.scheduled_at),
    })
    .returning(['id', 'expires_at'])
    .executeTakeFirstOrThrow();
  await auditCall(trx, calling, {
    action: 'invitation.create',
    tableName: 'invitations',
    recordId: row.id,
    patientId: consultation.patient_id,
    changes: { kind: wanted.kind },
  });
  await askForMessages(
    trx,
    { ...consultation, id: wanted.consultationId },
    // A companion is told by the patient: the card has no address of theirs.
    wanted.kind === 'guest' ? [] : (wanted.send ?? []),
    wanted.kind === 'documents' ? 'consultation.documents' : 'consultation.invitation',
  );
  const url = invitationUrl(frontendUrl, consultation.room_id, token);
  return { id: row.id, url, token, expiresAt: row.expires_at.toISOString() };
}

/** What became of an attempt: written down either way, refused by the caller after the commit. */
async function tryExchange(
  trx: Trx,
  { token, birthDate }: ExchangeInvitation,
  origin: { ip: string; requestId: string },
  now: number,
): Promise<{ check: BirthDateCheck; invited: InvitedRow }> {
  const invited = await findByToken(trx, token);
  mustBeUsable(invited, now);
  const check =
    invited.kind === 'documents' ? await checkBirthDate(trx, invited, birthDate) : right;
  if (check.kind === 'right') {
    await trx
      .updateTable('invitations')
      .set((eb) => ({ exchanges: eb('exchanges', '+', 1), last_exchanged_at: new Date(now) }))
      .where('id', '=', invited.id)
      .execute();
  }
  await audit(trx, {
    action: 'invitation.exchange',
    outcome: check.kind === 'right' ? 'ok' : 'failed',
    tableName: 'invitations',
    recordId: invited.id,
    patientId: invited.patient_id,
    clinicaId: invited.clinica_id,
    actorKind: invited.kind === 'guest' ? 'convidado' : 'paciente',
    userId: invited.participant_sub,
    ...origin,
  });
  return { check, invited };
}

async function invitable(trx: Trx, wanted: CreateInvitation) {
  const consultation = await trx
    .selectFrom('consultations as c')
    .innerJoin('patients as p', (join) => join.on(isPersonOf('p.id', 'c.patient_id')))
    .select(['c.room_id', 'c.status', 'c.scheduled_at', 'c.clinica_id', 'c.patient_id'])
    .select(['p.name as patient_name', 'p.email', 'p.phone'])
    .select(sql<string | null>`app.birth_date_of(c.patient_id)`.as('birth_date'))
    .select(sql<boolean>`app.has_approved_documents(c.id)`.as('has_documents'))
    .where('c.id', '=', wanted.consultationId)
    .executeTakeFirst();
  if (!consultation) throw notFound();
  if (wanted.kind === 'documents') mustHaveDocuments(consultation);
  else if (!isOpen(consultation.status)) throw new AppError('consultation_ended');
  return consultation;
}

function mustHaveDocuments(consultation: {
  has_documents: boolean;
  birth_date: string | null;
}): void {
  if (!consultation.has_documents) {
    throw new AppError('validation_failed', {
      message: 'Esta consulta não tem documentos aprovados para compartilhar.',
    });
  }
  if (consultation.birth_date === null) {
    throw new AppError('conflict', {
      message: 'Complete a data de nascimento do paciente: ela abre o link dos documentos.',
    });
  }
}

function expiryOf(kind: InvitationKind, now: number, scheduledAt: Date | null): Date {
  if (kind === 'documents') return new Date(now + documentsValidMs);
  return new Date(Math.max(now, scheduledAt?.getTime() ?? 0) + validMs);
}

async function findByToken(trx: Trx, token: string) {
  const found = await selectInvited(trx)
    .where('i.token_hash', '=', hashOfToken(token))
    .executeTakeFirst();
  if (!found) throw notInvited();
  return found;
}

/** An invitation with what its bearer may know of the consultation. */
export function selectInvited(trx: Trx) {
  return trx
    .selectFrom('invitations as i')
    .innerJoin('consultations as c', 'c.id', 'i.consultation_id')
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .innerJoin('clinicas as k', 'k.id', 'c.clinica_id')
    .select([
      'i.id',
      'i.kind',
      'i.name',
      'i.participant_sub',
      'i.expires_at',
      'i.revoked_at',
      'c.id as consultation_id',
      'c.room_id',
      'c.status',
      'c.type',
      'c.scheduled_at',
      'c.ai_enabled',
      'c.patient_id',
      'c.clinica_id',
      'd.nome as doctor_name',
      'k.nome as clinic_name',
      'k.telefone as clinic_phone',
    ]);
}

export type InvitedRow = Awaited<ReturnType<ReturnType<typeof selectInvited>['execute']>>[number];

/** @throws AppError not_found when revoked or too old, consultation_ended when the room is closed */
export function mustBeUsable(invited: InvitedRow, now: number): void {
  if (invited.revoked_at !== null) throw notInvited();
  // Documents outlive their consultation.
  if (invited.kind !== 'documents' && !isOpen(invited.status)) {
    throw new AppError('consultation_ended');
  }
  if (invited.expires_at.getTime() <= now) throw notInvited();
}

export function roomView(invited: InvitedRow): RoomConsultation {
  const guest = invited.kind === 'guest';
  return {
    id: invited.consultation_id,
    roomId: invited.room_id,
    status: invited.status,
    type: invited.type,
    scheduled_at: isoOf(invited.scheduled_at),
    ai_enabled: invited.ai_enabled,
    doctorName: invited.doctor_name,
    clinicName: invited.clinic_name,
    clinicPhone: invited.clinic_phone,
    participantName: invited.name ?? (guest ? 'Convidado' : 'Paciente'),
    role: guest ? 'guest' : 'patient',
  };
}

function notInvited(): AppError {
  return new AppError('not_found', {
    message: 'Este convite não é válido. Peça um novo à clínica.',
  });
}
