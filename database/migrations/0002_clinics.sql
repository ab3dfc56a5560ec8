-- Clinics and the people who work in them.

create table public.clinicas (
  id uuid primary key default gen_random_uuid(),
  nome text not null check (length(nome) between 2 and 200),
  endereco text,
  webhook_url text check (webhook_url ~ '^https?://'),
  cnpj text unique check (app.is_cnpj(cnpj)),
  telefone text,
  -- /agendar/<slug>
  slug text not null unique default ('clinica-' || left(gen_random_uuid()::text, 8))
    check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 64),
  timezone text not null default 'America/Sao_Paulo',
  opening_hours jsonb not null default '[]',
  booking_rules jsonb not null default '{}',
  -- Ceiling of paid AI per calendar month; null means none.
  ai_cap_brl_month numeric(12, 2) check (ai_cap_brl_month >= 0),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call app.protect('public.clinicas', 'clinical');
create trigger touch before update on public.clinicas for each row execute function app.touch();

-- What a clinic's members may not read back: only the system opens it.
create table public.clinic_secrets (
  clinica_id uuid primary key references public.clinicas,
  webhook_secret_sealed bytea,
  updated_at timestamptz not null default now()
);
call app.protect('public.clinic_secrets');
create trigger touch before update on public.clinic_secrets for each row execute function app.touch();

create table public.medicos (
  id uuid primary key default gen_random_uuid(),
  user_auth uuid references auth.users on delete set null,
  nome text not null check (length(nome) between 2 and 200),
  -- As it is printed: 123456/SP.
  crm text not null check (crm ~ '^[0-9]{4,7}/(AC|AL|AM|AP|BA|CE|DF|ES|GO|MA|MG|MS|MT|PA|PB|PE|PI|PR|RJ|RN|RO|RR|RS|SC|SE|SP|TO)$'),
  rqe text check (rqe ~ '^[0-9]{1,7}$'),
  especialidade text,
  email text,
  clinica_id uuid not null references public.clinicas,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, clinica_id),
  unique (clinica_id, crm)
);
create index medicos_user_auth on public.medicos (user_auth);
call app.protect('public.medicos', 'clinical');
create trigger touch before update on public.medicos for each row execute function app.touch();
create trigger keep before update on public.medicos
  for each row execute function app.keep_columns('id', 'clinica_id');

-- Who may act for a clinic: the row that app.current_member() reads at every statement.
create table public.members (
  id uuid primary key default gen_random_uuid(),
  user_auth uuid references auth.users on delete set null,
  clinica_id uuid not null references public.clinicas,
  role text not null check (role in ('medico', 'admin')),
  medico_id uuid,
  name text not null check (length(name) between 2 and 200),
  email text,
  active boolean not null default true,
  -- A token issued before this instant is worth nothing: moved by a password change, a sign-out
  -- everywhere, a removal.
  sessions_valid_after timestamptz not null default '-infinity',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, clinica_id),
  foreign key (medico_id, clinica_id) references public.medicos (id, clinica_id),
  check ((role = 'medico') = (medico_id is not null))
);
create unique index members_one_clinic_per_login on public.members (user_auth) where active;
create unique index members_one_per_doctor on public.members (medico_id) where active;
create index members_clinic on public.members (clinica_id, role);
call app.protect('public.members', 'clinical');
create trigger touch before update on public.members for each row execute function app.touch();
create trigger keep before update on public.members
  for each row execute function app.keep_columns('id', 'clinica_id');

-- Agenda ---------------------------------------------------------------------------------------

create table public.availability (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  doctor_id uuid not null,
  -- 0 is Sunday, in the clinic's time zone.
  weekday smallint not null check (weekday between 0 and 6),
  start_time time not null,
  end_time time not null,
  slot_minutes integer not null default 30 check (slot_minutes between 5 and 240),
  valid_from date,
  valid_until date,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (doctor_id, clinica_id) references public.medicos (id, clinica_id),
  check (start_time < end_time)
);
create index availability_doctor on public.availability (doctor_id, weekday);
call app.protect('public.availability');
create trigger touch before update on public.availability for each row execute function app.touch();

-- Holidays and extra hours: exceptions to the weekly rule.
create table public.availability_exceptions (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  doctor_id uuid not null,
  kind text not null check (kind in ('blocked', 'extra')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null default now(),
  foreign key (doctor_id, clinica_id) references public.medicos (id, clinica_id),
  check (starts_at < ends_at)
);
create index availability_exceptions_doctor on public.availability_exceptions (doctor_id, starts_at);
call app.protect('public.availability_exceptions');

create table public.calendar_connections (
  id uuid primary key default gen_random_uuid(),
  doctor_id uuid not null references public.medicos,
  provider text not null check (provider in ('google', 'ics')),
  account_email text,
  -- Sealed by the service; never granted to people.
  token_sealed bytea,
  -- SHA-256 of the secret in the address of an .ics feed.
  feed_token_hash bytea unique,
  calendar_id text,
  sync_token text,
  channel_id text,
  channel_expires_at timestamptz,
  status text not null default 'active' check (status in ('active', 'revoked', 'failed')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (doctor_id, provider)
);
call app.protect('public.calendar_connections');
create trigger touch before update on public.calendar_connections for each row execute function app.touch();

-- Features of a doctor's voice, for telling it apart on one microphone. The audio is not kept.
create table public.voice_profiles (
  id uuid primary key default gen_random_uuid(),
  doctor_id uuid not null unique references public.medicos,
  features real[] not null,
  dimension integer not null check (dimension > 0 and cardinality(features) = dimension),
  model text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call app.protect('public.voice_profiles');
create trigger touch before update on public.voice_profiles for each row execute function app.touch();
