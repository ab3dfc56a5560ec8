-- Why the embedded engine wrote the last draft in the place of the one that the clinic chose.
alter table public.notes add column draft_notice text
  check (draft_notice in ('cost_cap', 'unavailable', 'refused'));

-- When a consultation ends its note is drafted, so that it is there when the record is opened. Last
-- utterances may still be decoded: the job waits a little for them.
create function app.draft_ended_note() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform app.enqueue('note.draft', new.id, now() + interval '20 seconds');
  return null;
end
$$;
revoke all on function app.draft_ended_note() from public;
create trigger draft_note after update of status on public.consultations
  for each row
  when (new.status = 'COMPLETED' and old.status is distinct from new.status and new.ai_enabled)
  execute function app.draft_ended_note();
