-- Audit rows that wait for their link. A list of its own, because the log is append-only and cannot be
-- marked, and looking for what is missing in the chain would read the whole log every second.

create table app.audit_pending (
  audit_id uuid primary key references public.audit_logs,
  seq bigint not null
);
create index audit_pending_order on app.audit_pending (seq);
call app.protect('app.audit_pending');

create function app.await_link() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into app.audit_pending (audit_id, seq) values (new.id, new.seq);
  return null;
end
$$;
revoke all on function app.await_link() from public;
create trigger await_link after insert on public.audit_logs
  for each row execute function app.await_link();

insert into app.audit_pending (audit_id, seq)
  select a.id, a.seq from public.audit_logs a
  where not exists (select 1 from public.audit_chain c where c.audit_id = a.id);

-- For "which of my rows is not linked": looked up by clinic and age.
create index audit_chain_audit on public.audit_chain (clinica_id, audit_id);
