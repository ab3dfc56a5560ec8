-- A note that is emptied keeps its row: were the version to begin anew, another window could overwrite what
-- it has not read.
alter table public.private_notes drop constraint private_notes_text_check;
alter table public.private_notes add constraint private_notes_text_check check (length(btrim(text)) <= 20000);
