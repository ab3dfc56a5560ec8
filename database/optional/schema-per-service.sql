-- Optional, and never applied by itself: each service's own tables in a schema of that service, for who wants
-- to take them to databases of their own later. The old names go on serving (views that ask in the name of
-- who asks, so that the policies of the tables decide as before); nothing of the code changes.
--
--   psql "$DATABASE_OWNER_URL" --single-transaction --set ON_ERROR_STOP=1 --file database/optional/schema-per-service.sql
--
-- schema-per-service-undo.sql brings everything back. Apply it before the next release's migrations, which
-- know the tables by their first place.
do $$
declare
  moved record;
  it record;
begin
  for moved in
    select * from (values
      ('gateway', 'clinicas'), ('gateway', 'audit_logs'),
      ('realtime', 'sessions'), ('realtime', 'recordings'), ('realtime', 'transcriptions'),
      ('ai', 'suggestions'), ('ai', 'ai_pricing')) as v (schema, name)
  loop
    execute format('create schema if not exists %I', moved.schema);
    execute format('alter table public.%I set schema %I', moved.name, moved.schema);
    execute format('create view public.%I with (security_invoker = true) as select * from %I.%I',
      moved.name, moved.schema, moved.name);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', moved.name);
    -- Who may do what with the table may do it by its old name, and by no other: nobody may enter the new
    -- schemas. A view reads every column of its table, so who has some of them by the old name needs all of
    -- the table's, where he cannot name it.
    for it in
      select g.privilege_type as verb, r.rolname as role, null::name as col
      from pg_class t cross join lateral aclexplode(t.relacl) g join pg_roles r on r.oid = g.grantee
      where t.oid = format('%I.%I', moved.schema, moved.name)::regclass and g.grantee <> t.relowner
      union all
      select g.privilege_type, r.rolname, a.attname
      from pg_attribute a cross join lateral aclexplode(a.attacl) g join pg_roles r on r.oid = g.grantee
      where a.attrelid = format('%I.%I', moved.schema, moved.name)::regclass
    loop
      execute format('grant %s%s on public.%I to %I', it.verb,
        case when it.col is null then '' else format(' (%I)', it.col) end, moved.name, it.role);
      if it.verb = 'SELECT' and it.col is not null then
        execute format('grant select on %I.%I to %I', moved.schema, moved.name, it.role);
      end if;
    end loop;
  end loop;
end
$$;
