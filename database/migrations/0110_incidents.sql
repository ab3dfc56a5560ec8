-- The register of security incidents with personal data (LGPD, art. 48; Resolução CD/ANPD nº 15/2024,
-- which asks to keep it for at least five years): the administration's, never deleted, and each change
-- leaves what was known before it (decision 104).
create table public.incidents (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  -- Counts up within the clinic.
  number integer not null default 0,
  title text not null check (length(btrim(title)) between 3 and 200),
  status text not null default 'open'
    check (status in ('open', 'assessed', 'communicated', 'not_required', 'closed')),
  detected_at timestamptz not null,
  -- When the clinic knew that personal data were affected: what the clock runs from.
  known_at timestamptz,
  occurred_at timestamptz,
  -- A small processing agent (Resolução CD/ANPD nº 2/2022) has twice the time.
  small_agent boolean not null default false,
  -- The parts of the authority's form, as shared-types has them.
  facts jsonb not null default '{}'
    check (jsonb_typeof(facts) = 'object' and pg_column_size(facts) < 262144),
  significant boolean,
  criteria text[] not null default '{}',
  assessment text,
  not_required_reason text,
  authority_at timestamptz,
  authority_protocol text,
  preliminary boolean not null default false,
  completed_at timestamptz,
  people_at timestamptz,
  people_channel text check (people_channel in ('individual', 'public', 'both')),
  closing_note text,
  closed_at timestamptz,
  -- Why the last change was made.
  reason text,
  revision integer not null default 1,
  registered_at timestamptz not null default clock_timestamp(),
  registered_by uuid,
  updated_at timestamptz not null default clock_timestamp(),
  unique (id, clinica_id),
  unique (clinica_id, number),
  check ((status = 'closed') = (closed_at is not null)),
  check (status <> 'closed' or closing_note is not null),
  check (status <> 'not_required' or not_required_reason is not null),
  check (status = 'open' or (assessment is not null and significant is not null)),
  check ((authority_at is null) = (authority_protocol is null)),
  check ((people_at is null) = (people_channel is null)),
  check (status <> 'communicated'
    or (known_at is not null and authority_at is not null and people_at is not null))
);
call app.protect('public.incidents', 'clinical');

create table public.incident_versions (
  incident_id uuid not null,
  revision integer not null,
  clinica_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  by_user uuid,
  by_name text,
  snapshot jsonb not null,
  primary key (incident_id, revision),
  foreign key (incident_id, clinica_id) references public.incidents (id, clinica_id)
);
create index incident_versions_clinic on public.incident_versions (clinica_id);
call app.protect('public.incident_versions', 'history');

-- Number and revision are the database's to give; what is closed stays as it is.
create function app.incident_before() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('incidents:' || new.clinica_id, 0));
    new.number := 1 + coalesce(
      (select max(i.number) from public.incidents i where i.clinica_id = new.clinica_id), 0);
    new.revision := 1;
    new.registered_at := clock_timestamp();
  else
    if old.status = 'closed' then
      raise exception 'a closed incident cannot change' using errcode = 'restrict_violation';
    end if;
    if new.status <> old.status and not (old.status || '>' || new.status) = any (array[
      'open>assessed', 'assessed>not_required', 'assessed>communicated',
      'not_required>assessed', 'not_required>closed', 'communicated>closed'])
    then
      raise exception 'incident: % to % is no step', old.status, new.status
        using errcode = 'restrict_violation';
    end if;
    new.revision := old.revision + 1;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;
revoke all on function app.incident_before() from public;
create trigger before_change before insert or update on public.incidents
  for each row execute function app.incident_before();
create trigger keep before update on public.incidents for each row
  execute function app.keep_columns('id', 'clinica_id', 'number', 'registered_at', 'registered_by');

create function app.incident_version() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  member app.member_context;
begin
  if not app.is_system() then
    member := app.current_member();
  end if;
  insert into public.incident_versions (incident_id, revision, clinica_id, by_user, by_name, snapshot)
  values (new.id, new.revision, new.clinica_id, member.user_auth, member.name,
    to_jsonb(new) - array['id', 'clinica_id', 'revision']);
  return null;
end
$$;
revoke all on function app.incident_version() from public;
create trigger version after insert or update on public.incidents
  for each row execute function app.incident_version();

-- Whose data were affected. A link is ended, not removed; a person may be linked again.
create table public.incident_people (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null,
  clinica_id uuid not null,
  patient_id uuid not null,
  found_by text not null check (found_by in ('audit', 'hand')),
  added_at timestamptz not null default clock_timestamp(),
  added_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  foreign key (incident_id, clinica_id) references public.incidents (id, clinica_id),
  foreign key (patient_id, clinica_id) references public.patients (id, clinica_id)
);
create unique index incident_people_once on public.incident_people (incident_id, patient_id)
  where removed_at is null;
create index incident_people_patient on public.incident_people (patient_id);
call app.protect('public.incident_people', 'clinical');
create trigger keep before update on public.incident_people for each row execute function
  app.keep_columns('id', 'incident_id', 'clinica_id', 'patient_id', 'found_by', 'added_at', 'added_by');

-- Of each deadline the administration is warned once before and once after.
create table public.incident_warnings (
  incident_id uuid not null,
  clinica_id uuid not null,
  kind text not null check (kind in ('due_soon', 'overdue')),
  due_on date not null,
  at timestamptz not null default clock_timestamp(),
  primary key (incident_id, kind, due_on),
  foreign key (incident_id, clinica_id) references public.incidents (id, clinica_id)
);
call app.protect('public.incident_warnings', 'history');

grant select, insert, update on public.incidents to authenticated;
create policy admin_all on public.incidents for all to authenticated
  using (clinica_id = (select app.administered_clinic()))
  with check (clinica_id = (select app.administered_clinic()));

grant select on public.incident_versions to authenticated;
create policy admin_reads on public.incident_versions for select to authenticated
  using (clinica_id = (select app.administered_clinic()));

grant select, insert on public.incident_people to authenticated;
grant update (removed_at, removed_by) on public.incident_people to authenticated;
create policy admin_all on public.incident_people for all to authenticated
  using (clinica_id = (select app.administered_clinic()))
  with check (clinica_id = (select app.administered_clinic()));
