-- The worker names the incident in the mail to the administration, and nothing of what it is about.
grant select (number) on public.incidents to medcall_jobs;
