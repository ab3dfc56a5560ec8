-- The consultation, its room and who is in it.

create table public.consultations (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  patient_id uuid not null,
  doctor_id uuid not null,
  room_id text not null unique default ('sala-' || replace(gen_random_uuid()::text, '-', ''))
    check (room_id ~ '^[A-Za-z0-9_-]{8,64}$'),
  status text not null default 'WAITING'
    check (status in ('WAITING', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
  type text not null check (type in ('ONLINE', 'PRESENCIAL')),
  valor_consulta numeric(12, 2) check (valor_consulta >= 0),
  -- Null for an instant consultation: it takes no slot of the agenda.
  scheduled_at timestamptz,
  duration_minutes integer check (duration_minutes between 5 and 240),
  started_at timestamptz,
  ended_at timestamptz,
  -- Zero of start_ms: the first start-transcription or start-recording on the server's clock.
  timeline_zero_at timestamptz,
  ai_enabled boolean not null default true,
  cost_cap_brl numeric(12, 6) check (cost_cap_brl >= 0),
  cancelled_at timestamptz,
  cancel_reason text,
  conversion_reason text,
  -- The consultation that this one returns to.
  return_of uuid references public.consultations,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, clinica_id),
  unique (id, room_id),
  foreign key (patient_id, clinica_id) references public.patients (id, clinica_id),
  foreign key (doctor_id, clinica_id) references public.medicos (id, clinica_id),
  check (ended_at >= started_at),
  -- One doctor, one slot. Without a time or a duration the expression is null and excludes nothing.
  constraint consultations_no_double_booking exclude using gist (
    doctor_id with =,
    app.slot(scheduled_at, duration_minutes) with &&
  ) where (status not in ('CANCELLED', 'NO_SHOW') and scheduled_at is not null and duration_minutes is not null)
);
create index consultations_agenda on public.consultations (clinica_id, (coalesce(scheduled_at, created_at)), id);
create index consultations_doctor on public.consultations (doctor_id, (coalesce(scheduled_at, created_at)), id);
create index consultations_patient on public.consultations (patient_id, created_at desc);
create index consultations_open on public.consultations (status) where status in ('WAITING', 'IN_PROGRESS');
call app.protect('public.consultations', 'clinical');
create trigger touch before update on public.consultations for each row execute function app.touch();
create trigger keep before update on public.consultations
  for each row execute function app.keep_columns('id', 'clinica_id', 'patient_id', 'room_id', 'created_at');

create function app.keep_completed() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'a completed consultation stays completed' using errcode = 'restrict_violation';
end
$$;
create trigger completed_is_final before update of status on public.consultations
  for each row when (old.status = 'COMPLETED' and new.status <> 'COMPLETED')
  execute function app.keep_completed();

-- A booking is a care relation: the doctor may read the chart of who will sit in front of him.
create function app.relate_by_booking() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.care_relations (doctor_id, patient_id, clinica_id, reason, origin)
  values (new.doctor_id, new.patient_id, new.clinica_id, 'consulta agendada', 'booking')
  on conflict (doctor_id, patient_id) do update set ended_at = null
    where public.care_relations.ended_at is not null;
  return null;
end
$$;
create trigger booking_relates after insert or update of doctor_id on public.consultations
  for each row execute function app.relate_by_booking();

-- One capture of a consultation: start-transcription or start-recording until its stop.
create table public.sessions (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null,
  room_id text not null,
  kind text not null check (kind in ('ONLINE', 'PRESENCIAL')),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'CLOSED')),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_reason text,
  created_at timestamptz not null default now(),
  foreign key (consultation_id, room_id) references public.consultations (id, room_id),
  check ((status = 'CLOSED') = (ended_at is not null))
);
create index sessions_room on public.sessions (room_id, started_at desc);
create unique index sessions_one_active on public.sessions (consultation_id) where status = 'ACTIVE';
call app.protect('public.sessions', 'clinical');

