import type { Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { BookingPerson } from './booking-deps.ts';

/**
 * The card of who booked. A known CPF with the same birth date is that person, whose contacts stay as
 * the clinic wrote them down: a stranger who knows both must not turn the messages towards himself. A
 * known CPF with another birth date may be anybody: a card of its own without the CPF, which the front
 * desk finds among the duplicates. The visitor sees no difference.
 */
export async function cardFor(trx: Trx, clinicaId: string, person: BookingPerson): Promise<string> {
  const known = await trx
    .selectFrom('patients')
    .select([sql<string>`app.person_of(id)`.as('id'), 'birth_date'])
    .where('clinica_id', '=', clinicaId)
    .where('cpf', '=', person.cpf)
    .executeTakeFirst();
  if (known?.birth_date === person.birth_date) return known.id;
  const values = {
    clinica_id: clinicaId,
    name: person.name,
    birth_date: person.birth_date,
    email: person.email,
    phone: person.phone,
  };
  const made = await trx
    .insertInto('patients')
    .values({ ...values, cpf: known ? null : person.cpf, same_cpf_as: known?.id ?? null })
    .onConflict((conflict) => conflict.columns(['clinica_id', 'cpf']).doNothing())
    .returning('id')
    .executeTakeFirst();
  // Somebody registered the CPF this very moment: now it is a known one.
  return made?.id ?? cardFor(trx, clinicaId, person);
}
