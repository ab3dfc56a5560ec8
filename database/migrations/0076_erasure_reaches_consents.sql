-- Consents are history, and yet hold a name, an address and where somebody was. Of a person who was never
-- treated no law keeps these (LGPD, art. 18, VI): the system may empty them, and nothing else of the row.
create function app.refuse_change_but_emptying() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  before jsonb := to_jsonb(old);
  after jsonb := to_jsonb(new);
begin
  if tg_op <> 'UPDATE' then
    raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
      using errcode = 'restrict_violation';
  end if;
  -- Trigger arguments name the columns that may become null.
  for i in 0..tg_nargs - 1 loop
    if after -> tg_argv[i] not in (before -> tg_argv[i], 'null'::jsonb) then
      raise exception '%.% may only be emptied', tg_table_name, tg_argv[i]
        using errcode = 'restrict_violation';
    end if;
    before := before - tg_argv[i];
    after := after - tg_argv[i];
  end loop;
  if before is distinct from after then
    raise exception '% is append-only: update refused', tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
revoke all on function app.refuse_change_but_emptying() from public;

drop trigger append_only on public.consents;
create trigger append_only before update or delete on public.consents
  for each row execute function app.refuse_change_but_emptying('signer_name', 'signer_relation', 'location', 'ip', 'user_agent');
grant update (signer_name, signer_relation, location, ip, user_agent) on public.consents to service_role;