-- Admission per person (`sub`), kept across reconnects and restarts.
create table public.participants (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  sub text not null check (length(sub) between 1 and 100),
  role text not null check (role in ('doctor', 'patient', 'guest')),
  name text not null check (length(name) between 1 and 200),
  state text not null default 'waiting' check (state in ('waiting', 'joined', 'away', 'denied', 'left')),
  -- Kept when the line drops: the same sub comes back without being asked again.
  admitted_at timestamptz,
  admitted_by uuid,
  joined_at timestamptz,
  away_since timestamptz,
  left_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (consultation_id, sub)
);
call app.protect('public.participants', 'clinical');
create trigger touch before update on public.participants for each row execute function app.touch();
create trigger keep before update on public.participants
  for each row execute function app.keep_columns('id', 'consultation_id', 'sub', 'role');

-- Position and lease of one sender's audio; the bytes are in segment files and the object store.
create table public.audio_streams (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  session_id uuid references public.sessions,
  participant_id uuid references public.participants,
  sub text not null,
  stream text not null default 'microphone',
  capture_id text not null default '0' check (length(capture_id) between 1 and 64),
  sample_rate integer not null default 16000,
  -- Last sequence number written, and last one that survives the loss of the machine; -1 for none.
  acked_seq bigint not null default -1,
  durable_seq bigint not null default -1,
  -- Where sample 0 stands on the consultation's timeline.
  origin_ms bigint,
  -- Position after the last chunk, in samples from the stream's origin.
  next_sample bigint not null default 0,
  -- Up to here the log is decoded and its utterances are rows: a restart goes on from it.
  decoded_sample bigint not null default 0,
  -- [{ "fromSeq", "toSeq", "reason" }]
  gaps jsonb not null default '[]',
  -- Counters shown to the operator: echo dropped, utterances filtered, jobs set aside.
  stats jsonb not null default '{}',
  lease_owner text,
  -- Grows with each change of owner: a write with an older number is refused.
  lease_fence bigint not null default 0,
  lease_until timestamptz,
  ended_at timestamptz,
  drained_at timestamptz,
  discarded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (consultation_id, sub, stream, capture_id),
  check (durable_seq <= acked_seq)
);
create index audio_streams_undrained on public.audio_streams (lease_until) where drained_at is null;
call app.protect('public.audio_streams', 'clinical');
create trigger touch before update on public.audio_streams for each row execute function app.touch();

-- Links for people without an account. Only the SHA-256 of the 256-bit token is stored.
create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  kind text not null default 'patient' check (kind in ('patient', 'guest', 'documents')),
  name text check (length(name) between 1 and 200),
  -- `sub` of every room token made from this invitation.
  participant_sub uuid not null default gen_random_uuid(),
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_by uuid,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  birth_date_tries integer not null default 0,
  exchanges integer not null default 0,
  last_exchanged_at timestamptz,
  created_at timestamptz not null default now()
);
create index invitations_consultation on public.invitations (consultation_id);
call app.protect('public.invitations');

-- Latest row of a type wins; a withdrawal is a new row, so what was agreed and when stays readable.
create table public.consents (
  id uuid primary key default gen_random_uuid(),
  -- Order of arrival: two rows of one millisecond still have a latest one.
  position bigint generated always as identity unique,
  consultation_id uuid not null references public.consultations,
  type text not null check (type in ('care', 'recording', 'ai')),
  accepted boolean not null,
  text_version text not null,
  text_hash text not null,
  signer_name text,
  signer_relation text,
  signer_sub text,
  given_by text not null check (given_by in ('patient', 'doctor')),
  ip inet,
  user_agent text,
  created_at timestamptz not null default now()
);
create index consents_latest on public.consents (consultation_id, type, position desc);
call app.protect('public.consents', 'history');

create table public.recordings (
  id uuid primary key default gen_random_uuid(),
  room_id text not null references public.consultations (room_id),
  session_id uuid references public.sessions,
  file_url text,
  duration_seconds integer check (duration_seconds >= 0),
  storage_key text,
  content_type text,
  size_bytes bigint,
  sha256 text,
  status text not null default 'assembling' check (status in ('assembling', 'ready', 'failed', 'erased')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index recordings_room on public.recordings (room_id);
call app.protect('public.recordings', 'clinical');
create trigger touch before update on public.recordings for each row execute function app.touch();
