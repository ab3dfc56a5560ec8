-- Row level security: clinics, people, agenda, messages. A row of another clinic is simply not there.
-- `(select …)` makes the planner ask once per statement instead of once per row.

-- Clinic: its members read it, its administrators change it, a room token reads its own.
grant select, update on public.clinicas to authenticated;
grant select on public.clinicas to medcall_patient;
create policy member_reads on public.clinicas for select to authenticated
  using (id = (select app.current_clinic()));
create policy admin_changes on public.clinicas for update to authenticated
  using (id = (select app.administered_clinic())) with check (id = (select app.administered_clinic()));
create policy invited_reads on public.clinicas for select to medcall_patient
  using (id = (select (app.current_invitation()).clinica_id));

-- Doctors: the whole clinic reads them; each changes his own row, administrators all and new ones.
grant select, insert, update on public.medicos to authenticated;
grant select on public.medicos to medcall_patient;
create policy member_reads on public.medicos for select to authenticated
  using (clinica_id = (select app.current_clinic()));
create policy admin_adds on public.medicos for insert to authenticated
  with check (clinica_id = (select app.administered_clinic()));
create policy self_or_admin_changes on public.medicos for update to authenticated
  using (id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic()))
  with check (id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic()));
create policy invited_reads on public.medicos for select to medcall_patient
  using (id = (select (app.current_invitation()).doctor_id));

-- Memberships: administrators alone decide who belongs.
grant select, insert, update on public.members to authenticated;
create policy member_reads on public.members for select to authenticated
  using (clinica_id = (select app.current_clinic()));
create policy admin_adds on public.members for insert to authenticated
  with check (clinica_id = (select app.administered_clinic()));
create policy admin_changes on public.members for update to authenticated
  using (clinica_id = (select app.administered_clinic()))
  with check (clinica_id = (select app.administered_clinic()));

-- Agenda: own hours for a doctor, everybody's for an administrator.
do $$
declare
  t text;
begin
  foreach t in array array['availability', 'availability_exceptions'] loop
    execute format('grant select, insert, update, delete on public.%I to authenticated', t);
    execute format($policy$create policy member_reads on public.%I for select to authenticated
      using (clinica_id = (select app.current_clinic()))$policy$, t);
    execute format($policy$create policy self_or_admin_writes on public.%I for all to authenticated
      using (clinica_id = (select app.current_clinic())
        and (doctor_id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic())))
      with check (clinica_id = (select app.current_clinic())
        and (doctor_id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic())))$policy$, t);
  end loop;
end
$$;

-- A calendar's sealed token is granted to nobody but the system.
grant select (id, doctor_id, provider, account_email, calendar_id, status, channel_expires_at, created_at, updated_at)
  on public.calendar_connections to authenticated;
create policy own on public.calendar_connections for select to authenticated
  using (doctor_id = (select app.current_doctor()));

grant select, insert, update, delete on public.voice_profiles to authenticated;
create policy own on public.voice_profiles for all to authenticated
  using (doctor_id = (select app.current_doctor())) with check (doctor_id = (select app.current_doctor()));

-- Demographic card: the whole clinic. A patient reads his own; a guest does not.
grant select, insert, update on public.patients to authenticated;
grant select on public.patients to medcall_patient;
create policy member_reads on public.patients for select to authenticated
  using (clinica_id = (select app.current_clinic()));
create policy member_adds on public.patients for insert to authenticated
  with check (clinica_id = (select app.current_clinic()));
create policy member_changes on public.patients for update to authenticated
  using (clinica_id = (select app.current_clinic())) with check (clinica_id = (select app.current_clinic()));
create policy patient_reads_self on public.patients for select to medcall_patient
  using (id = (select i.patient_id from app.current_invitation() i where i.kind = 'patient'));

