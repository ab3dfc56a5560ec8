-- The worker warns of an incident's deadlines (0110): it reads what the clock runs by, and nothing of the account.
call app.serve('medcall_jobs', 'public.incidents',
  'select (id, clinica_id, status, known_at, small_agent, authority_at, people_at, preliminary, completed_at)');
call app.serve('medcall_jobs', 'public.incident_warnings', 'select (incident_id, kind, due_on), insert');
