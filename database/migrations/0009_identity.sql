-- The embedded identity (AUTH_PROVIDER=embedded). On Supabase these tables stay empty.
-- Only service_role reaches the schema.

create table auth_embedded.users (
  id uuid primary key default gen_random_uuid(),
  email text not null check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  -- scrypt$N$r$p$salt$hash; null until an invited person chooses one.
  password_hash text,
  app_metadata jsonb not null default '{}',
  user_metadata jsonb not null default '{}',
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  banned_until timestamptz,
  last_sign_in_at timestamptz,
  password_changed_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index users_email on auth_embedded.users (email) where deleted_at is null;
call app.protect('auth_embedded.users');
create trigger touch before update on auth_embedded.users for each row execute function app.touch();

-- auth.users is what foreign keys know; the embedded identity keeps its row there in step.
create function app.mirror_user() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    delete from auth.users where id = old.id;
  else
    insert into auth.users (id, email) values (new.id, new.email)
    on conflict (id) do update set email = excluded.email;
  end if;
  return null;
end
$$;
create trigger mirror after insert or update of email or delete on auth_embedded.users
  for each row execute function app.mirror_user();

create table auth_embedded.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth_embedded.users on delete cascade,
  user_agent text,
  ip inet,
  refreshed_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '30 days',
  revoked_at timestamptz,
  revoked_reason text check (revoked_reason in ('signed_out', 'reuse', 'password_changed', 'removed', 'admin')),
  created_at timestamptz not null default now()
);
create index sessions_user on auth_embedded.sessions (user_id) where revoked_at is null;
call app.protect('auth_embedded.sessions');

create table auth_embedded.refresh_tokens (
  id bigint generated always as identity primary key,
  session_id uuid not null references auth_embedded.sessions on delete cascade,
  parent_id bigint references auth_embedded.refresh_tokens on delete cascade,
  -- SHA-256 of the token.
  token_hash bytea not null unique check (length(token_hash) = 32),
  spent_at timestamptz,
  -- The successor, sealed: a repeated spend within 10 s gets the same one. Emptied afterwards.
  successor_sealed bytea,
  created_at timestamptz not null default now()
);
create index refresh_tokens_session on auth_embedded.refresh_tokens (session_id);
-- One successor per token, also when two spend it at once.
create unique index refresh_tokens_one_child on auth_embedded.refresh_tokens (parent_id) where parent_id is not null;
call app.protect('auth_embedded.refresh_tokens');

create table auth_embedded.one_time_tokens (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth_embedded.users on delete cascade,
  kind text not null check (kind in ('signup', 'invite', 'recovery', 'email_change', 'magiclink')),
  token_hash bytea not null unique check (length(token_hash) = 32),
  -- Sealed copy for the mail job; emptied when the mail is out.
  token_sealed bytea,
  new_email text,
  redirect_to text,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index one_time_tokens_user on auth_embedded.one_time_tokens (user_id, kind) where used_at is null;
call app.protect('auth_embedded.one_time_tokens');

-- Key pairs of the identity and of the room tokens: the public half is served as JWKS.
create table auth_embedded.signing_keys (
  kid text primary key,
  purpose text not null check (purpose in ('identity', 'room', 'audit')),
  algorithm text not null default 'ES256',
  public_jwk jsonb not null,
  private_jwk_sealed bytea,
  status text not null default 'active' check (status in ('next', 'active', 'retired')),
  created_at timestamptz not null default now(),
  activated_at timestamptz,
  retired_at timestamptz
);
create unique index signing_keys_one_active on auth_embedded.signing_keys (purpose) where status = 'active';
call app.protect('auth_embedded.signing_keys');

-- A growing delay per (account, address); the account is hashed, so that this is no list of e-mails.
create table auth_embedded.sign_in_throttle (
  account_hash bytea not null,
  address text not null,
  failures integer not null default 0,
  last_failed_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  -- The alarm at 50 failures goes out once.
  alarmed_at timestamptz,
  primary key (account_hash, address)
);
create index sign_in_throttle_old on auth_embedded.sign_in_throttle (last_failed_at);
call app.protect('auth_embedded.sign_in_throttle');
