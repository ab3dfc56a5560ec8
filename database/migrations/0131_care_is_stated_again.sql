-- A doctor who states why he cares for a person does so by himself, also where a joining of cards had related
-- the two before: the relation is his own then, with his reason, and on the audit.
create function app.state_care(p_patient uuid, p_reason text) returns setof public.care_relations
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  doctor uuid := app.current_doctor();
  clinic uuid := app.current_clinic();
begin
  if doctor is null then
    raise exception 'only a doctor states care' using errcode = 'insufficient_privilege';
  end if;
  insert into public.care_relations as r (doctor_id, patient_id, clinica_id, reason)
  select doctor, p.id, p.clinica_id, p_reason
  from public.patients p where p.id = p_patient and p.clinica_id = clinic
  on conflict (doctor_id, patient_id) do update
    set ended_at = null, reason = excluded.reason, origin = 'stated'
    where r.ended_at is not null or r.origin = 'merge';
  return query select r.* from public.care_relations r where r.doctor_id = doctor and r.patient_id = p_patient;
end
$$;
revoke all on function app.state_care(uuid, text) from public;
grant execute on function app.state_care(uuid, text) to authenticated;

create trigger audit_stated_again after update on public.care_relations
  for each row when (new.origin = 'stated' and new.ended_at is null
    and (old.origin <> 'stated' or old.ended_at is not null))
  execute function app.audit_care_relation();
