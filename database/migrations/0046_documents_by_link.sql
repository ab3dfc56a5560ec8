-- The link by which a patient reads approved documents, and whose chart an invited person touches.

-- The front desk may send the link without reading what it opens.
create function app.has_approved_documents(consultation uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select 1
    from public.documents d join public.consultations c on c.id = d.consultation_id
    where d.consultation_id = has_approved_documents.consultation and d.status = 'approved'
      and c.clinica_id = app.current_clinic())
$$;
revoke all on function app.has_approved_documents(uuid) from public;
grant execute on function app.has_approved_documents(uuid) to authenticated, service_role;

-- As before (0011), and: what a patient does by a link is about the patient of that link, so that the
-- chart's own access log shows it.
create or replace function app.audit(
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
      patient := coalesce(patient, invitation.patient_id);
    else
      raise exception 'no caller to audit' using errcode = 'insufficient_privilege';
    end if;
    -- A person's row may name only a patient of the same clinic.
    patient := (select p.id from public.patients p where p.id = patient and p.clinica_id = clinic);
  end if;

  insert into public.audit_logs
    (user_id, action, table_name, record_id, changes, clinica_id, patient_id, actor_kind, actor_name, outcome, ip, request_id)
  values
    (actor, p_action, p_table_name, p_record_id, p_changes, clinic, patient, kind, name, p_outcome, p_ip, p_request_id)
  returning id into written;
  return written;
end
$$;
