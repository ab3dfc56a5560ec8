-- The waiting list knows the clinic, so that each chain is linked by itself: one that is broken keeps its
-- rows waiting and nobody else's. The zero uuid stands for rows of no clinic, as in audit_chain.
alter table app.audit_pending add column clinica_id uuid;
update app.audit_pending p
  set clinica_id = coalesce(a.clinica_id, '00000000-0000-0000-0000-000000000000')
  from public.audit_logs a where a.id = p.audit_id;
alter table app.audit_pending alter column clinica_id set not null;
create index audit_pending_clinic on app.audit_pending (clinica_id, seq);
drop index app.audit_pending_order;

create or replace function app.await_link() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into app.audit_pending (audit_id, seq, clinica_id)
    values (new.id, new.seq, coalesce(new.clinica_id, '00000000-0000-0000-0000-000000000000'));
  return null;
end
$$;
