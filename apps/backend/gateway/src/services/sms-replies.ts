import { audit, type Clock, type Database, enqueue, type Trx } from '@medcall/service-kit';
import { parsePhone } from '@medcall/utils';
import type { KeyedHash } from '../keys/derive-key.ts';
import { tellDoctor } from '../messages/tell-people.ts';
import { standingCard } from './same-person.ts';

export type Answer = 'confirmed' | 'declined' | 'other';

export interface InboundSms {
  /** The vendor's id of the message: the same however often it is delivered. */
  providerId: string;
  from: string;
  body: string;
}

/** What patients answer to a reminder. */
export interface SmsReplies {
  /** @returns the pt-BR sentence that goes back, or null for silence */
  receive(sms: InboundSms): Promise<string | null>;
}

export interface SmsRepliesDeps {
  db: Database;
  clock: Clock;
  recipientHash: KeyedHash;
}

export function createSmsReplies({ db, clock, recipientHash }: SmsRepliesDeps): SmsReplies {
  return {
    receive: ({ body, from, providerId }) =>
      db.asSystem('messages: a patient answered', async (trx) => {
        const answer = readAnswer(body);
        const phone = parsePhone(from) ?? from;
        const asked = await lastAsked(trx, recipientHash(phone), clock.now());
        const first = await trx
          .insertInto('sms_replies')
          .values({ provider_id: providerId, notification_id: asked?.id ?? null, answer })
          .onConflict((conflict) => conflict.doNothing())
          .returning('provider_id')
          .executeTakeFirst();
        // Said already, perhaps about another consultation since: a repetition answers nothing.
        if (!first) return null;
        if (!asked) return 'Nao encontramos consulta a confirmar neste numero. Fale com a clinica.';
        if (answer === 'other')
          return 'Responda SIM para confirmar a consulta ou NAO se nao puder vir.';
        await note(trx, asked, answer, new Date(clock.now()));
        return answer === 'confirmed'
          ? 'Presenca confirmada. Obrigado!'
          : 'Obrigado por avisar. A clinica vai falar com voce sobre outro horario.';
      }),
  };
}

/** "Sim!", "s", "NÃO posso" and the like: by the first word. */
export function readAnswer(text: string): Answer {
  const [first = ''] = text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (['sim', 's', 'ss', 'confirmo', 'confirmado', 'ok', '1'].includes(first)) return 'confirmed';
  if (['nao', 'n', 'nn', 'cancelar', 'desmarcar', '2'].includes(first)) return 'declined';
  return 'other';
}

/** The newest message to this number about a consultation that is still to come. */
async function lastAsked(trx: Trx, recipient: Buffer, now: number) {
  return (
    trx
      .selectFrom('notifications as n')
      .innerJoin('consultations as c', 'c.id', 'n.consultation_id')
      .select([
        'n.id',
        'c.id as consultation_id',
        'c.clinica_id',
        'c.patient_id',
        'c.patient_answer',
      ])
      .where('n.channel', '=', 'sms')
      .where('n.recipient_hash', '=', recipient)
      .where('n.status', 'in', ['sent', 'delivered', 'sending', 'unknown'])
      .where('c.status', '=', 'WAITING')
      .where('c.scheduled_at', '>', new Date(now))
      // Two consultations: the answer is to the question that came last.
      .orderBy('n.sending_since', 'desc')
      .limit(1)
      .forUpdate('c')
      .executeTakeFirst()
  );
}

async function note(
  trx: Trx,
  asked: NonNullable<Awaited<ReturnType<typeof lastAsked>>>,
  answer: 'confirmed' | 'declined',
  at: Date,
): Promise<void> {
  if (asked.patient_answer === answer) return;
  await trx
    .updateTable('consultations')
    .set({ patient_answer: answer, patient_answered_at: at })
    .where('id', '=', asked.consultation_id)
    .execute();
  await audit(trx, {
    action: `consultation.patient_${answer}`,
    tableName: 'consultations',
    recordId: asked.consultation_id,
    patientId: asked.patient_id,
    clinicaId: asked.clinica_id,
    actorKind: 'paciente',
  });
  await tellDoctor(trx, asked.consultation_id, `patient.${answer}`);
  if (answer === 'declined') return;
  const patient = await trx
    .selectFrom('patients')
    .select('email')
    .where('id', '=', standingCard(asked.patient_id))
    .executeTakeFirst();
  if (!patient?.email) return;
  const { id } = await trx
    .insertInto('notifications')
    .values({
      clinica_id: asked.clinica_id,
      consultation_id: asked.consultation_id,
      patient_id: asked.patient_id,
      channel: 'email',
      kind: 'consultation.confirmation',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(trx, 'notification.send', id);
}
