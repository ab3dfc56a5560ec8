import type { Database, UserCaller } from '@medcall/service-kit';
import type { ListDuplicatesQuery, PatientDuplicate } from '@medcall/shared-types';
import { sql } from 'kysely';
import { type Cursor, type Page, pageOf, readCursor } from './cursor.ts';
import { cardColumns, cardView } from './patient-card.ts';

/** Cards of the caller's clinic that may be of one person, by name. */
export type PatientDuplicates = (
  caller: UserCaller,
  query: ListDuplicatesQuery,
) => Promise<Page<PatientDuplicate>>;

interface Group {
  reason: PatientDuplicate['reason'];
  name: string;
  first: string;
  ids: string[];
}

/** A name as repeated cards are told by: without accents, capitals and double spaces. */
const folded = (name: string) =>
  sql`regexp_replace(btrim(app.fold(${sql.ref(name)})), '\\s+', ' ', 'g')`;

/** Behind the group of that reason that this card leads; its name is looked up, see {@link Cursor}. */
function behind([reason, first]: Cursor) {
  return sql`and (name, first, reason) >
    (select ${folded('last.name')}, last.id, ${reason}::text from patients last where last.id = ${first})`;
}

/** Somebody said of each two of the group that they are different people. */
const isToldApart = sql<boolean>`((
  select count(*) from patient_distinctions d
  where d.first_id = any (found.ids) and d.second_id = any (found.ids) and d.ended_at is null
) >= cardinality(found.ids) * (cardinality(found.ids) - 1) / 2)`;

export function createPatientDuplicates(db: Database): PatientDuplicates {
  return (caller, query) =>
    db.asUser(
      caller,
      async (trx) => {
        const after = query.cursor === undefined ? null : readCursor(query.cursor);
        // Cards that each have a CPF of their own are of different people, whatever their names.
        const { rows } = await sql<Group>`
          select * from (
            select 'name_and_birth_date' as reason, folded as name, (array_agg(id order by created_at, id))[1] as first,
              array_agg(id order by created_at, id) as ids
            from (select p.*, ${folded('p.name')} as folded
              from patients p where p.active and p.birth_date is not null) cards
            group by clinica_id, folded, birth_date
            having count(*) > 1 and count(cpf) < count(*)
            union all
            select 'cpf', ${folded('owner.name')}, owner.id,
              owner.id || array_agg(p.id order by p.created_at, p.id)
            from patients p join patients owner on owner.id = p.same_cpf_as
            where p.active and owner.active and p.cpf is null and owner.cpf is not null
              and p.birth_date is distinct from owner.birth_date
            group by owner.id, owner.name
          ) found
          where ${isToldApart} = ${query.dismissed === 'true'}
          ${after === null ? sql`` : behind(after)}
          order by name, first, reason
          limit ${query.limit + 1}`.execute(trx);
        const page = pageOf(rows, query.limit, ({ reason, first }) => [reason, first]);
        const ids = page.rows.flatMap((group) => group.ids);
        const cards =
          ids.length === 0
            ? []
            : await trx
                .selectFrom('patients as p')
                .select(cardColumns)
                .where('p.id', 'in', ids)
                .execute();
        const byId = new Map(cards.map((card) => [card.id, cardView(card)]));
        return {
          items: page.rows.map(({ reason, ids: members }) => ({
            reason,
            patients: members.flatMap((id) => byId.get(id) ?? []),
          })),
          nextCursor: page.nextCursor,
        };
      },
      { readOnly: true, isolation: 'repeatable read' },
    );
}
