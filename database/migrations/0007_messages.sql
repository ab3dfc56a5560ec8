-- Messages to people and systems, and the outbox that carries work out of a transaction.

create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  consultation_id uuid references public.consultations,
  patient_id uuid references public.patients,
  member_id uuid references public.members,
  channel text not null check (channel in ('email', 'sms', 'app')),
  kind text not null,
  -- Ids and dates that the text is made from; the text itself is made when it is sent.
  params jsonb not null default '{}',
  status text not null default 'queued'
    check (status in ('queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'cancelled')),
  provider text,
  provider_id text,
  error text,
  attempts integer not null default 0,
  scheduled_for timestamptz not null default now(),
  sent_at timestamptz,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index notifications_clinic on public.notifications (clinica_id, created_at desc);
create index notifications_member on public.notifications (member_id, created_at desc) where member_id is not null;
create index notifications_due on public.notifications (scheduled_for) where status = 'queued';
create unique index notifications_provider on public.notifications (provider, provider_id) where provider_id is not null;
call app.protect('public.notifications');
create trigger touch before update on public.notifications for each row execute function app.touch();

create table public.webhook_deliveries (
  -- Stable through all attempts: the receiver recognises a repetition by it.
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  event text not null,
  subject_id uuid not null,
  -- Ids and instants only.
  payload jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed', 'dead')),
  attempts integer not null default 0,
  next_attempt_at timestamptz default now(),
  response_status integer,
  error text,
  delivered_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index webhook_deliveries_clinic on public.webhook_deliveries (clinica_id, created_at desc);
create index webhook_deliveries_due on public.webhook_deliveries (next_attempt_at) where status in ('pending', 'failed');
call app.protect('public.webhook_deliveries');
create trigger touch before update on public.webhook_deliveries for each row execute function app.touch();

-- Outbox ---------------------------------------------------------------------------------------
-- A cause and its job commit together: the row below. The worker moves committed rows into pg-boss
-- in one transaction, so a job is neither lost nor doubled, and no user's transaction touches
-- pg-boss's own tables.

create table app.job_kinds (
  kind text primary key check (kind ~ '^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$'),
  -- The table that subject_id names.
  subject text not null check (subject in ('consultations', 'notes', 'notifications', 'webhook_deliveries',
    'calendar_connections', 'data_requests', 'members', 'recordings', 'audio_streams', 'one_time_tokens', 'uploads')),
  -- False: only the system may ask for it.
  by_people boolean not null,
  description text not null
);
call app.protect('app.job_kinds');

insert into app.job_kinds (kind, subject, by_people, description) values
  ('notification.send', 'notifications', true, 'send an e-mail or SMS'),
  ('consultation.reminders', 'consultations', true, 'plan or move the reminders'),
  ('consultation.created', 'consultations', true, 'tell the clinic''s webhook'),
  ('consultation.started', 'consultations', true, 'tell the clinic''s webhook'),
  ('consultation.completed', 'consultations', true, 'tell the clinic''s webhook'),
  ('consultation.cancelled', 'consultations', true, 'tell the clinic''s webhook'),
  ('note.signed', 'notes', true, 'tell the clinic''s webhook'),
  ('note.draft', 'consultations', true, 'draft the note'),
  ('webhook.deliver', 'webhook_deliveries', true, 'deliver, or deliver again'),
  ('calendar.push', 'consultations', true, 'write the event to the doctor''s calendar'),
  ('calendar.pull', 'calendar_connections', true, 'read busy times'),
  ('data-request.export', 'data_requests', true, 'build the archive'),
  ('member.removed', 'members', true, 'end the sessions of a removed member'),
  ('transcription.retry', 'audio_streams', false, 'decode from the log again'),
  ('transcription.upload', 'uploads', false, 'transcribe an uploaded file'),
  ('recording.assemble', 'recordings', false, 'join the segments of a kept recording'),
  ('audio.expire', 'consultations', false, 'delete the log of audio that nobody agreed to keep'),
  ('identity.email', 'one_time_tokens', false, 'mail a reset, a confirmation or an invitation');

create table app.job_outbox (
  id bigint generated always as identity primary key,
  kind text not null references app.job_kinds,
  subject_id uuid not null,
  run_after timestamptz not null default now(),
  -- Who caused it: `sub` of the claims, null for the system.
  caused_by uuid,
  created_at timestamptz not null default now()
);
call app.protect('app.job_outbox');
