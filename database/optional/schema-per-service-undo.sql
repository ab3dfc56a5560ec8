-- Takes schema-per-service.sql back: the tables stand in public again, under their own names.
do $$
declare
  moved record;
  it record;
begin
  for moved in
    select n.nspname as schema, t.relname as name
    from pg_class t join pg_namespace n on n.oid = t.relnamespace
    join (values ('gateway', 'clinicas'), ('gateway', 'audit_logs'),
      ('realtime', 'sessions'), ('realtime', 'recordings'), ('realtime', 'transcriptions'),
      ('ai', 'suggestions'), ('ai', 'ai_pricing')) as v (schema, name) on v.schema = n.nspname and v.name = t.relname
    where t.relkind = 'r'
  loop
    -- What a role has by the old name of single columns, it has of the table again, and no more.
    for it in
      select r.rolname as role, string_agg(quote_ident(a.attname), ', ') as columns
      from pg_attribute a cross join lateral aclexplode(a.attacl) g join pg_roles r on r.oid = g.grantee
      where a.attrelid = format('public.%I', moved.name)::regclass and g.privilege_type = 'SELECT'
      group by 1
    loop
      execute format('revoke select on %I.%I from %I', moved.schema, moved.name, it.role);
      execute format('grant select (%s) on %I.%I to %I', it.columns, moved.schema, moved.name, it.role);
    end loop;
    execute format('drop view public.%I', moved.name);
    execute format('alter table %I.%I set schema public', moved.schema, moved.name);
  end loop;
  -- A project of Supabase has things of its own in `realtime`.
  for moved in
    select n.nspname as schema, null::name as name from pg_namespace n
    where n.nspname in ('gateway', 'realtime', 'ai')
      and not exists (select 1 from pg_class t where t.relnamespace = n.oid)
  loop
    execute format('drop schema %I', moved.schema);
  end loop;
end
$$;
