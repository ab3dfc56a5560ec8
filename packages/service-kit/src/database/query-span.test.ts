import { expect, it } from 'vitest';
import { queryName } from './query-span.ts';

it.each([
  ['select "id" from "rooms" where "id" = $1', 'SELECT', 'rooms'],
  ['insert into "rooms" ("id") values ($1)', 'INSERT', 'rooms'],
  ['BEGIN', 'BEGIN', undefined],
  [
    'with said as (select * from unnest($1)), kept as (insert into transcriptions as t (id) select id from said on conflict (id) do update set text = $2 returning id) select * from kept',
    'INSERT',
    'transcriptions',
  ],
  [
    'with due as (select id from jobs for update skip locked) update jobs set state = $1 from due',
    'UPDATE',
    'jobs',
  ],
  ['with days as (select 1) select * from days', 'WITH', 'days'],
])('%s', (sql, operation, table) => {
  expect(queryName(sql)).toEqual({ operation, table });
});
