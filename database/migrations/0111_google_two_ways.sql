-- Google Calendar in both directions: what changed there since the last reading, channels by which Google says
-- that something did, and what the doctor did there to a booking of ours (decision 108).

alter table public.calendar_connections
  -- When the calendar was last read as a whole; `sync_token` goes on from there.
  add column read_whole_at timestamptz,
  -- Why the last reading failed, of a closed list; null after one that came through.
  add column sync_problem text check (sync_problem in ('limited', 'unreachable', 'refused', 'too_large')),
  -- When a channel is to be asked for, or for the next one before this one ends.
  add column watch_due_at timestamptz;
grant select (busy_read_at, sync_problem) on public.calendar_connections to authenticated;

alter table public.calendar_busy
  -- SHA-256 of the event's id there: enough to replace it when it changes, and nothing that can be read.
  add column event_hash bytea check (length(event_hash) = 32),
  -- Our own event, which the doctor put elsewhere.
  add column consultation_id uuid references public.consultations;
create unique index calendar_busy_event on public.calendar_busy (connection_id, event_hash);

alter table public.calendar_events
  -- Of the event as we wrote it: who writes again says which one he wrote.
  add column etag text;

-- A channel of `events.watch`. Two while one follows the other.
create table public.calendar_channels (
  -- The channel's id, of our making.
  id uuid primary key,
  connection_id uuid not null references public.calendar_connections on delete cascade,
  -- SHA-256 of the token that Google repeats with each notification.
  token_hash bytea not null check (length(token_hash) = 32),
  -- Google's name of what is watched; null until it has answered.
  resource_id text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index calendar_channels_connection on public.calendar_channels (connection_id);
call app.protect('public.calendar_channels');

-- What the doctor did in Google to a booking of ours. A proposal to him, never a change of the agenda.
create table public.calendar_changes (
  connection_id uuid not null references public.calendar_connections on delete cascade,
  consultation_id uuid not null references public.consultations,
  -- Where it stood in Google; both null where it was deleted there.
  starts_at timestamptz,
  ends_at timestamptz,
  -- The agenda had changed too, and its time was written over this one.
  overruled boolean not null default false,
  -- The booking as it was then: of another version, this says nothing any more.
  version integer not null,
  created_at timestamptz not null default now(),
  primary key (connection_id, consultation_id),
  check ((starts_at is null) = (ends_at is null) and (starts_at is null or starts_at < ends_at))
);
create index calendar_changes_consultation on public.calendar_changes (consultation_id);
call app.protect('public.calendar_changes');

call app.serve('medcall_gateway', 'public.calendar_channels', 'select, delete');
call app.serve('medcall_gateway', 'public.calendar_changes', 'select, delete');
call app.serve('medcall_jobs', 'public.calendar_channels', 'select, insert, update, delete');
call app.serve('medcall_jobs', 'public.calendar_changes', 'select, insert, update, delete');

insert into app.job_kinds (kind, subject, by_people, description) values
  ('calendar.watch', 'calendar_connections', false, 'ask Google for a channel, or for the next one');

-- Where Google's calendar and the agenda disagree over a coming booking of the doctor who asks. Nobody reads
-- the tables behind it: a colleague learns nothing of a private calendar, and the doctor no more than when.
create function app.calendar_conflicts(p_after timestamptz)
  returns table (consultation_id uuid, scheduled_at timestamptz, kind text, starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with coming as (
    select c.id, c.doctor_id, c.version, c.scheduled_at,
      app.slot(c.scheduled_at, coalesce(c.duration_minutes, 30)) as slot
    from public.consultations c
    where c.doctor_id = (select app.current_doctor()) and c.status = 'WAITING' and c.scheduled_at > p_after
  ), found as (
    select c.id, c.scheduled_at, x.starts_at, x.ends_at,
      case when x.overruled then 'overruled' when x.starts_at is null then 'deleted' else 'moved' end as kind
    from coming c
    join public.calendar_changes x on x.consultation_id = c.id and x.version = c.version
    join public.calendar_connections k on k.id = x.connection_id and k.doctor_id = c.doctor_id and k.status = 'active'
    where x.starts_at is null or tstzrange(x.starts_at, x.ends_at) <> c.slot
    union all
    select c.id, c.scheduled_at, b.starts_at, b.ends_at, 'busy'
    from coming c
    join public.calendar_busy b on b.doctor_id = c.doctor_id and tstzrange(b.starts_at, b.ends_at) && c.slot
    where b.event_hash is not null and b.consultation_id is distinct from c.id
  )
  select f.id, f.scheduled_at, f.kind, f.starts_at, f.ends_at from found f order by f.scheduled_at, f.kind, f.starts_at
$$;
revoke all on function app.calendar_conflicts(timestamptz) from public;
grant execute on function app.calendar_conflicts(timestamptz) to authenticated, service_role;
