-- Transcribing a consultation again from its audio log (decision 109): the job that the doctor asks for. It
-- holds how far it is and how it ended, and no words.
create table public.retranscriptions (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  status text not null default 'waiting'
    check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- Seconds of the consultation that were heard again, of how many.
  seconds_done integer not null default 0 check (seconds_done >= 0),
  seconds_total integer not null default 0 check (seconds_total >= seconds_done),
  -- What came of it; null until it is done.
  rows_added integer,
  rows_changed integer,
  rows_joined integer,
  rows_kept integer,
  rows_unheard integer,
  -- Why it failed: a code, never a sentence.
  failure text check (failure ~ '^[a-z_]{1,40}$'),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  -- The node that works on it. After a crash another takes over when the claim has run out.
  claimed_by text,
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((status in ('done', 'failed', 'cancelled')) = (finished_at is not null)),
  check ((status = 'failed') = (failure is not null)),
  check ((status = 'done') = (rows_changed is not null))
);
-- One at a time of a consultation.
create unique index retranscriptions_live on public.retranscriptions (consultation_id)
  where status in ('waiting', 'running');
create index retranscriptions_consultation on public.retranscriptions (consultation_id, created_at);
create index retranscriptions_next on public.retranscriptions (next_attempt_at)
  where status in ('waiting', 'running');
call app.protect('public.retranscriptions', 'clinical');
create trigger keep before update on public.retranscriptions for each row
  execute function app.keep_columns('id', 'consultation_id', 'created_at');
create function app.retranscription_ends() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.finished_at := now();
  new.claimed_by := null;
  new.claimed_until := null;
  return new;
end
$$;
revoke all on function app.retranscription_ends() from public;
create trigger ends before update on public.retranscriptions for each row
  when (new.status in ('done', 'failed', 'cancelled') and old.status in ('waiting', 'running'))
  execute function app.retranscription_ends();

-- Which re-transcription brought this row in, or took it out: the text that an utterance had before is a row
-- of its own whose place the utterance takes.
alter table public.transcriptions
  add column retranscription_id uuid references public.retranscriptions;
create index transcriptions_retranscription on public.transcriptions (retranscription_id)
  where retranscription_id is not null;

-- Seen by whoever sees the record; asked for and called off by the consultation's own doctor.
grant select on public.retranscriptions to authenticated;
grant insert (consultation_id) on public.retranscriptions to authenticated;
grant update (status) on public.retranscriptions to authenticated;
create policy doctor_reads on public.retranscriptions for select to authenticated
  using ((select app.current_doctor()) is not null
    and exists (select 1 from public.consultations c where c.id = retranscriptions.consultation_id));
create policy doctor_asks on public.retranscriptions for insert to authenticated
  with check (status = 'waiting' and exists (select 1 from public.consultations c
    where c.id = retranscriptions.consultation_id and c.doctor_id = (select app.current_doctor())));
create policy doctor_calls_off on public.retranscriptions for update to authenticated
  using (status in ('waiting', 'running') and exists (select 1 from public.consultations c
    where c.id = retranscriptions.consultation_id and c.doctor_id = (select app.current_doctor())))
  with check (status = 'cancelled');

call app.serve('medcall_realtime', 'public.retranscriptions', 'select, insert, update');
