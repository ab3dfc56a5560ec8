-- Guidelines that questions rest on, and what the engines cost.

create table public.guideline_documents (
  id uuid primary key default gen_random_uuid(),
  -- Null is the common corpus, read by every clinic.
  clinica_id uuid references public.clinicas,
  slug text not null,
  title text not null,
  source text not null,
  year integer not null check (year between 1900 and 2200),
  url text not null,
  language text not null default 'pt-BR',
  content_hash text,
  active boolean not null default true,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique nulls not distinct (clinica_id, slug)
);
call app.protect('public.guideline_documents');
create trigger touch before update on public.guideline_documents for each row execute function app.touch();

create table public.guideline_chunks (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references public.guideline_documents on delete cascade,
  position integer not null check (position >= 0),
  section text not null,
  text text not null,
  -- Keys of the anamnesis topics that the passage asks about.
  topics text[] not null default '{}',
  search tsvector not null generated always as (
    setweight(to_tsvector('app.portuguese_unaccent', section), 'A')
    || setweight(to_tsvector('app.portuguese_unaccent', text), 'B')
  ) stored,
  -- Plain floats: exact cosine over the corpus is a few milliseconds, and pgvector is not everywhere.
  embedding real[],
  embedding_model text,
  embedding_dimension integer,
  created_at timestamptz not null default now(),
  unique (document_id, position),
  check ((embedding is null) = (embedding_model is null)),
  check (cardinality(embedding) = embedding_dimension)
);
create index guideline_chunks_search on public.guideline_chunks using gin (search);
create index guideline_chunks_model on public.guideline_chunks (embedding_model);
call app.protect('public.guideline_chunks');

create table public.ai_pricing (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null references public.consultations,
  service text not null check (service in ('whisper', 'gpt-4o', 'embedding')),
  tokens integer check (tokens >= 0),
  -- BRL, for reading. Written as whole micro-reais, so that sums never round.
  cost numeric(14, 6) not null generated always as (cost_brl_micros::numeric / 1000000) stored,
  cost_brl_micros bigint not null check (cost_brl_micros >= 0),
  model text,
  seconds numeric(12, 3) check (seconds >= 0),
  price_version text,
  -- A call reserves its upper bound under the cap, then settles at the true price or is released.
  state text not null default 'settled' check (state in ('reserved', 'settled', 'released')),
  idempotency_key text,
  created_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index ai_pricing_consultation on public.ai_pricing (consultation_id, created_at);
create index ai_pricing_day on public.ai_pricing (created_at, service);
create unique index ai_pricing_once on public.ai_pricing (idempotency_key) where idempotency_key is not null;
call app.protect('public.ai_pricing', 'clinical');
create trigger touch before update on public.ai_pricing for each row execute function app.touch();
