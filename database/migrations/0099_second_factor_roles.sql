-- What the second factor keeps (0098), for the services that work on it: the gateway alone; the worker mails
-- what has changed. Separate, because 0085 cannot know tables that come after it.
call app.serve('medcall_gateway', 'auth_embedded.mfa_factors', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.mfa_challenges', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.recovery_codes', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.account_notices', 'select, insert');
-- Whether there is a factor, for the view of an account; never its key.
call app.serve('medcall_jobs', 'auth_embedded.mfa_factors',
  'select (id, user_id, factor_type, friendly_name, status, last_challenged_at, created_at, updated_at)');
call app.serve('medcall_jobs', 'auth_embedded.account_notices', 'select, update (sent_at)');
