-- The doctor's Google calendar: who is about to connect one, which bookings stand in it.

-- A visit to Google's page that has not come back yet. Used once, then gone; the system's alone.
create table public.calendar_visits (
  -- SHA-256 of the `state` that Google returns.
  state_hash bytea primary key check (length(state_hash) = 32),
  doctor_id uuid not null references public.medicos,
  -- The account that began it, for the audit.
  user_auth uuid not null,
  verifier_sealed bytea not null,
  expires_at timestamptz not null
);
call app.protect('public.calendar_visits');

-- One booking in one connected calendar. Written before the vendor is asked, so that a try that died is
-- known; the event's id in the calendar is made from the consultation's (decision 80).
create table public.calendar_events (
  connection_id uuid not null references public.calendar_connections on delete cascade,
  consultation_id uuid not null references public.consultations,
  -- `pushing`: a try is under way or will be; `gone`: taken out, or never to be put in.
  state text not null default 'pushing' check (state in ('pushing', 'there', 'gone', 'failed')),
  -- The booking's version that stands there.
  version integer,
  -- Numbers the tries; only the last one may note its outcome.
  tries integer not null default 0 check (tries >= 0),
  -- One try at a time: until then another waits.
  try_until timestamptz,
  failures integer not null default 0 check (failures >= 0),
  updated_at timestamptz not null default now(),
  primary key (connection_id, consultation_id)
);
create index calendar_events_consultation on public.calendar_events (consultation_id);
create index calendar_events_waiting on public.calendar_events (updated_at) where state = 'pushing';
call app.protect('public.calendar_events');
create trigger touch before update on public.calendar_events for each row execute function app.touch();

alter table public.calendar_connections
  add column busy_read_at timestamptz,
  -- A reading was asked for and has not begun.
  add column busy_due_at timestamptz;

-- Whether a booking's change concerns a calendar outside. People may not read connections of others.
create function app.calendar_follows(p_consultation uuid, p_doctors uuid[]) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select exists (select 1 from public.calendar_connections k
      where k.doctor_id = any (p_doctors) and k.provider = 'google' and k.status = 'active')
    or exists (select 1 from public.calendar_events e where e.consultation_id = p_consultation)
$$;
revoke all on function app.calendar_follows(uuid, uuid[]) from public;
grant execute on function app.calendar_follows(uuid, uuid[]) to authenticated, service_role;

-- In the transaction of the change, whoever makes it.
create function app.calendar_push() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if app.calendar_follows(new.id, array[new.doctor_id]) then
    perform app.enqueue('calendar.push', new.id);
  end if;
  return null;
end
$$;
revoke all on function app.calendar_push() from public;
create trigger calendar_new after insert on public.consultations
  for each row when (new.scheduled_at is not null) execute function app.calendar_push();
create trigger calendar_changed after update on public.consultations
  for each row when ((old.scheduled_at, old.duration_minutes, old.doctor_id, old.status, old.type)
    is distinct from (new.scheduled_at, new.duration_minutes, new.doctor_id, new.status, new.type))
  execute function app.calendar_push();
