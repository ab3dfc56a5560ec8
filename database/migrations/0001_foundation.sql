-- Schemas, extensions, roles and the small functions that every later file rests on.
-- Applies to a bare PostgreSQL (15 or later) and to Supabase, where `auth`, `extensions` and three
-- of the roles are already there.

create schema if not exists app;
create schema if not exists extensions;
create schema if not exists auth_embedded;
-- pg-boss makes its own tables here (it runs as service_role).
create schema if not exists pgboss;

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists btree_gist with schema extensions;

-- Roles are shared by all databases of a server: another database may have made them already, also
-- at this very moment (tests migrate in parallel), hence the caught race.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role', 'medcall_patient', 'medcall_app'] loop
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

-- medcall_app is the login of the services. It inherits nothing: without `set role` it can read no
-- table, so a query that forgets its caller fails instead of leaking. Who starts the system gives
-- it LOGIN and a password.
grant anon, authenticated, service_role, medcall_patient to medcall_app;

-- Supabase owns auth.users (and refuses even `create … if not exists` there); elsewhere this table
-- stands in for it, so that foreign keys are the same.
do $$
begin
  if to_regclass('auth.users') is null then
    create schema if not exists auth;
    create table auth.users (
      id uuid primary key,
      email text,
      created_at timestamptz default now()
    );
    alter table auth.users enable row level security;
  end if;
end
$$;

revoke create on schema public from public;
grant usage on schema public to anon, authenticated, service_role, medcall_patient;
grant usage on schema extensions to anon, authenticated, service_role, medcall_patient;
grant usage on schema app to anon, authenticated, service_role, medcall_patient;
grant usage on schema auth_embedded to service_role;
grant usage, create on schema pgboss to service_role;

-- Text --------------------------------------------------------------------------------------

-- Portuguese with accents folded first: "pressao" finds "pressão".
create text search configuration app.portuguese_unaccent (copy = pg_catalog.portuguese);
alter text search configuration app.portuguese_unaccent
  alter mapping for hword, hword_part, word with extensions.unaccent, portuguese_stem;

-- Lower case without accents, for search by name. Declared immutable so that it can be indexed:
-- the unaccent rules are part of the installation and do not change under us.
create function app.fold(value text) returns text
  language sql immutable parallel safe strict
  set search_path = extensions, pg_catalog, pg_temp
  as $$ select lower(unaccent(value)) $$;

-- Brazilian identifiers ---------------------------------------------------------------------

-- CPF: 11 digits, two check digits modulo 11 (Receita Federal).
create function app.is_cpf(value text) returns boolean
  language plpgsql immutable parallel safe strict
  set search_path = pg_catalog, pg_temp
as $$
declare
  total integer;
  digits integer;
begin
  if value !~ '^[0-9]{11}$' or value = repeat(left(value, 1), 11) then
    return false;
  end if;
  for digits in 9..10 loop
    total := 0;
    for i in 1..digits loop
      total := total + substr(value, i, 1)::integer * (digits + 2 - i);
    end loop;
    if substr(value, digits + 1, 1)::integer <> ((total * 10) % 11) % 10 then
      return false;
    end if;
  end loop;
  return true;
end
$$;

-- CNPJ, numeric or alphanumeric (Instrução Normativa RFB 2.229/2024): a character counts its ASCII
-- code minus 48, weights 2 to 9 from the right; the two check digits stay numeric.
create function app.is_cnpj(value text) returns boolean
  language plpgsql immutable parallel safe strict
  set search_path = pg_catalog, pg_temp
as $$
declare
  total integer;
  remainder integer;
  length_before integer;
begin
  if value !~ '^[0-9A-Z]{12}[0-9]{2}$' or value = repeat(left(value, 1), 14) then
    return false;
  end if;
  for length_before in 12..13 loop
    total := 0;
    for i in 1..length_before loop
      total := total + (ascii(substr(value, i, 1)) - 48) * (2 + (length_before - i) % 8);
    end loop;
    remainder := total % 11;
    if substr(value, length_before + 1, 1)::integer <> (case when remainder < 2 then 0 else 11 - remainder end) then
      return false;
    end if;
  end loop;
  return true;
end
$$;

-- Time --------------------------------------------------------------------------------------

-- The slot of a booking, null when it has no time of its own (an instant consultation). Immutable:
-- minutes added to an instant do not depend on a time zone, which `timestamptz + interval` cannot know.
create function app.slot(starts_at timestamptz, minutes integer) returns tstzrange
  language sql immutable parallel safe strict
  set search_path = pg_catalog, pg_temp
  as $$ select tstzrange(starts_at, starts_at + make_interval(mins => minutes), '[)') $$;

-- Triggers that many tables share -------------------------------------------------------------

create function app.touch() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;

-- For history: nothing is changed or removed, whoever asks.
create function app.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation';
end
$$;

-- For clinical rows: kept at least 20 years (Lei 13.787/2018, art. 6), so they are inactivated or superseded.
create function app.refuse_delete() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'rows of % are never deleted', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

-- Trigger arguments name the columns that keep their first value.
create function app.keep_columns() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  before jsonb := to_jsonb(old);
  after jsonb := to_jsonb(new);
begin
  for i in 0..tg_nargs - 1 loop
    if before -> tg_argv[i] is distinct from after -> tg_argv[i] then
      raise exception '%.% cannot change', tg_table_name, tg_argv[i]
        using errcode = 'restrict_violation';
    end if;
  end loop;
  return new;
end
$$;

-- Protection ----------------------------------------------------------------------------------

-- Every table passes through here once: row level security on and forced, nothing granted to
-- people (policies and grants follow by name), everything but DELETE to service_role.
-- `kind`: 'plain' (may be deleted by the system), 'clinical' (never deleted), 'history' (append-only).
create procedure app.protect(target regclass, kind text default 'plain')
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  bypasses boolean;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('revoke all on table %s from public, anon, authenticated, medcall_patient, service_role', target);
  execute format('create policy system on %s to service_role using (true) with check (true)', target);

  -- Where the owner is neither superuser nor BYPASSRLS (a managed server), forced policies bind it
  -- too, and SECURITY DEFINER functions run as the owner.
  select rolsuper or rolbypassrls into bypasses from pg_roles where rolname = current_user;
  if not bypasses then
    execute format('create policy owner on %s to %I using (true) with check (true)', target, current_user);
  end if;

  case kind
    when 'plain' then
      execute format('grant select, insert, update, delete on table %s to service_role', target);
    when 'clinical' then
      execute format('grant select, insert, update on table %s to service_role', target);
      execute format('create trigger never_deleted before delete on %s for each row execute function app.refuse_delete()', target);
      execute format('create trigger never_truncated before truncate on %s for each statement execute function app.refuse_delete()', target);
    when 'history' then
      execute format('grant select, insert on table %s to service_role', target);
      execute format('create trigger append_only before update or delete on %s for each row execute function app.refuse_change()', target);
      execute format('create trigger never_truncated before truncate on %s for each statement execute function app.refuse_change()', target);
  end case;
end
$$;

-- The runner keeps its book in app.schema_migrations; nobody else reads it.
alter table app.schema_migrations enable row level security;
revoke all on table app.schema_migrations from public, anon, authenticated, medcall_patient, service_role;
