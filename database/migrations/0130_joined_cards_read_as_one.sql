-- A consultation that was booked under a card that was joined later reads its person from the card that
-- stands: what the clinic corrects is corrected there (decision 84).
grant select (merged_into) on public.patients to medcall_jobs, medcall_ai;
grant execute on function app.person_of(uuid) to medcall_jobs, medcall_ai;
grant execute on function app.same_person(uuid) to medcall_ai;

-- The birth date of the person whose card it is. Nobody has none: where the card that stands lacks it, the
-- joined card's holds, so that a child does not grow up by a joining.
create function app.birth_date_of(card uuid) returns date
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(standing.birth_date, own.birth_date)
  from public.patients own join public.patients standing on standing.id = app.person_of(own.id)
  where own.id = card
$$;
revoke all on function app.birth_date_of(uuid) from public;
grant execute on function app.birth_date_of(uuid)
  to authenticated, service_role, medcall_gateway, medcall_ai;

-- The patient of a consultation as far as a signature asks for him. The bearer of a link sees no card but the
-- consultation's own, and is answered for that consultation only; a member for his clinic's.
create function app.signing_patient(p_consultation uuid) returns table (name text, minor boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select p.name, app.is_minor(app.birth_date_of(c.patient_id), k.timezone)
  from public.consultations c
  join public.patients p on p.id = app.person_of(c.patient_id)
  join public.clinicas k on k.id = c.clinica_id
  where c.id = p_consultation
    and (c.id = app.patients_consultation() or c.clinica_id = app.current_clinic())
$$;
revoke all on function app.signing_patient(uuid) from public;
grant execute on function app.signing_patient(uuid) to authenticated, medcall_patient;
