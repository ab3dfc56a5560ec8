-- pg-boss's tables are the worker's. Those that an earlier version made as service_role go over to it; a
-- worker of that version goes on through the rights that service_role keeps.
do $$
declare
  it record;
  wanted text;
begin
  foreach wanted in array array['medcall_jobs', 'service_role'] loop
    if not pg_has_role(current_user, wanted, 'usage') then
      execute format('grant %I to %I', wanted, current_user);
    end if;
  end loop;
  for it in
    select c.oid::regclass as name, case c.relkind when 'S' then 'sequence' else 'table' end as sort
    from pg_class c
    where c.relnamespace = 'pgboss'::regnamespace and c.relkind in ('r', 'p', 'S')
      and c.relowner = 'service_role'::regrole
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
  loop
    execute format('alter %s %s owner to medcall_jobs', it.sort, it.name);
  end loop;
  for it in
    select format('%s %s', case p.prokind when 'p' then 'procedure' else 'function' end, p.oid::regprocedure) as name
    from pg_proc p where p.pronamespace = 'pgboss'::regnamespace and p.proowner = 'service_role'::regrole
  loop
    execute format('alter %s owner to medcall_jobs', it.name);
  end loop;
  for it in
    select t.oid::regtype as name from pg_type t
    where t.typnamespace = 'pgboss'::regnamespace and t.typowner = 'service_role'::regrole and t.typtype = 'e'
  loop
    execute format('alter type %s owner to medcall_jobs', it.name);
  end loop;
end
$$;
grant select, insert, update, delete on all tables in schema pgboss to service_role;
grant select on all tables in schema pgboss to medcall_gateway;
alter default privileges for role medcall_jobs in schema pgboss
  grant select, insert, update, delete on tables to service_role;
-- How much waits, for the metrics: jobs hold ids only.
alter default privileges for role medcall_jobs in schema pgboss grant select on tables to medcall_gateway;
