-- A chart's access log says who opened it, not how often a screen refreshed. Decided here, where all
-- services write, so that no route can repeat itself.
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

  -- A page that asks again and again is one reading: one row for each person, record and quarter of an
  -- hour, from the first on. From another address it is a row of its own.
  if not system_call and p_action like '%.read' and p_outcome = 'ok' then
    select a.id into written from public.audit_logs a
      where a.table_name = p_table_name and a.record_id = p_record_id and a.user_id = actor
        and a.action = p_action and a.outcome = 'ok' and a.ip is not distinct from p_ip
        and a.created_at > clock_timestamp() - interval '15 minutes'
      limit 1;
    if found then
      return written;
    end if;
  end if;

  insert into public.audit_logs
    (user_id, action, table_name, record_id, changes, clinica_id, patient_id, actor_kind, actor_name, outcome, ip, request_id)
  values
    (actor, p_action, p_table_name, p_record_id, p_changes, clinic, patient, kind, name, p_outcome, p_ip, p_request_id)
  returning id into written;
  return written;
end
$$;
