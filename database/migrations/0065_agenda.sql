-- Agenda: versions of bookings, returns, free slots, busy times of a calendar outside.

alter table public.consultations
  -- Grows with everything that the agenda shows: who moves a booking says which one he saw.
  add column version integer not null default 1,
  add column booked_by text not null default 'clinic' check (booked_by in ('clinic', 'patient')),
  add unique (id, clinica_id, patient_id),
  -- A return is of the same person in the same clinic.
  add foreign key (return_of, clinica_id, patient_id)
    references public.consultations (id, clinica_id, patient_id),
  add check (return_of <> id);

create function app.next_version() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version + 1;
  return new;
end
$$;
revoke all on function app.next_version() from public;
create trigger agenda_version before update on public.consultations
  for each row when ((old.scheduled_at, old.duration_minutes, old.doctor_id, old.status, old.type)
    is distinct from (new.scheduled_at, new.duration_minutes, new.doctor_id, new.status, new.type))
  execute function app.next_version();

-- Two transactions that insert into one slot check each other's rows and can each wait for the other
-- (a deadlock, found after a second). One after the other, the loser meets the constraint at once.
create function app.queue_for_agenda() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('agenda:' || new.doctor_id, 0));
  return new;
end
$$;
revoke all on function app.queue_for_agenda() from public;
create trigger agenda_queue before insert or update of doctor_id, scheduled_at, duration_minutes, status
  on public.consultations for each row when (new.scheduled_at is not null)
  execute function app.queue_for_agenda();

-- Hours ----------------------------------------------------------------------------------------

alter table public.medicos
  add column agenda_version integer not null default 1,
  add column accepts_online_booking boolean not null default false;
grant update (agenda_version, accepts_online_booking) on public.medicos to authenticated;

alter table public.availability_exceptions
  add column reason text check (length(reason) between 1 and 120);

-- What a connected calendar says is taken: spans only, no titles. Written by jobs, read by free_slots.
create table public.calendar_busy (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid not null references public.calendar_connections on delete cascade,
  doctor_id uuid not null references public.medicos,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  check (starts_at < ends_at)
);
create index calendar_busy_doctor on public.calendar_busy (doctor_id, starts_at);
create index calendar_busy_connection on public.calendar_busy (connection_id);
call app.protect('public.calendar_busy');

-- From one wall clock to another of the same day, as instants; empty when a change of clocks leaves
-- nothing between them.
create function app.wall_span(day date, starts time, ends time, zone text) returns tstzrange
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select tstzrange((day + starts) at time zone zone,
    greatest((day + starts) at time zone zone, (day + ends) at time zone zone))
$$;
-- The free slots of a doctor, for the members of his clinic and for the system. Other people's
-- bookings count without being shown, hence SECURITY DEFINER. Wall clocks become instants here, by the
-- rules of the server's time zone database: a window that a change of clocks swallows is empty, one
-- that it stretches has more slots. Extra hours hold also outside of the clinic's opening hours.
-- `p_minutes`: length of the consultation; the window's own slot length when null.
create function app.free_slots(p_doctor uuid, p_from date, p_days integer, p_after timestamptz, p_minutes integer default null)
  returns table (day date, starts_at timestamptz, ends_at timestamptz, local text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with agenda as (
    select d.id, k.timezone as zone, k.opening_hours,
      tstzrange(p_from::timestamp at time zone k.timezone, (p_from + p_days)::timestamp at time zone k.timezone) as span
    from public.medicos d join public.clinicas k on k.id = d.clinica_id
    where d.id = p_doctor and d.active and k.active
      and (app.is_system() or k.id = (select app.current_clinic()))
  ), days as (
    select a.zone, a.opening_hours, p_from + n as day from agenda a, generate_series(0, p_days - 1) n
  ), open as (
    select range_agg(app.wall_span(d.day, (h ->> 'start')::time, (h ->> 'end')::time, d.zone)) as hours
    from days d, jsonb_array_elements(d.opening_hours) h
    where (h ->> 'weekday')::integer = extract(dow from d.day)
  ), windows as (
    select app.wall_span(d.day, w.start_time, w.end_time, d.zone) as span, w.slot_minutes as step, false as extra
    from days d join public.availability w on w.doctor_id = p_doctor and w.active
      and w.weekday = extract(dow from d.day)
      and d.day between coalesce(w.valid_from, d.day) and coalesce(w.valid_until, d.day)
    union all
    select tstzrange(e.starts_at, e.ends_at), coalesce(
      (select min(w.slot_minutes) from public.availability w where w.doctor_id = p_doctor and w.active), 30), true
    from agenda a join public.availability_exceptions e
      on e.doctor_id = a.id and e.kind = 'extra' and tstzrange(e.starts_at, e.ends_at) && a.span
  ), taken as (
    select tstzrange(e.starts_at, e.ends_at) as span from agenda a
    join public.availability_exceptions e on e.doctor_id = a.id and e.kind = 'blocked'
    where tstzrange(e.starts_at, e.ends_at) && a.span
    union all
    select app.slot(c.scheduled_at, c.duration_minutes) from agenda a
    join public.consultations c on c.doctor_id = a.id and c.status not in ('CANCELLED', 'NO_SHOW')
    where c.scheduled_at is not null and c.duration_minutes is not null
      and app.slot(c.scheduled_at, c.duration_minutes) && a.span
    union all
    select tstzrange(b.starts_at, b.ends_at) from agenda a
    join public.calendar_busy b on b.doctor_id = a.id
    where tstzrange(b.starts_at, b.ends_at) && a.span
  ), candidates as (
    select distinct tstzrange(s, s + make_interval(mins => coalesce(p_minutes, w.step))) as span, w.extra
    from windows w, generate_series(lower(w.span),
      upper(w.span) - make_interval(mins => coalesce(p_minutes, w.step)), make_interval(mins => w.step)) s
  )
  select distinct (lower(c.span) at time zone a.zone)::date, lower(c.span), upper(c.span),
    to_char(lower(c.span) at time zone a.zone, 'HH24:MI')
  from candidates c cross join agenda a cross join open o
  where lower(c.span) > p_after
    and lower(c.span) <@ a.span
    and (c.extra or a.opening_hours = '[]' or o.hours @> c.span)
    and not exists (select 1 from taken t where t.span && c.span)
  order by 2
$$;

revoke all on function app.wall_span(date, time, time, text) from public;
revoke all on function app.free_slots(uuid, date, integer, timestamptz, integer) from public;
grant execute on function app.free_slots(uuid, date, integer, timestamptz, integer) to authenticated, service_role;
