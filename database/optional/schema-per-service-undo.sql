-- Takes schema-per-service.sql back: the tables stand in public again, under their own names.
do $$
declare
  moved record;
begin
  for moved in
    select n.nspname as schema, t.relname as name
    from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where n.nspname in ('gateway', 'realtime', 'ai') and t.relkind = 'r'
  loop
    execute format('drop view public.%I', moved.name);
    execute format('alter table %I.%I set schema public', moved.schema, moved.name);
  end loop;
  drop schema if exists gateway;
  drop schema if exists realtime;
  drop schema if exists ai;
end
$$;
