-- The second factor: of the embedded identity its factors, challenges and recovery codes, of every
-- identity the rule that app.current_member() asks (decision 103).

create table auth_embedded.mfa_factors (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth_embedded.users on delete cascade,
  factor_type text not null check (factor_type in ('totp', 'recovery_code')),
  friendly_name text check (length(friendly_name) between 1 and 100),
  status text not null default 'unverified' check (status in ('unverified', 'verified')),
  -- The key of the codes, sealed by the service.
  secret_sealed bytea,
  -- Time step of the last accepted code: each is accepted once (RFC 6238, 5.2).
  last_step bigint,
  last_challenged_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((factor_type = 'totp') = (secret_sealed is not null))
);
create unique index mfa_factors_name on auth_embedded.mfa_factors (user_id, friendly_name);
create unique index mfa_factors_one_recovery on auth_embedded.mfa_factors (user_id)
  where factor_type = 'recovery_code';
call app.protect('auth_embedded.mfa_factors');
create trigger touch before update on auth_embedded.mfa_factors
  for each row execute function app.touch();

create table auth_embedded.mfa_challenges (
  id uuid primary key default gen_random_uuid(),
  factor_id uuid not null references auth_embedded.mfa_factors on delete cascade,
  -- Answered from where it was asked for, as Supabase Auth wants it.
  ip inet not null,
  expires_at timestamptz not null,
  verified_at timestamptz,
  created_at timestamptz not null default now()
);
create index mfa_challenges_factor on auth_embedded.mfa_challenges (factor_id);
call app.protect('auth_embedded.mfa_challenges');

create table auth_embedded.recovery_codes (
  id uuid primary key default gen_random_uuid(),
  factor_id uuid not null references auth_embedded.mfa_factors on delete cascade,
  -- The first characters, which find the row: one code is one slow comparison, not ten.
  selector text not null,
  -- scrypt$N$r$p$salt$hash of the whole code.
  code_hash text not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  unique (factor_id, selector)
);
call app.protect('auth_embedded.recovery_codes');

-- What a session was opened and raised with: `amr` and `aal` of its tokens.
alter table auth_embedded.sessions
  add column method text not null default 'password' check (method in ('password', 'otp')),
  add column factor_id uuid,
  add column factor_method text check (factor_method in ('totp', 'mfa/recovery_code')),
  add column factor_at timestamptz,
  add constraint sessions_factor_check
    check ((factor_method is null) = (factor_at is null) and (factor_method is null) = (factor_id is null));
alter table auth_embedded.sessions drop constraint sessions_revoked_reason_check;
alter table auth_embedded.sessions add constraint sessions_revoked_reason_check check (revoked_reason in
  ('signed_out', 'reuse', 'password_changed', 'removed', 'admin', 'second_factor'));

-- What a person is told by mail after something of their account has changed.
create table auth_embedded.account_notices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth_embedded.users on delete cascade,
  kind text not null check (kind in
    ('factor_added', 'factor_removed', 'factor_reset', 'recovery_codes_made', 'recovery_code_used')),
  sent_at timestamptz,
  created_at timestamptz not null default now()
);
create index account_notices_user on auth_embedded.account_notices (user_id);
call app.protect('auth_embedded.account_notices');

alter table app.job_kinds drop constraint job_kinds_subject_check;
alter table app.job_kinds add constraint job_kinds_subject_check check (subject in (
  'consultations', 'notes', 'notifications', 'webhook_deliveries', 'calendar_connections', 'data_requests',
  'members', 'recordings', 'audio_streams', 'one_time_tokens', 'uploads', 'booking_requests',
  'doctor_invitations', 'account_notices'));
insert into app.job_kinds (kind, subject, by_people, description) values
  ('identity.notice', 'account_notices', false, 'tell a person that their second factor has changed');

-- The clinic's rule -----------------------------------------------------------------------------

