-- Row level security: consultations and everything said and written in them.
-- Tables below a consultation ask whether the consultation is visible; its own policy holds the
-- rule about care, so the rule stands once.

grant select, insert, update on public.consultations to authenticated;
grant select on public.consultations to medcall_patient;
create policy admin_reads on public.consultations for select to authenticated
  using (clinica_id = (select app.administered_clinic()));
create policy carer_reads on public.consultations for select to authenticated
  using (clinica_id = (select app.current_clinic()) and (
    doctor_id = (select app.current_doctor())
    or exists (
      select 1 from public.care_relations r
      where r.patient_id = consultations.patient_id
        and r.doctor_id = (select app.current_doctor()) and r.ended_at is null)));
create policy doctor_or_admin_books on public.consultations for insert to authenticated
  with check (clinica_id = (select app.current_clinic())
    and (doctor_id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic())));
create policy doctor_or_admin_changes on public.consultations for update to authenticated
  using (clinica_id = (select app.current_clinic())
    and (doctor_id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic())))
  with check (clinica_id = (select app.current_clinic())
    and (doctor_id = (select app.current_doctor()) or clinica_id = (select app.administered_clinic())));
create policy invited_reads on public.consultations for select to medcall_patient
  using (id = (select app.invited_consultation()));

-- Read by a doctor who sees the consultation. Never by an administrator: current_doctor() is null.
do $$
declare
  t text;
  link text;
begin
  foreach t in array array['sessions', 'participants', 'audio_streams', 'invitations', 'consents',
    'recordings', 'transcriptions', 'suggestions', 'suggestion_runs', 'coverage_items', 'notes', 'documents'] loop
    link := case when t in ('recordings', 'transcriptions', 'suggestions', 'suggestion_runs')
      then 'c.room_id = ' || quote_ident(t) || '.room_id'
      else 'c.id = ' || quote_ident(t) || '.consultation_id' end;
    execute format('grant select on public.%I to authenticated', t);
    execute format($policy$create policy doctor_reads on public.%I for select to authenticated
      using ((select app.current_doctor()) is not null
        and exists (select 1 from public.consultations c where %s))$policy$, t, link);
  end loop;
end
$$;

-- Written by the consultation's own doctor. What engines and sockets write, the system writes.
do $$
declare
  t text;
  link text;
  verbs text[];
  verb text;
begin
  for t, link, verbs in values
    ('participants', 'c.id = participants.consultation_id', array['update']),
    ('transcriptions', 'c.room_id = transcriptions.room_id', array['insert', 'update']),
    ('suggestions', 'c.room_id = suggestions.room_id', array['update']),
    ('notes', 'c.id = notes.consultation_id', array['insert', 'update']),
    ('documents', 'c.id = documents.consultation_id', array['insert', 'update'])
  loop
    foreach verb in array verbs loop
      execute format('grant %s on public.%I to authenticated', verb, t);
      execute format($policy$create policy %I on public.%I for %s to authenticated %s
        with check (exists (select 1 from public.consultations c
          where %s and c.doctor_id = (select app.current_doctor())))$policy$,
        'doctor_' || verb || 's', t, verb,
        case verb when 'update' then format('using (exists (select 1 from public.consultations c
          where %s and c.doctor_id = (select app.current_doctor())))', link) else '' end,
        link);
    end loop;
  end loop;
end
$$;

-- Invitations: the doctor of the consultation, and the front desk for the clinic's agenda.
grant insert on public.invitations to authenticated;
grant update (revoked_at, name) on public.invitations to authenticated;
create policy admin_reads on public.invitations for select to authenticated
  using (exists (select 1 from public.consultations c
    where c.id = invitations.consultation_id and c.clinica_id = (select app.administered_clinic())));
create policy doctor_or_admin_invites on public.invitations for insert to authenticated
  with check (exists (select 1 from public.consultations c where c.id = invitations.consultation_id
    and (c.doctor_id = (select app.current_doctor()) or c.clinica_id = (select app.administered_clinic()))));
create policy doctor_or_admin_revokes on public.invitations for update to authenticated
  using (exists (select 1 from public.consultations c where c.id = invitations.consultation_id
    and (c.doctor_id = (select app.current_doctor()) or c.clinica_id = (select app.administered_clinic()))))
  with check (true);

-- A bearer of a room token knows his own admission; who else is there he learns once he is inside.
grant select on public.participants to medcall_patient;
create policy invited_reads_self on public.participants for select to medcall_patient
  using (consultation_id = (select app.invited_consultation()) and sub = (app.claims() ->> 'sub'));

