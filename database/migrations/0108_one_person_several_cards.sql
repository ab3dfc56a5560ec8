-- Cards that turn out to be one person's are joined, and parted again when that was wrong (decision 84).
-- Nothing is copied and nothing moves: consultations, health, guardians stay with their card, and what is read
-- of a person is read of all of his cards.
alter table public.patients
  add column merged_into uuid,
  add foreign key (merged_into, clinica_id) references public.patients (id, clinica_id),
  add check (merged_into <> id),
  -- Whoever looks for people finds the card that stands.
  add check (merged_into is null or not active);
grant select (merged_into) on public.patients to medcall_gateway;
create index patients_merged_into on public.patients (merged_into) where merged_into is not null;

-- Who joined what, and who parted it again.
create table public.patient_merges (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  kept_id uuid not null,
  merged_id uuid not null,
  merged_by uuid,
  merged_at timestamptz not null default now(),
  undone_by uuid,
  undone_at timestamptz,
  foreign key (kept_id, clinica_id) references public.patients (id, clinica_id),
  foreign key (merged_id, clinica_id) references public.patients (id, clinica_id),
  check (kept_id <> merged_id)
);
create unique index patient_merges_open on public.patient_merges (merged_id) where undone_at is null;
create index patient_merges_kept on public.patient_merges (kept_id);
call app.protect('public.patient_merges', 'clinical');
create trigger keep before update on public.patient_merges
  for each row execute function app.keep_columns('id', 'clinica_id', 'kept_id', 'merged_id', 'merged_by', 'merged_at');
grant select on public.patient_merges to authenticated;
create policy member_reads on public.patient_merges for select to authenticated
  using (clinica_id = (select app.current_clinic()));

-- Two cards that look like one person's and are two people's: somebody looked.
create table public.patient_distinctions (
  clinica_id uuid not null references public.clinicas,
  first_id uuid not null,
  second_id uuid not null,
  decided_by uuid,
  decided_at timestamptz not null default now(),
  -- Taken back.
  ended_at timestamptz,
  primary key (first_id, second_id),
  foreign key (first_id, clinica_id) references public.patients (id, clinica_id),
  foreign key (second_id, clinica_id) references public.patients (id, clinica_id),
  check (first_id < second_id)
);
call app.protect('public.patient_distinctions', 'clinical');
create trigger keep before update on public.patient_distinctions
  for each row execute function app.keep_columns('clinica_id', 'first_id', 'second_id');
grant select on public.patient_distinctions to authenticated;
grant insert (clinica_id, first_id, second_id, decided_by) on public.patient_distinctions to authenticated;
grant update (decided_by, decided_at, ended_at) on public.patient_distinctions to authenticated;
create policy member_reads on public.patient_distinctions for select to authenticated
  using (clinica_id = (select app.current_clinic()));
create policy member_adds on public.patient_distinctions for insert to authenticated
  with check (clinica_id = (select app.current_clinic()));
create policy member_changes on public.patient_distinctions for update to authenticated
  using (clinica_id = (select app.current_clinic())) with check (clinica_id = (select app.current_clinic()));

-- The card that stands for a person; null for a card that the caller does not see.
create function app.person_of(card uuid) returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  with recursive up as (
    select p.id, p.merged_into from public.patients p where p.id = card
    union all
    select p.id, p.merged_into from up join public.patients p on p.id = up.merged_into
  )
  select up.id from up where up.merged_into is null
$$;

-- All cards of the person whose card it is, itself among them.
create function app.same_person(card uuid) returns setof uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  with recursive down as (
    select app.person_of(card) as id
    union all
    select p.id from down join public.patients p on p.merged_into = down.id
  )
  select down.id from down where down.id is not null
$$;
revoke all on function app.person_of(uuid), app.same_person(uuid) from public;
grant execute on function app.person_of(uuid), app.same_person(uuid)
  to authenticated, service_role, medcall_gateway;

-- Only the two functions below join and part: they look at both cards.
create function app.refuse_merging() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if current_user in ('authenticated', 'medcall_patient') then
    raise exception 'cards are joined by app.merge_patients' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
revoke all on function app.refuse_merging() from public;
create trigger merged_by_function before update of merged_into on public.patients
  for each row when (old.merged_into is distinct from new.merged_into) execute function app.refuse_merging();
create trigger added_apart before insert on public.patients
  for each row when (new.merged_into is not null) execute function app.refuse_merging();

-- Who cares for a person cares for him under each of his cards. `merge`: by that alone.
alter table public.care_relations drop constraint care_relations_origin_check;
alter table public.care_relations
  add constraint care_relations_origin_check check (origin in ('booking', 'stated', 'merge'));

create or replace function app.relate_by_booking() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.care_relations (doctor_id, patient_id, clinica_id, reason, origin)
  values (new.doctor_id, new.patient_id, new.clinica_id, 'consulta agendada', 'booking')
  on conflict (doctor_id, patient_id) do update set ended_at = null, reason = case
      when public.care_relations.origin = 'merge' then excluded.reason else public.care_relations.reason end,
    -- A booking stands by itself when the cards are parted.
    origin = case when public.care_relations.origin = 'merge' then 'booking' else public.care_relations.origin end
    where public.care_relations.ended_at is not null or public.care_relations.origin = 'merge';
  return null;
end
$$;

