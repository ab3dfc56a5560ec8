-- The AI service reads of what it works on the columns that it works with. This narrows: its version before
-- asked for whole rows of consultations (privacy/people.ts), so that version has to be gone.
revoke select on public.consultations, public.transcriptions, public.notes from medcall_ai;
grant select (id, room_id, clinica_id, patient_id, doctor_id, ai_enabled, started_at, cost_cap_brl)
  on public.consultations to medcall_ai;
grant select (id, room_id, speaker, text, start_ms, superseded_by) on public.transcriptions to medcall_ai;
grant select (consultation_id, sections, created_at) on public.notes to medcall_ai;
