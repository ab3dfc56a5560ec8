-- Telling people apart on one microphone.

-- A label that changes its mind is a revision too, so the public number of an utterance's revisions
-- no longer tells which text it holds.
alter table public.transcriptions
  -- Number of the text within its decoding: a replay brings earlier ones again, which change nothing.
  add column text_revision integer not null default 0 check (text_revision >= 0),
  -- A person said who speaks: certain, and evidence for what sounds alike.
  add column speaker_named boolean not null default false;
update public.transcriptions set text_revision = revision where edited_from is null;

-- How each piece of an in-person consultation sounds, for as long as its sound could be heard again.
-- Derived from the audio log, deleted with it. Who said it stands in the transcript alone.
create table public.voice_pieces (
  -- The utterance's id, also while it has no row yet, and when it never gets one.
  utterance_id uuid primary key,
  consultation_id uuid not null references public.consultations,
  stream_id uuid not null references public.audio_streams,
  start_ms bigint not null,
  end_ms bigint not null check (end_ms >= start_ms),
  features real[] not null check (cardinality(features) > 0),
  model text not null,
  created_at timestamptz not null default now()
);
create index voice_pieces_consultation on public.voice_pieces (consultation_id);
call app.protect('public.voice_pieces');
