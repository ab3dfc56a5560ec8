-- Booking by the patient from the clinic's link, and versions of what was overwritten.

create table public.booking_requests (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  doctor_id uuid not null,
  starts_at timestamptz not null,
  type text not null check (type in ('ONLINE', 'PRESENCIAL')),
  -- The person as typed, sealed; forgotten when it became a booking or was given up.
  person_sealed bytea,
  -- Keyed hashes, for limits: who (CPF and birth date together), and which address was written to.
  person_hash bytea not null check (length(person_hash) = 32),
  email_hash bytea not null check (length(email_hash) = 32),
  tries integer not null default 0,
  mailed_at timestamptz,
  expires_at timestamptz not null,
  consultation_id uuid unique references public.consultations,
  -- SHA-256 of the secret in the link that shows and cancels the booking.
  token_hash bytea unique check (length(token_hash) = 32),
  created_at timestamptz not null default now(),
  foreign key (doctor_id, clinica_id) references public.medicos (id, clinica_id)
);
create index booking_requests_person on public.booking_requests (clinica_id, person_hash);
create index booking_requests_email on public.booking_requests (email_hash, created_at);
call app.protect('public.booking_requests');

alter table app.job_kinds drop constraint job_kinds_subject_check;
alter table app.job_kinds add constraint job_kinds_subject_check check (subject in (
  'consultations', 'notes', 'notifications', 'webhook_deliveries', 'calendar_connections', 'data_requests',
  'members', 'recordings', 'audio_streams', 'one_time_tokens', 'uploads', 'booking_requests'));
insert into app.job_kinds (kind, subject, by_people, description) values
  ('booking.code', 'booking_requests', false, 'mail the code that confirms a booking'),
  ('booking.confirmed', 'booking_requests', false, 'mail the booking and the link that cancels it');

-- Two people who each add an allergy must both be kept.
alter table public.patient_health add column version integer not null default 1;
create trigger health_version before update on public.patient_health
  for each row when (old.allergies is distinct from new.allergies or old.medicines is distinct from new.medicines)
  execute function app.next_version();
