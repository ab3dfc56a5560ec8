-- Who did what. Append-only; one leader links the committed rows into a signed chain afterwards,
-- because a chain extended by its writers forks under concurrency.

-- Column names with hashes or short codes (a status, a count): never a sentence. A value that could
-- hold text is refused, whoever writes it.
create function app.is_audit_changes(changes jsonb) returns boolean
  language sql immutable parallel safe strict
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_typeof(changes) = 'object'
    and not exists (
      select 1
      from jsonb_each(changes) as entry
      where entry.key !~ '^[A-Za-z][A-Za-z0-9_.]{0,62}$'
        or case jsonb_typeof(entry.value)
          when 'array' then true
          when 'object' then exists (
            select 1 from jsonb_each(entry.value) as side
            where side.key not in ('before', 'after')
              or jsonb_typeof(side.value) in ('array', 'object')
              or (side.value #>> '{}') !~ '^[A-Za-z0-9_.:+/-]{0,80}$'
          )
          else (entry.value #>> '{}') !~ '^[A-Za-z0-9_.:+/-]{0,80}$'
        end
    )
$$;

create table public.audit_logs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid,
  action text not null check (action ~ '^[a-z][a-z0-9_.-]{1,63}$'),
  table_name text,
  record_id text,
  changes jsonb not null default '{}' check (app.is_audit_changes(changes)),
  created_at timestamptz not null default clock_timestamp(),
  -- Order of writing; the chain's order is that of linking.
  seq bigint generated always as identity unique,
  clinica_id uuid references public.clinicas,
  -- Whose chart was touched, for "who opened my record".
  patient_id uuid references public.patients,
  actor_kind text not null check (actor_kind in ('medico', 'admin', 'paciente', 'convidado', 'service', 'anonymous')),
  actor_name text,
  outcome text not null default 'ok' check (outcome in ('ok', 'denied', 'failed')),
  ip inet,
  request_id text
);
create index audit_logs_clinic on public.audit_logs (clinica_id, created_at desc, seq desc);
create index audit_logs_patient on public.audit_logs (patient_id, created_at desc) where patient_id is not null;
create index audit_logs_record on public.audit_logs (table_name, record_id);
call app.protect('public.audit_logs', 'history');

-- One chain per clinic; rows of no clinic (a failed sign-in of an unknown account) have the zero uuid.
create table public.audit_chain (
  clinica_id uuid not null,
  position bigint not null check (position >= 1),
  audit_id uuid not null unique references public.audit_logs,
  prev_hash text not null check (prev_hash ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default clock_timestamp(),
  primary key (clinica_id, position)
);
call app.protect('public.audit_chain', 'history');

-- The signed end of a chain. Append-only too: an old head must still fit the chain.
create table public.audit_heads (
  clinica_id uuid not null,
  position bigint not null,
  hash text not null,
  signature text not null,
  kid text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (clinica_id, position)
);
call app.protect('public.audit_heads', 'history');