-- Brings the relations by merge of a person up to date: there for every doctor with one of his own to any of
-- the person's cards, ended for every other.
create function app.relate_cards(card uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  cards uuid[] := array(select app.same_person(card));
begin
  insert into public.care_relations (doctor_id, patient_id, clinica_id, reason, origin)
  select distinct on (r.doctor_id, c.id) r.doctor_id, c.id, r.clinica_id, r.reason, 'merge'
  from public.care_relations r cross join unnest(cards) as c (id)
  where r.patient_id = any (cards) and r.origin <> 'merge' and r.ended_at is null and r.patient_id <> c.id
  order by r.doctor_id, c.id, r.since
  on conflict (doctor_id, patient_id) do update set ended_at = null
    where public.care_relations.origin = 'merge' and public.care_relations.ended_at is not null;
  update public.care_relations r set ended_at = now()
  where r.patient_id = any (cards) and r.origin = 'merge' and r.ended_at is null
    and not exists (select 1 from public.care_relations own
      where own.doctor_id = r.doctor_id and own.patient_id = any (cards)
        and own.origin <> 'merge' and own.ended_at is null);
end
$$;

create function app.care_reaches_cards() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select 1 from public.patients p
      where p.id = new.patient_id and p.merged_into is not null or p.merged_into = new.patient_id) then
    perform app.relate_cards(new.patient_id);
  end if;
  return null;
end
$$;
revoke all on function app.relate_cards(uuid), app.care_reaches_cards() from public;
create trigger reaches_cards after insert or update of ended_at on public.care_relations
  for each row when (new.origin <> 'merge') execute function app.care_reaches_cards();

-- Joins a card to the one that is kept. Members of the clinic only; whoever is told `no_data_found` sees no
-- such card. The audit is the caller's.
create function app.merge_patients(p_kept uuid, p_merged uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  clinic uuid := app.current_clinic();
  kept public.patients;
  merged public.patients;
begin
  perform 1 from public.patients p
    where p.id in (p_kept, p_merged) and p.clinica_id = clinic order by p.id for update;
  select * into kept from public.patients p where p.id = p_kept and p.clinica_id = clinic;
  select * into merged from public.patients p where p.id = p_merged and p.clinica_id = clinic;
  if kept.id is null or merged.id is null then
    raise exception 'no such card' using errcode = 'no_data_found';
  end if;
  if kept.id = merged.id or not kept.active or not merged.active then
    raise exception 'both cards have to stand' using errcode = 'check_violation', constraint = 'patients_merge_stand';
  end if;
  -- A CPF is one person's: two of them are two people's, and the only one stays on the card that is kept.
  if merged.cpf is not null then
    raise exception 'the card that is kept has the CPF' using errcode = 'check_violation',
      constraint = case when kept.cpf is null then 'patients_merge_keep_cpf' else 'patients_merge_two_cpfs' end;
  end if;
  insert into public.patient_merges (clinica_id, kept_id, merged_id, merged_by)
    values (clinic, kept.id, merged.id, app.claimed_uuid('sub'));
  update public.patients p set merged_into = kept.id, active = false where p.id = merged.id;
  perform app.relate_cards(kept.id);
end
$$;

-- Parts a card from the one that it was joined to: both are what they were.
-- @returns the card that had been kept
create function app.unmerge_patient(p_merged uuid) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  clinic uuid := app.current_clinic();
  merge public.patient_merges;
begin
  select * into merge from public.patient_merges m
    where m.merged_id = p_merged and m.clinica_id = clinic and m.undone_at is null for update;
  if merge.id is null then
    raise exception 'no such merge' using errcode = 'no_data_found';
  end if;
  perform 1 from public.patients p where p.id in (merge.kept_id, merge.merged_id) order by p.id for update;
  -- A person who was erased meanwhile does not come back under another card.
  if not exists (select 1 from public.patients p where p.id = app.person_of(merge.kept_id) and p.active) then
    raise exception 'the card that was kept is gone' using errcode = 'check_violation',
      constraint = 'patients_merge_stand';
  end if;
  update public.patient_merges m set undone_at = now(), undone_by = app.claimed_uuid('sub') where m.id = merge.id;
  update public.patients p set merged_into = null, active = true where p.id = merge.merged_id;
  perform app.relate_cards(merge.kept_id);
  perform app.relate_cards(merge.merged_id);
  return merge.kept_id;
end
$$;
revoke all on function app.merge_patients(uuid, uuid), app.unmerge_patient(uuid) from public;
grant execute on function app.merge_patients(uuid, uuid), app.unmerge_patient(uuid) to authenticated;

-- A guardian answers for the person, under whichever card either of them is written down.
create or replace function app.consent_of_guardian() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select 1 from public.consultations c
      join public.patient_guardians g on g.patient_id in (select app.same_person(c.patient_id))
      where c.id = new.consultation_id and g.ended_at is null
        and g.guardian_id in (select app.same_person(new.guardian_id))) then
    raise exception 'this card does not answer for the patient of the consultation'
      using errcode = 'check_violation', constraint = 'consents_guardian_answers';
  end if;
  return new;
end
$$;

-- A return is to a consultation of the same person.
alter table public.consultations drop constraint consultations_return_of_clinica_id_patient_id_fkey;
create function app.return_of_person() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select 1 from public.consultations c where c.id = new.return_of
      and c.clinica_id = new.clinica_id and c.patient_id in (select app.same_person(new.patient_id))) then
    raise exception 'a return is to a consultation of the same person'
      using errcode = 'foreign_key_violation', constraint = 'consultations_return_of_person';
  end if;
  return new;
end
$$;
revoke all on function app.return_of_person() from public;
create trigger return_of_person before insert or update of return_of on public.consultations
  for each row when (new.return_of is not null) execute function app.return_of_person();
