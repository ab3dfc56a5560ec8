import type { Database, UserCaller } from '@medcall/service-kit';
import type { ListDuplicatesQuery, PatientDuplicate } from '@medcall/shared-types';
import { sql } from 'kysely';
import { type Page, pageOf, readCursor } from './cursor.ts';
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
            from (select p.*, regexp_replace(btrim(app.fold(p.name)), '\\s+', ' ', 'g') as folded
              from patients p where p.active and p.birth_date is not null) cards
            group by clinica_id, folded, birth_date
            having count(*) > 1 and count(cpf) < count(*)
            union all
            select 'cpf', app.fold(owner.name), owner.id,
              owner.id || array_agg(p.id order by p.created_at, p.id)
            from patients p join patients owner on owner.id = p.same_cpf_as
            where p.active and owner.active and p.cpf is null and owner.cpf is not null
              and p.birth_date is distinct from owner.birth_date
            group by owner.id, owner.name
          ) found
          ${after === null ? sql`` : sql`where (name, first) > (${after[0]}, ${after[1]}::uuid)`}
          order by name, first
          limit ${query.limit + 1}`.execute(trx);
        const page = pageOf(rows, query.limit, ({ name, first }) => [name, first]);
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
