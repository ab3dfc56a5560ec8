-- Realtime: rooms, sound and text.
-- Its own.
call app.serve('medcall_realtime', 'public.sessions', 'select, insert, update');
call app.serve('medcall_realtime', 'public.participants', 'select, insert, update');
call app.serve('medcall_realtime', 'public.participant_connections', 'select, insert, update, delete');
call app.serve('medcall_realtime', 'public.audio_streams', 'select, insert, update');
call app.serve('medcall_realtime', 'public.transcriptions', 'select, insert, update');
call app.serve('medcall_realtime', 'public.recordings', 'select, insert, update');
call app.serve('medcall_realtime', 'public.voice_pieces', 'select, insert, delete');
call app.serve('medcall_realtime', 'public.ai_pricing', 'select, insert, update');
-- Of others: when a consultation begins and ends, who may be heard, what the doctor is shown again.
call app.serve('medcall_realtime', 'public.consultations',
  'select (id, room_id, clinica_id, patient_id, doctor_id, status, type, ai_enabled, timeline_zero_at, started_at, ended_at, cost_cap_brl),
   update (status, started_at, ended_at, timeline_zero_at)');
call app.serve('medcall_realtime', 'public.clinicas', 'select (id, ai_cap_brl_month), update (updated_at)');
call app.serve('medcall_realtime', 'public.medicos', 'select (id, user_auth, nome)');
call app.serve('medcall_realtime', 'public.members', 'select (id, user_auth, active)');
call app.serve('medcall_realtime', 'public.consents', 'select (consultation_id, type, accepted, position)');
call app.serve('medcall_realtime', 'public.coverage_items',
  'select (consultation_id, key, status, transcription_id, created_at)');
call app.serve('medcall_realtime', 'public.suggestions',
  'select (id, room_id, topic, question, rationale, sources, red_flag, engine, transcription_id, status, created_at)');
call app.serve('medcall_realtime', 'public.voice_profiles',
  'select (doctor_id, features, dimension, model, speech_seconds)');
