-- A doctor's voice as it sounds in a quiet room and in noise: one vector for each, end to end.
alter table public.voice_profiles
  drop constraint voice_profiles_check,
  add constraint voice_profiles_whole_vectors
    check (dimension > 0 and cardinality(features) > 0 and cardinality(features) % dimension = 0),
  add column speech_seconds real not null default 0 check (speech_seconds >= 0);

-- A voice is biometric data (Lei 13.709/2018, art. 5, II): it goes when its purpose goes.
create function app.forget_voice() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_table_name = 'medicos' then
    delete from public.voice_profiles where doctor_id = new.id;
  else
    delete from public.voice_profiles where doctor_id = new.medico_id;
  end if;
  return null;
end
$$;
revoke all on function app.forget_voice() from public;
create trigger forget_voice after update of active on public.medicos
  for each row when (old.active and not new.active) execute function app.forget_voice();
create trigger forget_voice after update of active on public.members
  for each row when (old.active and not new.active and new.medico_id is not null)
  execute function app.forget_voice();
