-- Who is asking: from request.jwt.claims of the transaction to a member or an invitation.
-- The claims only name a person; membership, revocation and openness are read from tables.

create function app.claims() returns jsonb
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
  -- An unset setting reads as null in a new connection and as '' in a used one.
  as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;

-- A claim as uuid; null when it is absent or is no uuid.
create function app.claimed_uuid(name text) returns uuid
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when app.claims() ->> name ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
      then (app.claims() ->> name)::uuid
  end
$$;

create function app.claimed_instant(name text) returns timestamptz
  language sql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select case when jsonb_typeof(app.claims() -> name) = 'number'
    then to_timestamp((app.claims() ->> name)::double precision) end
$$;

create type app.member_context as (
  member_id uuid,
  user_auth uuid,
  clinica_id uuid,
  role text,
  medico_id uuid,
  name text
);

-- The caller's active membership, or null: of nobody, of a removed person, of a token that is older
-- than `sessions_valid_after` (compared in whole seconds, the resolution of `iat`), of a session
-- that the embedded identity has revoked.
create function app.current_member() returns app.member_context
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
$$;

create function app.current_clinic() returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select (app.current_member()).clinica_id $$;

-- The caller as a doctor; null for an administrator.
create function app.current_doctor() returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select (app.current_member()).medico_id $$;

-- The clinic that the caller administers; null for a doctor.
create function app.administered_clinic() returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select m.clinica_id from app.current_member() m where m.role = 'admin' $$;

create type app.invitation_context as (
  invitation_id uuid,
  kind text,
  participant_sub uuid,
  consultation_id uuid,
  room_id text,
  clinica_id uuid,
  patient_id uuid,
  doctor_id uuid
);

-- The open invitation behind a room token. Claims and row must agree on invitation, consultation,
-- room and person; patient and guest need an open consultation, documents outlive it.
create function app.current_invitation() returns app.invitation_context
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select row(i.id, i.kind, i.participant_sub, c.id, c.room_id, c.clinica_id, c.patient_id, c.doctor_id)::app.invitation_context
  from public.invitations i
  join public.consultations c on c.id = i.consultation_id
  where i.id = app.claimed_uuid('invitation_id')
    and i.participant_sub = app.claimed_uuid('sub')
    and c.id = app.claimed_uuid('consultation_id')
    and c.room_id = app.claims() ->> 'room_id'
    and i.revoked_at is null
    and i.expires_at > now()
    and (i.kind = 'documents' or c.status in ('WAITING', 'IN_PROGRESS'))
$$;

-- The open consultation that the bearer of a room token may enter.
create function app.invited_consultation() returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select i.consultation_id from app.current_invitation() i where i.kind in ('patient', 'guest') $$;

-- The same for the patient in person: what a guest may not do.
create function app.patients_consultation() returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select i.consultation_id from app.current_invitation() i where i.kind = 'patient' $$;

-- True inside asSystem, and for the owner's own sessions (migrations, seeds): SET ROLE stays visible
-- in a SECURITY DEFINER function, where current_user does not. The services' login without a role
-- gets no further than "permission denied", so 'none' is the owner.
create function app.is_system() returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select coalesce(current_setting('role', true), 'none') in ('service_role', 'none') $$;
