-- What a patient can do while he waits: leave a word for the doctor, and know how many are before him.
create table public.waiting_messages (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  participant_sub uuid not null default app.claimed_uuid('sub'),
  text text not null check (length(btrim(text)) between 1 and 500),
  created_at timestamptz not null default now()
);
create index waiting_messages_consultation on public.waiting_messages (consultation_id, created_at);
call app.protect('public.waiting_messages');

grant select on public.waiting_messages to authenticated, medcall_patient;
grant insert (consultation_id, text) on public.waiting_messages to medcall_patient;
create policy doctor_reads on public.waiting_messages for select to authenticated
  using ((select app.current_doctor()) is not null
    and exists (select 1 from public.consultations c where c.id = consultation_id));
create policy patient_reads on public.waiting_messages for select to medcall_patient
  using (consultation_id = (select app.patients_consultation()));
create policy patient_inserts on public.waiting_messages for insert to medcall_patient
  with check (consultation_id = (select app.patients_consultation())
    and participant_sub = app.claimed_uuid('sub'));

-- Counts only: a patient learns of no other patient who that is. By arrival, of the same doctor.
create function app.place_in_waiting_room(out ahead integer, out doctor_busy boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with me as (
    select i.consultation_id, i.doctor_id, i.participant_sub
    from app.current_invitation() i where i.kind = 'patient'
  ), arrived as (
    select coalesce(min(p.created_at), now()) as at
    from me join public.participants p
      on p.consultation_id = me.consultation_id and p.sub = me.participant_sub::text and p.state = 'waiting'
  )
  select count(*) filter (where p.state = 'waiting' and p.created_at < arrived.at)::integer,
    coalesce(bool_or(p.state in ('joined', 'away')), false)
  from me cross join arrived
    join public.consultations c on c.doctor_id = me.doctor_id and c.id <> me.consultation_id
      and c.status in ('WAITING', 'IN_PROGRESS')
    join public.participants p on p.consultation_id = c.id and p.role = 'patient'
$$;
revoke all on function app.place_in_waiting_room() from public;
grant execute on function app.place_in_waiting_room() to medcall_patient;
