-- Kept sound: one file of everybody and, online, one of each person. All files of a room begin at the
-- zero of its transcript, so that a sentence and its sound have the same time.
alter table public.recordings
  add column kind text not null default 'mixed' check (kind in ('mixed', 'speaker')),
  add column participant_id uuid references public.participants,
  add column speaker text check (speaker in ('MEDICO', 'PACIENTE', 'UNKNOWN')),
  add column duration_ms bigint check (duration_ms >= 0),
  -- Object with the waveform, beside the sound itself (storage_key).
  add column peaks_key text,
  -- Which sound went in: streams and their last numbers. Other streams or numbers mean: assemble again.
  add column source_hash text,
  add column attempts integer not null default 0,
  add column next_attempt_at timestamptz not null default now(),
  -- Why the last try failed: a code, never a sentence.
  add column failure text check (failure ~ '^[a-z_]{1,40}$'),
  -- The node that assembles it. After a crash another takes over when the claim has run out.
  add column claimed_by text,
  add column claimed_until timestamptz,
  add column erased_at timestamptz,
  add constraint recordings_kind_person check ((kind = 'speaker') = (participant_id is not null)),
  add constraint recordings_erased_for_good check (status <> 'erased' or (storage_key is null and peaks_key is null));

-- One live row of a kind; erased ones stay, and a new consent makes a new row.
create unique index recordings_live on public.recordings (room_id, participant_id) nulls not distinct
  where status <> 'erased';
create index recordings_waiting on public.recordings (next_attempt_at) where status = 'assembling';
create index sessions_ended on public.sessions (ended_at) where status = 'CLOSED';
