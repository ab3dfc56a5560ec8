-- Rows that a person may change, but not in every column.

-- Who signs in as a member is decided by the identity (system), never by an administrator: pointing
-- a doctor's membership at another login would open that doctor's records.
revoke insert, update on public.members from authenticated;
grant insert (id, clinica_id, role, medico_id, name, email, active) on public.members to authenticated;
grant update (name, email, active, sessions_valid_after) on public.members to authenticated;
revoke insert, update on public.medicos from authenticated;
grant insert (id, nome, crm, rqe, especialidade, email, clinica_id, active) on public.medicos to authenticated;
grant update (nome, crm, rqe, especialidade, email, active) on public.medicos to authenticated;

-- What was heard stays as it was heard: a correction is a new row that takes the old one's place.
revoke update on public.transcriptions from authenticated;
grant update (superseded_by) on public.transcriptions to authenticated;

-- A question keeps its words and sources; the doctor's decision is what changes.
revoke update on public.suggestions from authenticated;
grant update (status, decided_by, decided_at) on public.suggestions to authenticated;

revoke update on public.participants from authenticated;
grant update (name, state, admitted_at, admitted_by, joined_at, away_since, left_at) on public.participants to authenticated;
