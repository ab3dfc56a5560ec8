-- Gateway: public pages, links, bookings, messages, erasure.
call app.serve('medcall_gateway', 'public.patients',
  'select (id, clinica_id, name, cpf, birth_date, email, address, active, guardian_of), insert,
   update (name, cpf, birth_date, sex, email, phone, address, guardian_of, same_cpf_as, active)');
call app.serve('medcall_gateway', 'public.patient_guardians',
  'select (patient_id, guardian_id, clinica_id, since, ended_at), insert, update (relation, ended_at)');
-- Whether there is anything, never what.
call app.serve('medcall_gateway', 'public.patient_health', 'select (patient_id)');
call app.serve('medcall_gateway', 'public.care_relations', 'select (patient_id), update (reason)');
-- Neither what was said when it was cancelled or moved, nor what it costs.
call app.serve('medcall_gateway', 'public.consultations',
  'select (id, room_id, clinica_id, patient_id, doctor_id, status, type, ai_enabled, scheduled_at, duration_minutes,
     started_at, return_of, patient_answer, version, created_at, updated_at), insert,
   update (status, cancelled_at, cancel_reason, conversion_reason, patient_answer, patient_answered_at)');
call app.serve('medcall_gateway', 'public.participants', 'select (consultation_id, role), update (name)');
call app.serve('medcall_gateway', 'public.invitations', 'select, update');
call app.serve('medcall_gateway', 'public.consents',
  'select (consultation_id, type, accepted, position, location), insert,
   update (signer_name, signer_relation, location, ip, user_agent)');
call app.serve('medcall_gateway', 'public.voice_pieces', 'select (consultation_id), delete');
-- What a printed code answers, and where its paper is filed: not what the note says.
call app.serve('medcall_gateway', 'public.notes',
  'select (id, consultation_id, hash, signed_at, verification_code, pdf_key, pdf_sha256, printed),
   update (pdf_key, pdf_sha256)');
call app.serve('medcall_gateway', 'public.note_addenda', 'select (id, note_id)');
-- The draft of a letter is an engine's until a doctor makes it his.
call app.serve('medcall_gateway', 'public.documents', 'select, insert, update');
-- Erased with the person, never read.
call app.serve('medcall_gateway', 'public.private_notes', 'select (consultation_id), delete');
call app.serve('medcall_gateway', 'public.waiting_messages', 'select (consultation_id), delete');
call app.serve('medcall_gateway', 'public.data_requests', 'select, update');
call app.serve('medcall_gateway', 'public.booking_requests', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'public.calendar_connections', 'select, insert, update, delete');
call app.serve('medcall_gateway', 'public.calendar_events', 'select, update, delete');
call app.serve('medcall_gateway', 'public.calendar_busy', 'select, delete');
call app.serve('medcall_gateway', 'public.calendar_visits', 'select, insert, delete');
call app.serve('medcall_gateway', 'public.notifications', 'select, insert, update');
call app.serve('medcall_gateway', 'public.notification_messages', 'select (notification_id), delete');
call app.serve('medcall_gateway', 'public.sms_replies', 'select (provider_id), insert');
