-- Jobs: messages, webhooks, the calendar outside, drafts.
grant usage on schema auth_embedded to medcall_jobs;
grant usage, create on schema pgboss to medcall_jobs;
call app.serve('medcall_jobs', 'app.job_kinds', 'select');
call app.serve('medcall_jobs', 'app.job_outbox', 'select, delete, update (run_after)');
call app.serve('medcall_jobs', 'public.notifications', 'select, insert, update');
call app.serve('medcall_jobs', 'public.notification_messages', 'select, insert, update, delete');
call app.serve('medcall_jobs', 'public.webhook_deliveries', 'select, insert, update');
call app.serve('medcall_jobs', 'public.clinic_secrets',
  'select (clinica_id, webhook_secret_sealed, webhook_previous_sealed, webhook_previous_until)');
call app.serve('medcall_jobs', 'public.booking_requests', 'select, update (mailed_at, person_sealed)');
call app.serve('medcall_jobs', 'public.calendar_connections', 'select, update, delete');
call app.serve('medcall_jobs', 'public.calendar_events', 'select, insert, update');
call app.serve('medcall_jobs', 'public.calendar_busy', 'select, insert, delete');
call app.serve('medcall_jobs', 'public.invitations', 'select, insert');
call app.serve('medcall_jobs', 'public.clinicas', 'select');
call app.serve('medcall_jobs', 'public.consultations', 'select, update (updated_at)');
call app.serve('medcall_jobs', 'public.patients', 'select (id, name, email, phone)');
call app.serve('medcall_jobs', 'public.medicos', 'select, insert, update');
call app.serve('medcall_jobs', 'public.members', 'select, insert, update');
call app.serve('medcall_jobs', 'public.doctor_invitations', 'select, delete');
-- An invitation that broke off is finished, and the links of accounts are mailed.
call app.serve('medcall_jobs', 'auth_embedded.users',
  'select (id, email, user_metadata, email_confirmed_at, invited_at, banned_until, last_sign_in_at, deleted_at,
     created_at, updated_at),
   insert, update (updated_at)');
call app.serve('medcall_jobs', 'auth_embedded.one_time_tokens', 'select, insert, update');
-- Whether there is a factor, for the view of an account; never its key.
call app.serve('medcall_jobs', 'auth_embedded.mfa_factors',
  'select (id, user_id, factor_type, friendly_name, status, last_challenged_at, created_at, updated_at)');
call app.serve('medcall_jobs', 'auth_embedded.account_notices', 'select, update (sent_at)');
-- The draft that the end of a consultation asks for: a first version, never a change of one that stands.
call app.serve('medcall_jobs', 'public.notes', 'select, insert');
call app.serve('medcall_jobs', 'public.note_versions', 'insert');
call app.serve('medcall_jobs', 'public.documents', 'select, insert, update (content)');
