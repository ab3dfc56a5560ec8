-- A clinic's own guidelines are embedded outside of any consultation: the clinic itself pays for that.
alter table public.ai_pricing alter column consultation_id drop not null;
alter table public.ai_pricing add column clinica_id uuid references public.clinicas;
alter table public.ai_pricing add constraint ai_pricing_who_pays
  check (num_nonnulls(consultation_id, clinica_id) = 1);
create index ai_pricing_clinic on public.ai_pricing (clinica_id, created_at) where clinica_id is not null;
create policy admin_reads_clinic on public.ai_pricing for select to authenticated
  using (clinica_id = (select app.administered_clinic()));

-- One instance at a time pays for a passage's vector; the claim of one that died expires.
alter table public.guideline_chunks add column embedding_claimed_until timestamptz;
