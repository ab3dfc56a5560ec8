-- Gateway, realtime service and worker get system roles of their own too: each may touch what its code
-- touches without a caller, and nothing else. What that is stands in database/access/service-grants.ts, and a
-- test compares the two. `service_role` stays for tools (seeds, benches) and for who began with it.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['medcall_gateway', 'medcall_realtime', 'medcall_jobs',
    'medcall_gateway_app', 'medcall_realtime_app', 'medcall_jobs_app'] loop
    begin
      if not exists (select 1 from pg_catalog.pg_roles where rolname = wanted) then
        execute format('create role %I nologin noinherit', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
end
$$;
-- The common login may take each; a login of its own may take nothing beyond it and its callers' roles.
grant medcall_gateway, medcall_realtime, medcall_jobs to medcall_app;
grant authenticated, medcall_patient, medcall_gateway to medcall_gateway_app;
grant authenticated, medcall_patient, medcall_realtime to medcall_realtime_app;
-- Jobs have no callers.
grant medcall_jobs to medcall_jobs_app;
alter role medcall_gateway_app set search_path = public, extensions;
alter role medcall_realtime_app set search_path = public, extensions;
alter role medcall_jobs_app set search_path = public, extensions;

create or replace function app.is_system() returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select coalesce(current_setting('role', true), 'none') in
    ('service_role', 'medcall_ai', 'medcall_gateway', 'medcall_realtime', 'medcall_jobs', 'none') $$;

-- A service's system role gets rights in a table, and past its policies. Once per role and table.
-- `rights` as in GRANT: 'select, insert', or 'select (id, nome), update (updated_at)'.
create procedure app.serve(service name, target regclass, rights text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('grant %s on table %s to %I', rights, target, service);
  execute format('create policy %I on %s to %I using (true) with check (true)',
    'system_' || replace(service, 'medcall_', ''), target, service);
end
$$;
revoke all on procedure app.serve(name, regclass, text) from public;

grant usage on schema public, extensions, app to medcall_gateway, medcall_realtime, medcall_jobs;
grant execute on function
  app.fold(text), app.is_cpf(text), app.is_cnpj(text), app.slot(timestamptz, integer),
  app.is_audit_changes(jsonb), app.claims(), app.claimed_uuid(text), app.claimed_instant(text), app.is_system(),
  app.audit(text, text, text, jsonb, text, uuid, inet, text, uuid, uuid, text),
  -- Triggers of a consultation ask for jobs in the name of who changes it.
  app.enqueue(text, uuid, timestamptz)
  to medcall_gateway, medcall_realtime, medcall_jobs;
grant execute on function
  app.free_slots(uuid, date, integer, timestamptz, integer), app.is_minor(date, text),
  app.has_approved_documents(uuid)
  to medcall_gateway;
