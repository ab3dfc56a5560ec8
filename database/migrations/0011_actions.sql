-- What a person's transaction may cause beyond its own tables: an audit row, a job.

-- Writes an audit row as the caller of the claims. Only the system may name another actor or clinic
-- (a failed sign-in, a webhook): for people p_user_id and p_clinica_id are ignored.
create function app.audit(
  p_action text,
  p_table_name text default null,
  p_record_id text default null,
  p_changes jsonb default '{}',
  p_outcome text default 'ok',
  p_patient_id uuid default null,
  p_ip inet default null,
  p_request_id text default null,
  p_user_id uuid default null,
  p_clinica_id uuid default null,
  p_actor_kind text default null
) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  member app.member_context;
  invitation app.invitation_context;
  system_call boolean := app.is_system();
  actor uuid;
  clinic uuid;
  kind text;
  name text;
  patient uuid := p_patient_id;
  written uuid;
begin
  if system_call then
    actor := p_user_id;
    kind := coalesce(p_actor_kind, 'service');
    clinic := coalesce(p_clinica_id, (select m.clinica_id from public.members m where m.user_auth = p_user_id and m.active));
    name := (select m.name from public.members m where m.user_auth = p_user_id and m.active);
  else
    member := app.current_member();
    invitation := app.current_invitation();
    if member.member_id is not null then
      actor := member.user_auth;
      kind := member.role;
      clinic := member.clinica_id;
      name := member.name;
    elsif invitation.invitation_id is not null then
      actor := invitation.participant_sub;
      kind := case invitation.kind when 'guest' then 'convidado' else 'paciente' end;
      clinic := invitation.clinica_id;
    else
      raise exception 'no caller to audit' using errcode = 'insufficient_privilege';
    end if;
    -- A person's row may name only a patient of the same clinic.
    patient := (select p.id from public.patients p where p.id = p_patient_id and p.clinica_id = clinic);
  end if;

  insert into public.audit_logs
    (user_id, action, table_name, record_id, changes, clinica_id, patient_id, actor_kind, actor_name, outcome, ip, request_id)
  values
    (actor, p_action, p_table_name, p_record_id, p_changes, clinic, patient, kind, name, p_outcome, p_ip, p_request_id)
  returning id into written;
  return written;
end
$$;

-- The clinic that a job's subject belongs to; null when there is no such row.
create function app.clinic_of(subject text, id uuid) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select case subject
    when 'consultations' then (select c.clinica_id from public.consultations c where c.id = clinic_of.id)
    when 'notes' then (select c.clinica_id from public.notes n join public.consultations c on c.id = n.consultation_id where n.id = clinic_of.id)
    when 'notifications' then (select n.clinica_id from public.notifications n where n.id = clinic_of.id)
    when 'webhook_deliveries' then (select w.clinica_id from public.webhook_deliveries w where w.id = clinic_of.id)
    when 'calendar_connections' then (select d.clinica_id from public.calendar_connections k join public.medicos d on d.id = k.doctor_id where k.id = clinic_of.id)
    when 'data_requests' then (select r.clinica_id from public.data_requests r where r.id = clinic_of.id)
    when 'members' then (select m.clinica_id from public.members m where m.id = clinic_of.id)
  end
$$;

-- Asks for a job in the caller's transaction. People may ask only for kinds marked so and only about
-- rows of their own clinic; the system for any.
create function app.enqueue(kind text, subject_id uuid, run_after timestamptz default now()) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  known app.job_kinds;
  written bigint;
begin
  select * into known from app.job_kinds k where k.kind = enqueue.kind;
  if known.kind is null then
    raise exception 'unknown job kind %', kind using errcode = 'invalid_parameter_value';
  end if;
  if not app.is_system() and (
    not known.by_people
    or app.current_clinic() is null
    or app.clinic_of(known.subject, subject_id) is distinct from app.current_clinic()
  ) then
    raise exception 'job % is not for this caller', kind using errcode = 'insufficient_privilege';
  end if;

  insert into app.job_outbox (kind, subject_id, run_after, caused_by)
  values (enqueue.kind, enqueue.subject_id, enqueue.run_after, app.claimed_uuid('sub'))
  returning id into written;
  -- Delivered at commit: the worker wakes without polling.
  perform pg_notify('medcall_jobs', '');
  return written;
end
$$;

-- A stated reason to read a chart is itself on the record.
create function app.audit_care_relation() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform app.audit('care_relation.stated', 'care_relations', new.doctor_id || ':' || new.patient_id,
    jsonb_build_object('reason', encode(sha256(convert_to(new.reason, 'UTF8')), 'hex')), 'ok', new.patient_id,
    p_clinica_id => new.clinica_id);
  return null;
end
$$;
create trigger audit_stated after insert on public.care_relations
  for each row when (new.origin = 'stated') execute function app.audit_care_relation();