-- Since when members must come with a second factor; null: they need not.
alter table public.clinicas add column second_factor_since timestamptz;

-- When the caller signed in: the oldest entry of `amr`; null when the token does not say.
create function app.signed_in_at() returns timestamptz
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select to_timestamp(min((entry ->> 'timestamp')::double precision))
  from jsonb_array_elements(
    case jsonb_typeof(app.claims() -> 'amr') when 'array' then app.claims() -> 'amr' else '[]' end
  ) entry
  where jsonb_typeof(entry -> 'timestamp') = 'number'
$$;

-- A session that was open when the clinic began to ask goes on for half a day, so that nobody is sent out
-- of a consultation; every later one needs the second factor at once. `amr` counts whole seconds: who came
-- in that very second was there.
create function app.must_show_factor(p_since timestamptz) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select p_since is not null and (
    p_since <= now() - interval '12 hours'
    or coalesce(app.signed_in_at() > date_trunc('second', p_since), true))
$$;

-- Whether a person has chosen a second factor, at the embedded identity or, where this is the database of
-- a Supabase project, there. Its table is read when the function is made, not at each statement.
do $do$
declare
  hosted text := '';
begin
  if to_regclass('auth.mfa_factors') is not null then
    hosted := $hosted$ or exists (
    select 1 from auth.mfa_factors f where f.user_id = p_user and f.status::text = 'verified')$hosted$;
  end if;
  execute $make$create function app.has_second_factor(p_user uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $body$
  select exists (
    select 1 from auth_embedded.mfa_factors f where f.user_id = p_user and f.status = 'verified')$make$
    || hosted || $make$
$body$$make$;
end
$do$;
revoke all on function app.signed_in_at(), app.must_show_factor(timestamptz),
  app.has_second_factor(uuid) from public;

-- As before, and: with a second factor where the clinic asks for one or the person has one. REST, Socket.IO
-- and the native socket all ask here who the caller is.
create or replace function app.current_member() returns app.member_context
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select row(m.id, m.user_auth, m.clinica_id, m.role, m.medico_id, m.name)::app.member_context
  from public.members m
  join public.clinicas c on c.id = m.clinica_id and c.active
  where m.user_auth = app.claimed_uuid('sub')
    and m.active
    and app.claimed_instant('iat') >= date_trunc('second', m.sessions_valid_after)
    and not exists (
      select 1 from auth_embedded.sessions s
      where s.id = app.claimed_uuid('session_id') and s.revoked_at is not null
    )
    and (m.medico_id is null or exists (
      select 1 from public.medicos d where d.id = m.medico_id and d.active
    ))
    and (coalesce(app.claims() ->> 'aal' = 'aal2', false)
      or not (app.must_show_factor(c.second_factor_since) or app.has_second_factor(m.user_auth)))
$$;

-- True for somebody who would be a member with a second factor and is none without: asked of the same rule,
-- so that a refusal can say what is missing.
create function app.second_factor_missing() returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  said text := current_setting('request.jwt.claims', true);
  missing boolean;
begin
  if app.claims() is null or (app.current_member()).member_id is not null then
    return false;
  end if;
  perform set_config('request.jwt.claims', (app.claims() || '{"aal": "aal2"}')::text, true);
  missing := (app.current_member()).member_id is not null;
  perform set_config('request.jwt.claims', said, true);
  return missing;
end
$$;
revoke all on function app.second_factor_missing() from public;
grant execute on function app.second_factor_missing() to authenticated;

-- Who of the caller's clinic has one: for administrators, who neither see factors nor the identity.
create function app.clinic_second_factors() returns table (member_id uuid, enrolled boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select m.id, app.has_second_factor(m.user_auth)
  from public.members m
  where m.clinica_id = app.administered_clinic() and m.active and m.user_auth is not null
$$;
revoke all on function app.clinic_second_factors() from public;
grant execute on function app.clinic_second_factors() to authenticated;
