-- How people bring a matter up is indexed beside a summary's passages: the search finds the document by
-- it, and it is never shown or cited.
alter table public.guideline_chunks
  add column kind text not null default 'passage' check (kind in ('passage', 'how_people_ask'));
