-- The record: what was said, what was asked, what was written down.

create table public.transcriptions (
  id uuid primary key default gen_random_uuid(),
  room_id text not null references public.consultations (room_id),
  speaker text not null check (speaker in ('MEDICO', 'PACIENTE', 'UNKNOWN')),
  text text not null,
  -- The instant of start_ms.
  timestamp timestamptz not null,
  participant_id uuid references public.participants,
  start_ms bigint not null,
  end_ms bigint not null,
  confidence real check (confidence between 0 and 1),
  engine text,
  revision integer not null default 0 check (revision >= 0),
  -- As decoded, before the medical vocabulary.
  raw_text text,
  -- A merged or edited utterance takes this one's place; readers leave superseded rows out.
  superseded_by uuid references public.transcriptions,
  -- The row whose text or speaker a person corrected.
  edited_from uuid references public.transcriptions,
  edited_by uuid,
  -- Where in the sender's stream the utterance starts: after a crash it is decoded again, not stored again.
  stream_id uuid references public.audio_streams,
  from_sample bigint,
  created_at timestamptz not null default now(),
  check (end_ms >= start_ms),
  check (superseded_by <> id)
);
create index transcriptions_transcript on public.transcriptions (room_id, start_ms, id) where superseded_by is null;
create index transcriptions_superseded on public.transcriptions (superseded_by) where superseded_by is not null;
create unique index transcriptions_once on public.transcriptions (stream_id, from_sample)
  where edited_from is null and from_sample is not null;
call app.protect('public.transcriptions', 'clinical');
create trigger keep before update on public.transcriptions
  for each row execute function app.keep_columns('id', 'room_id', 'created_at');

create table public.suggestions (
  id uuid primary key default gen_random_uuid(),
  room_id text not null references public.consultations (room_id),
  question text not null check (length(question) between 3 and 1000),
  context text not null default 'anamnese' check (context in ('anamnese', 'consulta')),
  topic text,
  rationale text,
  -- [{ documentId, title, source, year, section, url, excerpt }]
  sources jsonb not null default '[]',
  transcription_id uuid references public.transcriptions,
  red_flag boolean not null default false,
  engine text,
  status text not null default 'shown' check (status in ('shown', 'used', 'dismissed')),
  decided_by uuid,
  decided_at timestamptz,
  created_at timestamptz not null default now()
);
create index suggestions_room on public.suggestions (room_id, created_at);
create unique index suggestions_once on public.suggestions (room_id, transcription_id, question);
call app.protect('public.suggestions', 'clinical');

-- One answer per (room, utterance), also when it held no question; and what the record must say of
-- the AI that was used: engine, version, prompt.
create table public.suggestion_runs (
  room_id text not null references public.consultations (room_id),
  transcription_id uuid not null references public.transcriptions,
  engine text not null,
  engine_version text,
  prompt_hash text,
  created_at timestamptz not null default now(),
  primary key (room_id, transcription_id)
);
call app.protect('public.suggestion_runs', 'clinical');

create table public.coverage_items (
  consultation_id uuid not null references public.consultations,
  -- Closed list: packages/shared-types/src/anamnesis-topics.ts
  key text not null,
  status text not null default 'open' check (status in ('covered', 'open')),
  transcription_id uuid references public.transcriptions,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (consultation_id, key)
);
call app.protect('public.coverage_items', 'clinical');
create trigger touch before update on public.coverage_items for each row execute function app.touch();

create table public.notes (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null unique references public.consultations,
  status text not null default 'rascunho' check (status in ('rascunho', 'assinada')),
  version integer not null default 1 check (version >= 1),
  -- { subjetivo, objetivo, avaliacao, plano: [{ id, text, origin, transcription_ids }] }
  sections jsonb not null default '{"subjetivo": [], "objetivo": [], "avaliacao": [], "plano": []}',
  cid10 jsonb not null default '[]',
  ciap2 jsonb not null default '[]',
  engine text,
  prompt_hash text,
  signed_at timestamptz,
  signed_by uuid references public.medicos,
  -- SHA-256 of the RFC 8785 JSON of what was signed.
  hash text check (hash ~ '^[0-9a-f]{64}$'),
  verification_code text unique,
  pdf_key text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((status = 'assinada') = (signed_at is not null and signed_by is not null and hash is not null))
);
call app.protect('public.notes', 'clinical');
create trigger touch before update on public.notes for each row execute function app.touch();

-- Signed is signed. Only the address of its stored PDF may still be filled in, once.
create function app.keep_signed() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if old.pdf_key is null
    and to_jsonb(new) - 'pdf_key' - 'updated_at' = to_jsonb(old) - 'pdf_key' - 'updated_at' then
    return new;
  end if;
  raise exception 'a signed % does not change', tg_argv[0] using errcode = 'restrict_violation';
end
$$;
create trigger signed_is_final before update on public.notes
  for each row when (old.status = 'assinada') execute function app.keep_signed('note');

create table public.note_versions (
  note_id uuid not null references public.notes,
  version integer not null,
  sections jsonb not null,
  cid10 jsonb not null default '[]',
  ciap2 jsonb not null default '[]',
  author text not null check (author in ('ai', 'doctor')),
  author_id uuid,
  created_at timestamptz not null default now(),
  primary key (note_id, version)
);
call app.protect('public.note_versions', 'history');

create table public.note_addenda (
  id uuid primary key default gen_random_uuid(),
  note_id uuid not null references public.notes,
  doctor_id uuid not null references public.medicos,
  text text not null check (length(btrim(text)) between 1 and 8000),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now()
);
create index note_addenda_note on public.note_addenda (note_id, created_at);
call app.protect('public.note_addenda', 'history');

create table public.documents (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  kind text not null check (kind in ('note', 'prescription', 'certificate', 'exam_request', 'letter', 'instructions')),
  title text not null,
  content jsonb not null default '{}',
  -- A patient sees 'approved' only.
  status text not null default 'draft' check (status in ('draft', 'approved', 'revoked')),
  -- The CID is printed only when the patient asks for it.
  shows_cid boolean not null default false,
  approved_at timestamptz,
  approved_by uuid references public.medicos,
  hash text,
  verification_code text unique,
  pdf_key text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (status = 'draft' or (approved_at is not null and approved_by is not null))
);
create index documents_consultation on public.documents (consultation_id, created_at);
call app.protect('public.documents', 'clinical');
create trigger touch before update on public.documents for each row execute function app.touch();