-- Consents: the patient in his own open consultation; in person, the doctor writes down what was said.
grant insert on public.consents to authenticated;
grant select, insert on public.consents to medcall_patient;
create policy doctor_writes_in_person on public.consents for insert to authenticated
  with check (given_by = 'doctor' and exists (select 1 from public.consultations c
    where c.id = consents.consultation_id and c.type = 'PRESENCIAL'
      and c.doctor_id = (select app.current_doctor())));
create policy patient_reads on public.consents for select to medcall_patient
  using (consultation_id = (select app.patients_consultation()));
create policy patient_consents on public.consents for insert to medcall_patient
  with check (given_by = 'patient' and consultation_id = (select app.patients_consultation())
    and signer_sub = (app.claims() ->> 'sub'));

-- Note history and addenda follow their note.
grant select, insert on public.note_versions, public.note_addenda to authenticated;
create policy doctor_reads on public.note_versions for select to authenticated
  using (exists (select 1 from public.notes n where n.id = note_versions.note_id));
create policy doctor_inserts on public.note_versions for insert to authenticated
  with check (exists (
    select 1 from public.notes n join public.consultations c on c.id = n.consultation_id
    where n.id = note_versions.note_id and c.doctor_id = (select app.current_doctor())));
create policy doctor_reads on public.note_addenda for select to authenticated
  using (exists (select 1 from public.notes n where n.id = note_addenda.note_id));
create policy doctor_inserts on public.note_addenda for insert to authenticated
  with check (doctor_id = (select app.current_doctor()) and exists (
    select 1 from public.notes n join public.consultations c on c.id = n.consultation_id
    where n.id = note_addenda.note_id and n.status = 'assinada'
      and c.doctor_id = (select app.current_doctor())));

-- Documents reach the patient when the doctor has approved them. Drafts, suggestions and notes never do.
grant select on public.documents to medcall_patient;
create policy patient_reads_approved on public.documents for select to medcall_patient
  using (status = 'approved' and consultation_id =
    (select i.consultation_id from app.current_invitation() i where i.kind in ('patient', 'documents')));

-- Cost: the administrator's whole clinic; a doctor, the consultations that he sees. People correct, engines book.
grant select, insert on public.ai_pricing to authenticated;
create policy member_reads on public.ai_pricing for select to authenticated
  using (exists (select 1 from public.consultations c where c.id = ai_pricing.consultation_id));
create policy admin_corrects on public.ai_pricing for insert to authenticated
  with check (exists (select 1 from public.consultations c
    where c.id = ai_pricing.consultation_id and c.clinica_id = (select app.administered_clinic())));

-- Guidelines: the common corpus and the clinic's own; administrators keep the clinic's own.
grant select, insert, update, delete on public.guideline_documents, public.guideline_chunks to authenticated;
create policy member_reads on public.guideline_documents for select to authenticated
  using ((select app.current_clinic()) is not null
    and (clinica_id is null or clinica_id = (select app.current_clinic())));
create policy admin_writes on public.guideline_documents for all to authenticated
  using (clinica_id = (select app.administered_clinic()))
  with check (clinica_id = (select app.administered_clinic()));
create policy member_reads on public.guideline_chunks for select to authenticated
  using (exists (select 1 from public.guideline_documents d where d.id = guideline_chunks.document_id));
create policy admin_writes on public.guideline_chunks for all to authenticated
  using (exists (select 1 from public.guideline_documents d
    where d.id = guideline_chunks.document_id and d.clinica_id = (select app.administered_clinic())))
  with check (exists (select 1 from public.guideline_documents d
    where d.id = guideline_chunks.document_id and d.clinica_id = (select app.administered_clinic())));

-- Functions: nothing is executable by default; each grant below is a decision.
revoke all on all functions in schema app from public;
revoke all on all procedures in schema app from public;
grant execute on function
  app.fold(text), app.is_cpf(text), app.is_cnpj(text), app.slot(timestamptz, integer),
  app.is_audit_changes(jsonb), app.claims(), app.claimed_uuid(text), app.claimed_instant(text),
  app.current_member(), app.current_clinic(), app.current_doctor(), app.administered_clinic(),
  app.current_invitation(), app.invited_consultation(), app.patients_consultation(), app.is_system()
  to authenticated, medcall_patient, service_role;
grant execute on function
  app.audit(text, text, text, jsonb, text, uuid, inet, text, uuid, uuid, text)
  to authenticated, medcall_patient, service_role;
grant execute on function app.enqueue(text, uuid, timestamptz) to authenticated, service_role;
grant execute on function app.clinic_of(text, uuid) to service_role;
grant select on app.job_kinds to service_role;

-- The login itself may do nothing; people without a sign-in neither.
alter role medcall_app set search_path = public, extensions;
