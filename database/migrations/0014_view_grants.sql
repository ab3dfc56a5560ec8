-- A view does not pass through app.protect: where every new relation is given away by default
-- (Supabase), the grants that nobody decided are taken back here. Row security held in the meantime,
-- since the view reads with the rights of who asks.
revoke all on table public.patient_records from public, anon, authenticated, medcall_patient, service_role;
grant select on table public.patient_records to authenticated, service_role;
