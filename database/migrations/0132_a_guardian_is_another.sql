-- Who answers for somebody is another person: their cards are not joined. Otherwise as in 0108.
create or replace function app.merge_patients(p_kept uuid, p_merged uuid) returns void
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
  if exists (select 1 from public.patient_guardians g where g.ended_at is null and (
      g.patient_id in (select app.same_person(kept.id)) and g.guardian_id in (select app.same_person(merged.id))
      or g.patient_id in (select app.same_person(merged.id)) and g.guardian_id in (select app.same_person(kept.id)))) then
    raise exception 'one answers for the other' using errcode = 'check_violation',
      constraint = 'patients_merge_guardian';
  end if;
  insert into public.patient_merges (clinica_id, kept_id, merged_id, merged_by)
    values (clinic, kept.id, merged.id, app.claimed_uuid('sub'));
  update public.patients p set merged_into = kept.id, active = false where p.id = merged.id;
  perform app.relate_cards(kept.id);
end
$$;
