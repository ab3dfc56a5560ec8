-- Who is connected, over all nodes of the realtime service. Rows of a node that died go stale and are swept.

create table public.participant_connections (
  -- The socket's id.
  id text primary key check (length(id) between 1 and 64),
  participant_id uuid not null references public.participants,
  node_id text not null check (length(node_id) between 1 and 100),
  connected_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index participant_connections_participant on public.participant_connections (participant_id, connected_at);
create index participant_connections_seen on public.participant_connections (seen_at);
call app.protect('public.participant_connections');

create index participants_present on public.participants (state, away_since) where state in ('waiting', 'joined', 'away');
