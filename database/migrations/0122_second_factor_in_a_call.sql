-- A session that was open when the clinic began to ask for a second factor ends half a day later, but not in the
-- middle of a consultation: one that runs then goes to its end (decision 110).

-- Until when such a session goes on.
create function app.second_factor_due(p_since timestamptz) returns timestamptz
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$ select p_since + interval '12 hours' $$;

-- Whether a consultation of this doctor, begun before that moment, still runs. One that was forgotten holds nothing
-- open for longer than another half day.
create function app.consults_since_before(p_doctor uuid, p_moment timestamptz) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select now() < p_moment + interval '12 hours' and exists (
    select 1 from public.consultations c
    where c.doctor_id = p_doctor and c.status = 'IN_PROGRESS' and c.started_at < p_moment)
$$;

create function app.must_show_factor(p_since timestamptz, p_doctor uuid) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_since is null then false
    -- `amr` counts whole seconds: who came in that very second was there.
    when coalesce(app.signed_in_at() > date_trunc('second', p_since), true) then true
    when now() < app.second_factor_due(p_since) then false
    else not app.consults_since_before(p_doctor, app.second_factor_due(p_since))
  end
$$;
revoke all on function app.second_factor_due(timestamptz), app.consults_since_before(uuid, timestamptz),
  app.must_show_factor(timestamptz, uuid) from public;

create or replace function app.current_member() returns app.member_context
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select row(m.id, m.user_auth, m.clinica_id, m.role, m.medico_id, m.name)::app.member_context
  from public.members m
  join public.clinicas c on c.id = m.clinica_id and c.active
  where m.user_auth = app.claimed_uuid('sub')
    and m.active
    and app.claimed_instant('iat') >= date_trunc('second', m.sessions_valid_after)
    and not exists (
      select 1 from auth_embedded.sessions s
      where s.id = app.claimed_uuid('session_id') and s.revoked_at is not null
    )
    and (m.medico_id is null or exists (
      select 1 from public.medicos d where d.id = m.medico_id and d.active
    ))
    and (coalesce(app.claims() ->> 'aal' = 'aal2', false)
      or not (app.must_show_factor(c.second_factor_since, m.medico_id) or app.has_second_factor(m.user_auth)))
$$;
drop function app.must_show_factor(timestamptz);

-- Until when the caller's session goes on without a second factor; null where nothing ends it: so that people are
-- told beforehand.
create function app.second_factor_from() returns timestamptz
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select app.second_factor_due(c.second_factor_since)
  from public.clinicas c
  where c.id = (app.current_member()).clinica_id
    and app.claims() ->> 'aal' is distinct from 'aal2'
$$;
revoke all on function app.second_factor_from() from public;
grant execute on function app.second_factor_from() to authenticated;
