-- Who answers for a minor, and which card a booking's CPF already stood on.

-- A person may answer for several, and several for one: `patients.guardian_of` holds one of them only.
create table public.patient_guardians (
  patient_id uuid not null,
  guardian_id uuid not null,
  clinica_id uuid not null references public.clinicas,
  relation text check (length(btrim(relation)) between 2 and 80),
  since timestamptz not null default now(),
  -- Kept, as consents were signed under it.
  ended_at timestamptz,
  primary key (patient_id, guardian_id),
  foreign key (patient_id, clinica_id) references public.patients (id, clinica_id),
  foreign key (guardian_id, clinica_id) references public.patients (id, clinica_id),
  check (guardian_id <> patient_id)
);
create index patient_guardians_guardian on public.patient_guardians (guardian_id);
call app.protect('public.patient_guardians', 'clinical');
create trigger keep before update on public.patient_guardians
  for each row execute function app.keep_columns('patient_id', 'guardian_id', 'clinica_id', 'since');

-- Part of the card: the whole clinic.
grant select on public.patient_guardians to authenticated;
grant insert (patient_id, guardian_id, clinica_id, relation) on public.patient_guardians to authenticated;
grant update (relation, ended_at) on public.patient_guardians to authenticated;
create policy member_reads on public.patient_guardians for select to authenticated
  using (clinica_id = (select app.current_clinic()));
create policy member_adds on public.patient_guardians for insert to authenticated
  with check (clinica_id = (select app.current_clinic()));
create policy member_changes on public.patient_guardians for update to authenticated
  using (clinica_id = (select app.current_clinic())) with check (clinica_id = (select app.current_clinic()));

-- The column follows the table, and who writes the column makes the row.
create function app.guardian_to_card() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.patients p set guardian_of = (
      select g.patient_id from public.patient_guardians g
      where g.guardian_id = new.guardian_id and g.ended_at is null
      order by g.since limit 1)
    where p.id = new.guardian_id
      and (new.ended_at is null and p.guardian_of is null
        or new.ended_at is not null and p.guardian_of = new.patient_id);
  return null;
end
$$;
create trigger to_card after insert or update of ended_at on public.patient_guardians
  for each row execute function app.guardian_to_card();

create function app.guardian_from_card() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.patient_guardians (patient_id, guardian_id, clinica_id)
    values (new.guardian_of, new.id, new.clinica_id)
    on conflict (patient_id, guardian_id) do update set ended_at = null
      where patient_guardians.ended_at is not null;
  return null;
end
$$;
revoke all on function app.guardian_to_card(), app.guardian_from_card() from public;
insert into public.patient_guardians (patient_id, guardian_id, clinica_id)
  select guardian_of, id, clinica_id from public.patients where guardian_of is not null;
create trigger from_card after insert or update of guardian_of on public.patients
  for each row when (new.guardian_of is not null) execute function app.guardian_from_card();

-- The card of the guardian who signed, where the clinic has one.
alter table public.consents add column guardian_id uuid references public.patients;

-- Whether somebody is under age on the wall calendar of his clinic (Código Civil, art. 5º); not for
-- somebody whose birth date nobody wrote down.
create function app.is_minor(born date, zone text) returns boolean
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
  as $$ select coalesce(born > (now() at time zone zone)::date - interval '18 years', false) $$;
revoke all on function app.is_minor(date, text) from public;
grant execute on function app.is_minor(date, text) to authenticated, medcall_patient, service_role;

-- A booking came with this card's CPF and another birth date: one person mistyped, or two.
alter table public.patients add column same_cpf_as uuid,
  add foreign key (same_cpf_as, clinica_id) references public.patients (id, clinica_id),
  add check (same_cpf_as <> id);
