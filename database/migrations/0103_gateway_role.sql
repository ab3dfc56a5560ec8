-- Gateway: identity, the audit chain, the clinic and its people. Files that make policies are small: each waits
-- for the tables that it names, and holds them until it is through.
grant usage on schema auth_embedded, pgboss to medcall_gateway;
call app.serve('medcall_gateway', 'auth_embedded.users', 'select, insert, update');
call app.serve('medcall_gateway', 'auth_embedded.sessions', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.refresh_tokens', 'select, insert, update');
call app.serve('medcall_gateway', 'auth_embedded.one_time_tokens', 'select, insert, update');
call app.serve('medcall_gateway', 'auth_embedded.sign_in_throttle', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.signing_keys', 'select, insert, update');
call app.serve('medcall_gateway', 'app.audit_pending', 'select, delete');
call app.serve('medcall_gateway', 'public.audit_logs', 'select');
call app.serve('medcall_gateway', 'public.audit_chain', 'select, insert');
call app.serve('medcall_gateway', 'public.audit_heads', 'select, insert');
call app.serve('medcall_gateway', 'public.clinicas', 'select');
call app.serve('medcall_gateway', 'public.clinic_secrets', 'select, insert, update');
call app.serve('medcall_gateway', 'public.members', 'select, insert, update');
call app.serve('medcall_gateway', 'public.medicos', 'select, insert, update');
call app.serve('medcall_gateway', 'public.doctor_invitations', 'select, insert, delete');
call app.serve('medcall_gateway', 'auth_embedded.mfa_factors', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.mfa_challenges', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.recovery_codes', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'auth_embedded.account_notices', 'select, insert');
