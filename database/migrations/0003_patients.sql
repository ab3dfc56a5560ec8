-- Patients, what is known of their health, and who may read it.

create table public.patients (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  -- The doctor who registered the person; null when the front desk did.
  doctor_id uuid,
  name text not null check (length(name) between 2 and 200),
  email text,
  phone text,
  cpf text check (app.is_cpf(cpf)),
  birth_date date check (birth_date > '1880-01-01'),
  sex text check (sex in ('F', 'M', 'I')),
  -- The minor or dependent whom this person answers for.
  guardian_of uuid,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, clinica_id),
  unique (clinica_id, cpf),
  foreign key (doctor_id, clinica_id) references public.medicos (id, clinica_id),
  foreign key (guardian_of, clinica_id) references public.patients (id, clinica_id),
  check (guardian_of <> id)
);
create index patients_name_search on public.patients using gin (app.fold(name) extensions.gin_trgm_ops);
create index patients_clinic_name on public.patients (clinica_id, name, id);
create index patients_same_person on public.patients (clinica_id, app.fold(name), birth_date);
call app.protect('public.patients', 'clinical');
create trigger touch before update on public.patients for each row execute function app.touch();
create trigger keep before update on public.patients
  for each row execute function app.keep_columns('id', 'clinica_id');

-- Allergies and medicines stand apart from the card: row level security hides rows, not columns,
-- and these need a care relation where the card needs only the clinic.
create table public.patient_health (
  patient_id uuid primary key,
  clinica_id uuid not null,
  allergies text[] not null default '{}',
  medicines text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (patient_id, clinica_id) references public.patients (id, clinica_id)
);
call app.protect('public.patient_health', 'clinical');
create trigger touch before update on public.patient_health for each row execute function app.touch();
create trigger keep before update on public.patient_health
  for each row execute function app.keep_columns('patient_id', 'clinica_id');

-- The card with the health columns of design: null where the reader has no care relation.
create view public.patient_records with (security_invoker = true) as
  select p.*, h.allergies, h.medicines
  from public.patients p
  left join public.patient_health h on h.patient_id = p.id;

-- A doctor treats a patient: made by a booking (trigger in 0004) or by a stated reason.
create table public.care_relations (
  doctor_id uuid not null,
  patient_id uuid not null,
  clinica_id uuid not null references public.clinicas,
  since timestamptz not null default now(),
  reason text not null check (length(btrim(reason)) between 3 and 500),
  origin text not null default 'stated' check (origin in ('booking', 'stated')),
  ended_at timestamptz,
  primary key (doctor_id, patient_id),
  foreign key (doctor_id, clinica_id) references public.medicos (id, clinica_id),
  foreign key (patient_id, clinica_id) references public.patients (id, clinica_id)
);
create index care_relations_patient on public.care_relations (patient_id);
call app.protect('public.care_relations', 'clinical');
create trigger keep before update on public.care_relations
  for each row execute function app.keep_columns('doctor_id', 'patient_id', 'clinica_id', 'since');

-- Requests of data subjects (LGPD art. 18), with the 15 days of art. 19.
create table public.data_requests (
  id uuid primary key default gen_random_uuid(),
  clinica_id uuid not null references public.clinicas,
  patient_id uuid not null,
  kind text not null check (kind in ('access', 'export', 'correction', 'erasure')),
  status text not null default 'open' check (status in ('open', 'in_progress', 'done', 'refused')),
  requested_by uuid,
  details text,
  resolution text,
  requested_at timestamptz not null default now(),
  due_at timestamptz not null default now() + interval '15 days',
  resolved_at timestamptz,
  updated_at timestamptz not null default now(),
  foreign key (patient_id, clinica_id) references public.patients (id, clinica_id),
  check ((status in ('done', 'refused')) = (resolved_at is not null))
);
create index data_requests_clinic on public.data_requests (clinica_id, status, due_at);
call app.protect('public.data_requests', 'clinical');
create trigger touch before update on public.data_requests for each row execute function app.touch();
