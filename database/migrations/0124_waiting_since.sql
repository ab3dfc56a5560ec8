-- Since when a patient waits without having gone away: a page that is loaded anew keeps its place, who left and
-- comes back later stands behind those who stayed.
alter table public.participants add column waiting_since timestamptz;
-- Who left longer ago comes back anew: their rows need no word.
update public.participants set waiting_since = created_at
  where state = 'waiting' or (state = 'left' and left_at > now() - interval '10 minutes');

-- Two minutes are a page loaded anew, a lift, a change of network.
create function app.keeps_place(p_left_at timestamptz) returns boolean
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$ select coalesce(p_left_at > now() - interval '2 minutes', false) $$;
revoke all on function app.keeps_place(timestamptz) from public;

-- Noted by the database on whatever path a person comes to wait, and for the version before this one too.
create function app.note_waiting_since() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.state = 'waiting' then
    if tg_op = 'INSERT' then
      new.waiting_since := coalesce(new.waiting_since, now());
    elsif old.state <> 'waiting' then
      new.waiting_since := case when app.keeps_place(old.left_at) then coalesce(old.waiting_since, now()) else now() end;
    end if;
  end if;
  return new;
end
$$;
revoke all on function app.note_waiting_since() from public;
create trigger note_waiting_since before insert or update on public.participants
  for each row execute function app.note_waiting_since();

-- As before (0084), by how long a patient waits and no longer by when he was first seen.
create or replace function app.place_in_waiting_room(out ahead integer, out doctor_busy boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with me as (
    select i.consultation_id, i.doctor_id, i.participant_sub
    from app.current_invitation() i where i.kind = 'patient'
  ), arrived as (
    select coalesce(min(p.waiting_since), now()) as at
    from me join public.participants p
      on p.consultation_id = me.consultation_id and p.sub = me.participant_sub::text
      and (p.state = 'waiting' or p.state = 'left' and app.keeps_place(p.left_at))
  )
  select count(*) filter (where p.state = 'waiting' and p.waiting_since < arrived.at)::integer,
    coalesce(bool_or(p.state in ('joined', 'away')), false)
  from me cross join arrived
    join public.consultations c on c.doctor_id = me.doctor_id and c.id <> me.consultation_id
      and c.status in ('WAITING', 'IN_PROGRESS')
    join public.participants p on p.consultation_id = c.id and p.role = 'patient'
$$;
