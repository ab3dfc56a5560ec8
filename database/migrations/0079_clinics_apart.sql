-- Two places where one clinic could learn of, or name, what is another's.

-- To a person it answers for his own clinic only: he may call it himself, not only by changing a booking.
create or replace function app.calendar_follows(p_consultation uuid, p_doctors uuid[]) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select exists (select 1 from public.calendar_connections k
      join public.medicos m on m.id = k.doctor_id
      where k.doctor_id = any (p_doctors) and k.provider = 'google' and k.status = 'active'
        and (app.is_system() or m.clinica_id = app.current_clinic()))
    or exists (select 1 from public.calendar_events e
      join public.consultations c on c.id = e.consultation_id
      where e.consultation_id = p_consultation
        and (app.is_system() or c.clinica_id = app.current_clinic()))
$$;

-- Whose card a consent names as the guardian's has to answer for the consultation's patient at that moment. A
-- patient who signs for himself may read no such link: the rule does.
create function app.consent_of_guardian() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select 1 from public.consultations c
      join public.patient_guardians g on g.patient_id = c.patient_id
      where c.id = new.consultation_id and g.guardian_id = new.guardian_id and g.ended_at is null) then
    raise exception 'this card does not answer for the patient of the consultation'
      using errcode = 'check_violation', constraint = 'consents_guardian_answers';
  end if;
  return new;
end
$$;
revoke all on function app.consent_of_guardian() from public;
create trigger guardian_answers before insert on public.consents
  for each row when (new.guardian_id is not null) execute function app.consent_of_guardian();
