-- The AI service reads of people what a question, a draft or the masking of names needs: no CPF, no address
-- of any kind, no token of an invitation, no trace of who signed from where. What it works on
-- (consultations, transcriptions, notes) it still reads whole. Tested by
-- database/access/service-grants.int.test.ts.
revoke select on public.clinicas, public.medicos, public.patients, public.patient_guardians,
  public.participants, public.invitations, public.consents from medcall_ai;

grant select (id, ai_cap_brl_month) on public.clinicas to medcall_ai;
grant select (id, nome) on public.medicos to medcall_ai;
grant select (id, name, sex, birth_date) on public.patients to medcall_ai;
grant select (patient_id, guardian_id) on public.patient_guardians to medcall_ai;
grant select (consultation_id, name) on public.participants to medcall_ai;
grant select (consultation_id, name) on public.invitations to medcall_ai;
grant select (consultation_id, type, accepted, position, signer_name) on public.consents to medcall_ai;
