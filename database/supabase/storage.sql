-- The bucket of recordings, segments of sound and signed papers in Supabase Storage. Run after the migrations,
-- every time, and only where there is a `storage` schema (database/tools/deploy-steps.ts); the bucket's name
-- (STORAGE_BUCKET) is the setting `medcall.bucket`. No migration, because no other server has these tables.
do $$
declare
  bucket constant text := current_setting('medcall.bucket');
begin
  insert into storage.buckets (id, name, public)
  values (bucket, bucket, false)
  -- Somebody may have made it by hand, or opened it by a click.
  on conflict (id) do update set public = false;

  if not (select relrowsecurity from pg_catalog.pg_class where oid = 'storage.objects'::regclass) then
    raise exception 'storage.objects has no row level security: this is not the layout of Supabase Storage';
  end if;

  -- Nobody has a policy for it, which closes it to everybody but the service role; recordings reach browsers
  -- through addresses that we sign ourselves. Restrictive, so that a generous policy made later for another
  -- bucket opens nothing here.
  drop policy if exists medcall_services_only on storage.objects;
  execute format(
    'create policy medcall_services_only on storage.objects as restrictive for all '
    'to anon, authenticated, medcall_patient using (bucket_id <> %L) with check (bucket_id <> %L)',
    bucket, bucket
  );
end
$$;
