-- The service that speaks with language models has a system role of its own: what it reads for questions
-- and drafts, what it writes of them, and nothing else: no identity, no messages, no jobs, no recordings,
-- no note to change. Tested by database/access/service-grants.int.test.ts.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['medcall_ai', 'medcall_ai_app'] loop
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
-- The common login may take it; a login of its own may take nothing beyond it and its callers' roles.
grant medcall_ai to medcall_app;
grant authenticated, medcall_patient, medcall_ai to medcall_ai_app;
alter role medcall_ai_app set search_path = public, extensions;

-- A system role: its functions know it as one, its rows are all rows of the tables that it is granted.
create or replace function app.is_system() returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select coalesce(current_setting('role', true), 'none') in ('service_role', 'medcall_ai', 'none') $$;

grant usage on schema public, extensions, app to medcall_ai;
grant execute on function
  app.fold(text), app.claims(), app.claimed_uuid(text), app.claimed_instant(text), app.is_system(),
  app.is_audit_changes(jsonb),
  app.audit(text, text, text, jsonb, text, uuid, inet, text, uuid, uuid, text)
  to medcall_ai;

do $$
declare
  t text;
begin
  -- To read: who and what a question or a draft is about.
  foreach t in array array['clinicas', 'medicos', 'patients', 'patient_guardians', 'consultations',
    'participants', 'invitations', 'consents', 'transcriptions', 'notes'] loop
    execute format('grant select on public.%I to medcall_ai', t);
    execute format('create policy system_ai on public.%I for select to medcall_ai using (true)', t);
  end loop;
  -- To write: what it makes itself.
  foreach t in array array['suggestions', 'suggestion_runs', 'coverage_items', 'ai_pricing',
    'guideline_documents', 'guideline_chunks'] loop
    execute format('grant select, insert, update on public.%I to medcall_ai', t);
    execute format('create policy system_ai on public.%I to medcall_ai using (true) with check (true)', t);
  end loop;
end
$$;
grant delete on public.guideline_chunks to medcall_ai;

-- A reservation locks its consultation and clinic; PostgreSQL asks for the right to change a column for
-- that, so there is one in each that nobody reads.
grant update (updated_at) on public.consultations, public.clinicas to medcall_ai;
create policy system_ai_locks on public.consultations for update to medcall_ai using (true) with check (true);
create policy system_ai_locks on public.clinicas for update to medcall_ai using (true) with check (true);
