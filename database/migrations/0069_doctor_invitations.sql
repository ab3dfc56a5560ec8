-- An administrator's wish to invite a doctor, until his account and his rows stand. The account is made at
-- an identity that may be across the network: a process that dies in between leaves the wish, and a job
-- finishes it.
create table public.doctor_invitations (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  invited_by uuid not null,
  name text not null,
  email text not null,
  crm text not null,
  rqe text,
  especialidade text,
  created_at timestamptz not null default now()
);
call app.protect('public.doctor_invitations');

alter table app.job_kinds drop constraint job_kinds_subject_check;
alter table app.job_kinds add constraint job_kinds_subject_check check (subject in (
  'consultations', 'notes', 'notifications', 'webhook_deliveries', 'calendar_connections', 'data_requests',
  'members', 'recordings', 'audio_streams', 'one_time_tokens', 'uploads', 'booking_requests',
  'doctor_invitations'));
insert into app.job_kinds (kind, subject, by_people, description) values
  ('doctor.invite', 'doctor_invitations', false, 'finish an invitation that broke off');
