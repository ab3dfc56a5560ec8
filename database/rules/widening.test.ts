import { readMigrations } from '@medcall/service-kit/database/migrate';
import { describe, expect, it } from 'vitest';
import { narrowings } from '../tools/narrowing.ts';

/** Migrations up to this number belong to the first release: before it there was no version to trip over them. */
const lastOfFirstRelease = 99;

/** Narrowings that are right: the file, with the release that stopped using what goes beside it. */
const agreed: Record<string, string[]> = {
  // The AI service names its columns since the services have roles of their own (0101 to 0106).
  '0109_ai_reads_fewer_columns.sql': ['takes a right away'],
  // A function that app.current_member() alone could call, which the same file changes.
  '0122_second_factor_in_a_call.sql': ['drops what may be in use'],
};

describe('migrations only widen', () => {
  it('what the version before uses is still there while it runs', async () => {
    const found = Object.fromEntries(
      (await readMigrations())
        .filter(({ name }) => Number.parseInt(name, 10) > lastOfFirstRelease)
        .map(({ name, sql }) => [name, narrowings(sql)] as const)
        .filter(([, what]) => what.length > 0),
    );
    expect(found).toEqual(agreed);
  });

  it.each([
    ['alter table notes drop column text;', ['drops what may be in use']],
    ['alter table notes rename column text to body;', ['renames']],
    ['alter table notes alter column version type bigint;', ['changes a type']],
    ['alter table notes alter hash set not null;', ['makes a column required']],
    [
      'alter table notes add column kind text not null;',
      ['adds the required column kind without a default'],
    ],
    ['revoke update on public.notes from authenticated;', ['takes a right away']],
    ['revoke select on public.notes from medcall_ai;', ['takes a right away']],
  ])('%s is seen', (sql, what) => {
    expect(narrowings(sql)).toEqual(what);
  });

  it.each([
    ["alter table notes add column kind text not null default 'a';"],
    ['alter table notes add column kind text;'],
    ['-- drop table notes: not today'],
    [
      'drop policy if exists notes_read on notes; create policy notes_read on notes for select using (true);',
    ],
    [
      'create or replace function app.x() returns void language sql as $$ select 1 $$; revoke all on function app.x() from public;',
    ],
  ])('%s widens or keeps', (sql) => {
    expect(narrowings(sql)).toEqual([]);
  });
});