-- Care relations: a doctor states his own; the administrator sees who treats whom.
grant select, insert on public.care_relations to authenticated;
grant update (ended_at) on public.care_relations to authenticated;
create policy doctor_or_admin_reads on public.care_relations for select to authenticated
  using (doctor_id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic()));
create policy doctor_states on public.care_relations for insert to authenticated
  with check (doctor_id = (select app.current_doctor())
    and clinica_id = (select app.current_clinic()) and origin = 'stated');
create policy doctor_ends on public.care_relations for update to authenticated
  using (doctor_id = (select app.current_doctor())) with check (doctor_id = (select app.current_doctor()));

-- Health: only in a care relation. Its own policy is asked through care_relations' row security.
grant select, insert, update on public.patient_health to authenticated;
create policy carer on public.patient_health for all to authenticated
  using (clinica_id = (select app.current_clinic()) and exists (
    select 1 from public.care_relations r
    where r.patient_id = patient_health.patient_id
      and r.doctor_id = (select app.current_doctor()) and r.ended_at is null))
  with check (clinica_id = (select app.current_clinic()) and exists (
    select 1 from public.care_relations r
    where r.patient_id = patient_health.patient_id
      and r.doctor_id = (select app.current_doctor()) and r.ended_at is null));
grant select on public.patient_records to authenticated, service_role;

grant select, insert, update on public.data_requests to authenticated;
create policy admin_all on public.data_requests for all to authenticated
  using (clinica_id = (select app.administered_clinic()))
  with check (clinica_id = (select app.administered_clinic()));
create policy carer_reads on public.data_requests for select to authenticated
  using (clinica_id = (select app.current_clinic()) and exists (
    select 1 from public.care_relations r
    where r.patient_id = data_requests.patient_id
      and r.doctor_id = (select app.current_doctor()) and r.ended_at is null));

-- Messages and webhooks: the administrator's; a doctor sees those of the consultations that he sees.
grant select, insert on public.notifications to authenticated;
grant update (read_at, status) on public.notifications to authenticated;
create policy admin_reads on public.notifications for select to authenticated
  using (clinica_id = (select app.administered_clinic()));
create policy member_reads_own on public.notifications for select to authenticated
  using (member_id = (select (app.current_member()).member_id));
create policy doctor_reads on public.notifications for select to authenticated
  using (clinica_id = (select app.current_clinic()) and (select app.current_doctor()) is not null
    and exists (select 1 from public.consultations c where c.id = notifications.consultation_id));
create policy member_adds on public.notifications for insert to authenticated
  with check (clinica_id = (select app.current_clinic())
    and exists (select 1 from public.consultations c where c.id = notifications.consultation_id));
create policy member_marks_own on public.notifications for update to authenticated
  using (member_id = (select (app.current_member()).member_id))
  with check (member_id = (select (app.current_member()).member_id));

grant select, insert on public.webhook_deliveries to authenticated;
create policy admin_reads on public.webhook_deliveries for select to authenticated
  using (clinica_id = (select app.administered_clinic()));
create policy admin_adds on public.webhook_deliveries for insert to authenticated
  with check (clinica_id = (select app.administered_clinic()));

-- Audit: the administrator reads his clinic's; a doctor, who opened the charts of his patients.
grant select on public.audit_logs, public.audit_chain, public.audit_heads to authenticated;
create policy admin_reads on public.audit_logs for select to authenticated
  using (clinica_id = (select app.administered_clinic()));
create policy carer_reads on public.audit_logs for select to authenticated
  using (clinica_id = (select app.current_clinic()) and patient_id is not null and exists (
    select 1 from public.care_relations r
    where r.patient_id = audit_logs.patient_id
      and r.doctor_id = (select app.current_doctor()) and r.ended_at is null));
create policy admin_reads on public.audit_chain for select to authenticated
  using (clinica_id = (select app.administered_clinic()));
create policy admin_reads on public.audit_heads for select to authenticated
  using (clinica_id = (select app.administered_clinic()));
