-- What a draft leaves beside its sentences: codes to choose from, and how many sentences were not
-- written because the transcript does not support them.
alter table public.notes
  -- { cid10: { version, items: [{ code, label, transcription_ids }] }, ciap2: { … } }
  add column code_candidates jsonb,
  add column dropped_sentences integer not null default 0 check (dropped_sentences >= 0);
