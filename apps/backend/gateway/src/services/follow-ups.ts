import type { Clock, Database, Trx } from '@medcall/service-kit';
import type { FollowUp } from '@medcall/shared-types';
import type { Calling } from './calling.ts';
import { isoOf } from './consultation-view.ts';
import { samePerson } from './same-person.ts';
import { type SeenConsultation, seeConsultation } from './seen-consultation.ts';

/**
 * Chronic disease, or one that asks for long follow-up: a consultation in person with the attending
 * doctor at intervals of no more than 180 days (Res. CFM 2.314/2022, art. 6, § 2).
 */
export const longestWithoutInPersonDays = 180;

const dayMs = 86_400_000;

export interface FollowUps {
  /** Seen from one consultation: what its doctor should know before it begins. It forbids nothing. */
  of(calling: Pick<Calling, 'caller'>, id: string): Promise<FollowUp>;
}

export function createFollowUps(db: Database, clock: Clock): FollowUps {
  return {
    of: ({ caller }, id) =>
      db.asUser(
        caller,
        async (trx) => {
          const consultation = await seeConsultation(trx, id);
          return followUpOf(consultation, await pastWithDoctor(trx, consultation), clock.now());
        },
        { readOnly: true },
      ),
  };
}

interface Past {
  first: Date | null;
  lastInPerson: Date | null;
}

/** Long follow-up needs no diagnosis to be seen: the same doctor, at a distance only, for so long. */
export function followUpOf(
  consultation: Pick<SeenConsultation, 'type'>,
  { first, lastInPerson }: Past,
  now: number,
): FollowUp {
  const since = lastInPerson ?? first;
  const daysWithout = since ? Math.floor((now - since.getTime()) / dayMs) : null;
  const due =
    consultation.type === 'ONLINE' &&
    daysWithout !== null &&
    daysWithout > longestWithoutInPersonDays;
  return {
    limitDays: longestWithoutInPersonDays,
    firstSeenAt: isoOf(first),
    lastInPersonAt: isoOf(lastInPerson),
    daysWithout,
    due,
    warning: due
      ? `Há ${daysWithout} dias sem consulta presencial com você. Em doença crônica ou acompanhamento prolongado, o intervalo não deve passar de ${longestWithoutInPersonDays} dias (Resolução CFM 2.314/2022, art. 6º, § 2º).`
      : null,
  };
}

async function pastWithDoctor(trx: Trx, consultation: SeenConsultation): Promise<Past> {
  const row = await trx
    .selectFrom('consultations')
    .select((eb) => [
      eb.fn.min('started_at').as('first'),
      eb.fn.max('started_at').filterWhere('type', '=', 'PRESENCIAL').as('last_in_person'),
    ])
    .where('patient_id', 'in', samePerson(consultation.patient_id))
    .where('doctor_id', '=', consultation.doctor_id)
    .where('status', '=', 'COMPLETED')
    .where('id', '!=', consultation.id)
    .executeTakeFirstOrThrow();
  return { first: row.first, lastInPerson: row.last_in_person };
}
