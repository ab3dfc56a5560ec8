-- Papers signed with the doctor's own certificate (ICP-Brasil, A1): decision 107.

create table public.signing_certificates (
  id uuid primary key default gen_random_uuid(),
  doctor_id uuid not null unique references public.medicos on delete cascade,
  -- The key and its chain, sealed by the service and bound to this row's id. The file and its password are
  -- not kept.
  key_sealed bytea not null,
  holder text not null,
  cpf text check (cpf ~ '^[0-9]{11}$'),
  issuer text not null,
  serial text not null,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  not_before timestamptz not null,
  not_after timestamptz not null,
  -- Under a root made for tests.
  is_test boolean not null,
  created_at timestamptz not null default now()
);
call app.protect('public.signing_certificates');
-- A doctor sees what his certificate says and takes it away. The key is granted to nobody but the system.
grant select (id, doctor_id, holder, cpf, issuer, serial, fingerprint, not_before, not_after, is_test, created_at)
  on public.signing_certificates to authenticated;
create policy own on public.signing_certificates for select to authenticated
  using (doctor_id = (select app.current_doctor()));

-- A key goes when its purpose goes.
create function app.forget_certificate() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_table_name = 'medicos' then
    delete from public.signing_certificates where doctor_id = new.id;
  else
    delete from public.signing_certificates where doctor_id = new.medico_id;
  end if;
  return null;
end
$$;
revoke all on function app.forget_certificate() from public;
create trigger forget_certificate after update of active on public.medicos
  for each row when (old.active and not new.active) execute function app.forget_certificate();
create trigger forget_certificate after update of active on public.members
  for each row when (old.active and not new.active and new.medico_id is not null)
  execute function app.forget_certificate();

-- By whose certificate the filed PDF is signed; null: by none. Filled in with the PDF's address, once.
alter table public.notes add column pdf_signature jsonb;
alter table public.documents add column pdf_signature jsonb;

create or replace function app.keep_signed() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if old.pdf_key is null
    and to_jsonb(new) - 'pdf_key' - 'pdf_sha256' - 'pdf_signature' - 'updated_at'
      = to_jsonb(old) - 'pdf_key' - 'pdf_sha256' - 'pdf_signature' - 'updated_at' then
    return new;
  end if;
  raise exception 'a signed % does not change', tg_argv[0] using errcode = 'restrict_violation';
end
$$;

create or replace function app.keep_approved() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  movable text[] := array['updated_at'];
begin
  if old.pdf_key is null then
    movable := movable || array['pdf_key', 'pdf_sha256', 'pdf_signature'];
  end if;
  if old.status = 'approved' and new.status = 'revoked' then
    movable := movable || array['status', 'revoked_at', 'revoke_reason'];
  end if;
  if to_jsonb(new) - movable = to_jsonb(old) - movable then
    return new;
  end if;
  raise exception 'an approved document does not change' using errcode = 'restrict_violation';
end
$$;
