-- What a doctor writes down for herself while she talks: hers alone, no part of the record. No colleague,
-- administrator, patient, export or engine reads it; it goes when the patient asks for erasure.
create table public.private_notes (
  consultation_id uuid not null references public.consultations,
  doctor_id uuid not null references public.medicos,
  text text not null check (length(btrim(text)) between 1 and 20000),
  version integer not null default 1 check (version >= 1),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (consultation_id, doctor_id)
);
create index private_notes_doctor on public.private_notes (doctor_id);
call app.protect('public.private_notes');
create trigger touch before update on public.private_notes for each row execute function app.touch();
create trigger keep before update on public.private_notes
  for each row execute function app.keep_columns('consultation_id', 'doctor_id', 'created_at');

grant select, insert, update, delete on public.private_notes to authenticated;
create policy writer_reads on public.private_notes for select to authenticated
  using (doctor_id = (select app.current_doctor()));
create policy writer_inserts on public.private_notes for insert to authenticated
  with check (doctor_id = (select app.current_doctor()) and exists (
    select 1 from public.consultations c where c.id = consultation_id and c.doctor_id = private_notes.doctor_id));
create policy writer_updates on public.private_notes for update to authenticated
  using (doctor_id = (select app.current_doctor()))
  with check (doctor_id = (select app.current_doctor()));
create policy writer_deletes on public.private_notes for delete to authenticated
  using (doctor_id = (select app.current_doctor()));
