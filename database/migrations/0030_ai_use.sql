-- What the record must say of AI that was used: engine, version of the model, prompt, output. The
-- doctor's decision stands beside it (suggestions.status, decided_by; note versions and their authors).
alter table public.suggestions
  add column engine_version text,
  add column prompt_hash text,
  -- The vendor's id of the output that the question comes from.
  add column output_id text,
  -- The embedded engine stood in for the configured one.
  add column fallback boolean not null default false;
alter table public.suggestion_runs
  add column output_id text,
  add column fallback_reason text,
  -- { reason: count } of a model's questions that were not let through.
  add column dropped jsonb not null default '{}';
alter table public.notes add column output_id text;
alter table public.note_versions add column output_id text;
