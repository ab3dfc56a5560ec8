-- Requests of data subjects reach the clinic through whoever the patient talks to: a doctor who cares
-- for him may write one down; the administration handles it.
create policy carer_adds on public.data_requests for insert to authenticated
  with check (clinica_id = (select app.current_clinic()) and status = 'open' and exists (
    select 1 from public.care_relations r
    where r.patient_id = data_requests.patient_id
      and r.doctor_id = (select app.current_doctor()) and r.ended_at is null));

-- The clock of LGPD art. 19 runs from the request and is nobody's to move.
create trigger keep before update on public.data_requests
  for each row execute function app.keep_columns('id', 'clinica_id', 'patient_id', 'kind', 'requested_at', 'due_at');
