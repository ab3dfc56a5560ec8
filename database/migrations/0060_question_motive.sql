-- A question quotes the patient's words that call for it (transcription_id), which are often older than
-- the utterance that it was asked after, and are null when none does. Which answer it belongs to is a
-- thing of its own: the same utterance again gets the same questions, and a question's age counts from it.
alter table public.suggestions add column run_transcription_id uuid references public.transcriptions;
update public.suggestions set run_transcription_id = transcription_id;
comment on column public.suggestions.transcription_id is 'The utterance of the patient that calls for the question';
comment on column public.suggestions.run_transcription_id is 'The utterance after which it was offered';
drop index public.suggestions_once;
create unique index suggestions_once
  on public.suggestions (room_id, run_transcription_id, question);
