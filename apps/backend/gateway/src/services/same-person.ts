import { AppError, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';

/** The cards of the person whose card it is, itself among them: for `where(column, 'in', …)`. */
export function samePerson(cardId: string) {
  return sql<string>`(select app.same_person(${cardId}::uuid))`;
}

/** The card that stands for the person whose card it is: for `where(column, '=', …)`. */
export function standingCard(cardId: string) {
  return sql<string>`app.person_of(${cardId}::uuid)`;
}

/**
 * Joins the card that stands for the person to the one of a consultation, each named by its column: what the
 * clinic corrects is corrected there.
 */
export function isPersonOf(standing: string, card: string) {
  return sql<boolean>`${sql.ref(standing)} = app.person_of(${sql.ref(card)})`;
}

/**
 * A column of the person whose card it is: of the card that stands, where the caller sees it, and of the own one
 * where that has nothing. Costs nothing for a card that was joined to no other.
 * @param card alias of `patients`
 */
export function ofPerson<T>(card: string, column: 'name' | 'cpf' | 'address' | 'birth_date') {
  const own = sql.ref(`${card}.${column}`);
  return sql<T>`case when ${sql.ref(`${card}.merged_into`)} is null then ${own} else coalesce(
    (select standing.${sql.ref(column)} from patients standing
     where standing.id = app.person_of(${sql.ref(`${card}.id`)})), ${own}) end`;
}

/**
 * What is new goes to the card that stands for the person.
 * @throws AppError conflict for a card that was joined to another, with the one that stands
 */
export async function mustStand(trx: Trx, cardId: string): Promise<void> {
  const card = await trx
    .selectFrom('patients')
    .select(sql<string | null>`app.person_of(id)`.as('standing'))
    .where('id', '=', cardId)
    .where('merged_into', 'is not', null)
    .executeTakeFirst();
  if (!card) return;
  throw new AppError('conflict', {
    message: 'Este cadastro foi unido a outro: use o cadastro que ficou.',
    details: { reason: 'joined', patient_id: card.standing },
  });
}
