-- From draft to paper: what a signed note and an approved document print, and what of them stands for good.

-- Res. CFM 2.314/2022, art. 13 asks for the patient's address and the place that he names himself.
alter table public.patients add column address text check (length(address) between 3 and 300);
alter table public.consents add column location text check (length(location) between 2 and 200);

-- Which engine wrote an AI version: the record says so beside what the doctor made of it.
alter table public.note_versions
  add column engine text,
  add column engine_version text,
  add column prompt_hash text;

-- `printed` is the letterhead as it was at that moment (doctor, patient, clinic): the PDF is drawn from
-- it and from the signed text alone, so that it is the same whenever it is drawn.
alter table public.notes
  add column engine_version text,
  add column shows_cid boolean not null default false,
  add column printed jsonb,
  add column pdf_sha256 text check (pdf_sha256 ~ '^[0-9a-f]{64}$');
alter table public.documents
  add column version integer not null default 1 check (version >= 1),
  add column printed jsonb,
  add column pdf_sha256 text check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  add column revoked_at timestamptz,
  add column revoke_reason text,
  add column created_by uuid;
create unique index documents_one_letter on public.documents (consultation_id)
  where kind = 'letter' and status <> 'revoked';

-- Signed is signed. Only the address of its stored PDF may still be filled in, once.
create or replace function app.keep_signed() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if old.pdf_key is null
    and to_jsonb(new) - 'pdf_key' - 'pdf_sha256' - 'updated_at'
      = to_jsonb(old) - 'pdf_key' - 'pdf_sha256' - 'updated_at' then
    return new;
  end if;
  raise exception 'a signed % does not change', tg_argv[0] using errcode = 'restrict_violation';
end
$$;

-- An approved document is what a patient may have in hand: it changes no more. It can be revoked, and
-- its PDF's address is filled in once.
create function app.keep_approved() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  movable text[] := array['updated_at'];
begin
  if old.pdf_key is null then
    movable := movable || array['pdf_key', 'pdf_sha256'];
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
create trigger approved_is_final before update on public.documents
  for each row when (old.status <> 'draft') execute function app.keep_approved();
revoke all on function app.keep_approved() from public;
