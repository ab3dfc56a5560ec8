-- A clinic's guideline is replaced, never rewritten: questions keep citing what they cited. The version
-- before is inactive and has `@v<number>` at the end of its slug.
alter table public.guideline_documents
  add column version integer not null default 1 check (version >= 1);
