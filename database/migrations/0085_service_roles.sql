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

-- Realtime: rooms, sound and text -------------------------------------------------------------------
-- Its own.
call app.serve('medcall_realtime', 'public.sessions', 'select, insert, update');
call app.serve('medcall_realtime', 'public.participants', 'select, insert, update');
call app.serve('medcall_realtime', 'public.participant_connections', 'select, insert, update, delete');
call app.serve('medcall_realtime', 'public.audio_streams', 'select, insert, update');
call app.serve('medcall_realtime', 'public.transcriptions', 'select, insert, update');
call app.serve('medcall_realtime', 'public.recordings', 'select, insert, update');
call app.serve('medcall_realtime', 'public.voice_pieces', 'select, insert, delete');
call app.serve('medcall_realtime', 'public.ai_pricing', 'select, insert, update');
-- Of others: when a consultation begins and ends, who may be heard, what the doctor is shown again.
call app.serve('medcall_realtime', 'public.consultations',
  'select (id, room_id, clinica_id, patient_id, doctor_id, status, type, ai_enabled, timeline_zero_at, started_at, ended_at, cost_cap_brl),
   update (status, started_at, ended_at, timeline_zero_at)');
call app.serve('medcall_realtime', 'public.clinicas', 'select (id, ai_cap_brl_month), update (updated_at)');
call app.serve('medcall_realtime', 'public.medicos', 'select (id, user_auth, nome)');
call app.serve('medcall_realtime', 'public.members', 'select (id, user_auth, active)');
call app.serve('medcall_realtime', 'public.consents', 'select (consultation_id, type, accepted, position)');
call app.serve('medcall_realtime', 'public.coverage_items',
  'select (consultation_id, key, status, transcription_id, created_at)');
call app.serve('medcall_realtime', 'public.suggestions',
  'select (id, room_id, topic, question, rationale, sources, red_flag, engine, transcription_id, status, created_at)');
call app.serve('medcall_realtime', 'public.voice_profiles',
  'select (doctor_id, features, dimension, model, speech_seconds)');

-- Gateway: identity, public pages, links, the audit chain, erasure ------------------------------------
grant usage on schema auth_embedded, pgboss to medcall_gateway;
call app.serve('medcall_gateway', 'auth_embedded.users', 'select, insert, update');
call app.serve('medcall_gateway', 'auth_embedded.sessions', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.refresh_tokens', 'select, insert, update');
call app.serve('medcall_gateway', 'auth_embedded.one_time_tokens', 'select, insert, update');
call app.serve('medcall_gateway', 'auth_embedded.sign_in_throttle', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.signing_keys', 'select, insert, update');
call app.serve('medcall_gateway', 'app.audit_pending', 'select, delete');
call app.serve('medcall_gateway', 'public.audit_logs', 'select');
call app.serve('medcall_gateway', 'public.audit_chain', 'select, insert');
call app.serve('medcall_gateway', 'public.audit_heads', 'select, insert');
call app.serve('medcall_gateway', 'public.clinicas', 'select');
call app.serve('medcall_gateway', 'public.clinic_secrets', 'select, insert, update');
call app.serve('medcall_gateway', 'public.members', 'select, insert, update');
call app.serve('medcall_gateway', 'public.medicos', 'select, insert, update');
call app.serve('medcall_gateway', 'public.doctor_invitations', 'select, insert, delete');
call app.serve('medcall_gateway', 'public.patients', 'select, insert, update');
call app.serve('medcall_gateway', 'public.patient_guardians',
  'select (patient_id, guardian_id, clinica_id, since, ended_at), insert, update (relation, ended_at)');
-- Whether there is anything, never what.
call app.serve('medcall_gateway', 'public.patient_health', 'select (patient_id)');
call app.serve('medcall_gateway', 'public.care_relations', 'select (patient_id), update (reason)');
call app.serve('medcall_gateway', 'public.consultations', 'select, insert, update');
call app.serve('medcall_gateway', 'public.participants', 'select (consultation_id, role), update (name)');
call app.serve('medcall_gateway', 'public.invitations', 'select, update');
call app.serve('medcall_gateway', 'public.consents',
  'select (consultation_id, type, accepted, position, location), insert,
   update (signer_name, signer_relation, location, ip, user_agent)');
call app.serve('medcall_gateway', 'public.voice_pieces', 'select (consultation_id), delete');
-- What a printed code answers, and where its paper is filed: not what the note says.
call app.serve('medcall_gateway', 'public.notes',
  'select (id, consultation_id, hash, signed_at, verification_code, pdf_key, pdf_sha256, printed),
   update (pdf_key, pdf_sha256)');
call app.serve('medcall_gateway', 'public.note_addenda', 'select (id, note_id)');
-- The draft of a letter is an engine's until a doctor makes it his.
call app.serve('medcall_gateway', 'public.documents', 'select, insert, update');
-- Erased with the person, never read.
call app.serve('medcall_gateway', 'public.private_notes', 'select (consultation_id), delete');
call app.serve('medcall_gateway', 'public.waiting_messages', 'select (consultation_id), delete');
call app.serve('medcall_gateway', 'public.data_requests', 'select, update');
call app.serve('medcall_gateway', 'public.booking_requests', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'public.calendar_connections', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'public.calendar_events', 'select, update, delete');
call app.serve('medcall_gateway', 'public.calendar_busy', 'select, delete');
call app.serve('medcall_gateway', 'public.calendar_visits', 'select, insert, delete');
call app.serve('medcall_gateway', 'public.notifications', 'select, insert, update');
call app.serve('medcall_gateway', 'public.notification_messages', 'select (notification_id), delete');
call app.serve('medcall_gateway', 'public.sms_replies', 'select (provider_id), insert');

-- Jobs: messages, webhooks, the calendar outside, drafts ----------------------------------------------
grant usage on schema auth_embedded to medcall_jobs;
grant usage, create on schema pgboss to medcall_jobs;
call app.serve('medcall_jobs', 'app.job_kinds', 'select');
call app.serve('medcall_jobs', 'app.job_outbox', 'select, delete, update (run_after)');
call app.serve('medcall_jobs', 'public.notifications', 'select, insert, update');
call app.serve('medcall_jobs', 'public.notification_messages', 'select, insert, update, delete');
call app.serve('medcall_jobs', 'public.webhook_deliveries', 'select, insert, update');
call app.serve('medcall_jobs', 'public.clinic_secrets',
  'select (clinica_id, webhook_secret_sealed, webhook_previous_sealed, webhook_previous_until)');
call app.serve('medcall_jobs', 'public.booking_requests', 'select, update (mailed_at, person_sealed)');
call app.serve('medcall_jobs', 'public.calendar_connections', 'select, update, delete');
call app.serve('medcall_jobs', 'public.calendar_events', 'select, insert, update');
call app.serve('medcall_jobs', 'public.calendar_busy', 'select, insert, delete');
call app.serve('medcall_jobs', 'public.invitations', 'select, insert');
call app.serve('medcall_jobs', 'public.clinicas', 'select');
call app.serve('medcall_jobs', 'public.consultations', 'select, update (updated_at)');
call app.serve('medcall_jobs', 'public.patients', 'select (id, name, email, phone)');
call app.serve('medcall_jobs', 'public.medicos', 'select, insert, update');
call app.serve('medcall_jobs', 'public.members', 'select, insert, update');
call app.serve('medcall_jobs', 'public.doctor_invitations', 'select, delete');
-- An invitation that broke off is finished, and the links of accounts are mailed.
call app.serve('medcall_jobs', 'auth_embedded.users',
  'select (id, email, user_metadata, email_confirmed_at, invited_at, banned_until, last_sign_in_at, deleted_at,
     created_at, updated_at),
   insert, update (updated_at)');
call app.serve('medcall_jobs', 'auth_embedded.one_time_tokens', 'select, insert, update');
-- The draft that the end of a consultation asks for: a first version, never a change of one that stands.
call app.serve('medcall_jobs', 'public.notes', 'select, insert');
call app.serve('medcall_jobs', 'public.note_versions', 'insert');
call app.serve('medcall_jobs', 'public.documents', 'select, insert, update (content)');

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

-- The AI service reads of what it works on the columns that it works with.
revoke select on public.consultations, public.transcriptions, public.notes from medcall_ai;
grant select (id, room_id, clinica_id, patient_id, doctor_id, ai_enabled, started_at, cost_cap_brl)
  on public.consultations to medcall_ai;
grant select (id, room_id, speaker, text, start_ms, superseded_by) on public.transcriptions to medcall_ai;
grant select (consultation_id, sections, created_at) on public.notes to medcall_ai;
