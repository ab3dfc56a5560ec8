/** One table that holds data of patients: how its rows are found, and what becomes of each column. */
interface PersonalTable {
  /** Rows of one patient, as a condition on the table with the patient's id as $1. */
  of: string;
  /** Nothing has to be kept of it when the person was never treated: erased. */
  erasable?: readonly string[];
  /** Part of the record, kept for 20 years (Lei 13.787/2018, art. 6º), or of the audit. */
  kept?: readonly string[];
  /** Erasable or kept, and not in the export: why. */
  withheld?: Readonly<Record<string, string>>;
  /** Closed lists, ids, hashes, keys, versions: nothing that a person wrote or is. */
  codes?: readonly string[];
}

const consultation = 'in (select id from public.consultations where patient_id = $1)';
const room = 'in (select room_id from public.consultations where patient_id = $1)';
const draft = 'words of an engine, or of a draft that nobody signed';

/**
 * What each column that can hold words, addresses or sounds means for a patient. A test compares it with
 * the database: a new column has to be put here, and then is erased and handed out, or says why not.
 */
export const personalTables: Readonly<Record<string, PersonalTable>> = {
  'public.patients': {
    of: 'id = $1',
    erasable: ['name', 'email', 'phone', 'cpf', 'sex', 'address', 'birth_date'],
  },
  'public.patient_health': { of: 'patient_id = $1', kept: ['allergies', 'medicines'] },
  'public.patient_guardians': {
    of: 'patient_id = $1 or guardian_id = $1',
    erasable: ['relation'],
  },
  'public.care_relations': {
    of: 'patient_id = $1',
    erasable: ['reason'],
    codes: ['origin'],
  },
  'public.consultations': {
    of: 'patient_id = $1',
    erasable: ['cancel_reason', 'conversion_reason'],
    codes: ['room_id', 'status', 'type', 'patient_answer', 'booked_by'],
  },
  'public.consents': {
    of: `consultation_id ${consultation}`,
    erasable: ['signer_name', 'signer_relation', 'location', 'ip', 'user_agent'],
    codes: ['type', 'text_version', 'text_hash', 'signer_sub', 'given_by'],
  },
  'public.waiting_messages': {
    of: `consultation_id ${consultation}`,
    erasable: ['text'],
  },
  'public.participants': {
    of: `consultation_id ${consultation} and role <> 'doctor'`,
    erasable: ['name'],
    codes: ['sub', 'role', 'state'],
  },
  'public.booking_requests': {
    of: `consultation_id ${consultation}`,
    erasable: ['person_sealed', 'person_hash', 'email_hash'],
    withheld: {
      person_sealed: 'a sealed copy of the card, gone once the booking is made',
      person_hash: 'a keyed mark of the person',
      email_hash: 'a keyed mark of the address',
    },
    codes: ['token_hash', 'type'],
  },
  'public.invitations': {
    of: `consultation_id ${consultation}`,
    erasable: ['name'],
    codes: ['kind', 'token_hash'],
  },
  'public.notifications': {
    of: 'patient_id = $1',
    erasable: ['recipient_hash', 'error'],
    withheld: {
      recipient_hash: 'a keyed mark of the address, which is in the card',
      error: "the vendor's words about a delivery",
    },
    codes: ['channel', 'kind', 'params', 'status', 'provider', 'provider_id'],
  },
  'public.notification_messages': {
    of: 'notification_id in (select id from public.notifications where patient_id = $1)',
    erasable: ['sealed'],
    withheld: { sealed: 'holds a link into the room; gone once the message is out' },
  },
  'public.sms_replies': {
    of: 'notification_id in (select id from public.notifications where patient_id = $1)',
    codes: ['provider_id', 'answer'],
  },
  'public.data_requests': {
    of: 'patient_id = $1',
    erasable: ['details', 'resolution'],
    codes: ['kind', 'status'],
  },
  'public.incident_people': {
    of: 'patient_id = $1',
    codes: ['found_by'],
  },
  'public.transcriptions': {
    of: `room_id ${room}`,
    kept: ['text', 'raw_text'],
    codes: ['room_id', 'speaker', 'engine'],
  },
  'public.notes': {
    of: `consultation_id ${consultation}`,
    kept: ['sections', 'cid10', 'ciap2', 'code_candidates', 'printed'],
    withheld: { code_candidates: draft, printed: 'letterhead of the PDF, which is in the archive' },
    codes: [
      'status',
      'engine',
      'prompt_hash',
      'hash',
      'verification_code',
      'pdf_key',
      'output_id',
      'engine_version',
      'pdf_sha256',
      'pdf_signature',
      'draft_notice',
    ],
  },
  'public.note_versions': {
    of: `note_id in (select id from public.notes where consultation_id ${consultation})`,
    kept: ['sections', 'cid10', 'ciap2'],
    withheld: { sections: draft, cid10: draft, ciap2: draft },
    codes: ['author', 'output_id', 'engine', 'engine_version', 'prompt_hash'],
  },
  'public.private_notes': {
    of: `consultation_id ${consultation}`,
    erasable: ['text'],
    withheld: {
      text: "the doctor's own working notes: no part of the record, nobody else reads them",
    },
  },
  'public.note_addenda': {
    of: `note_id in (select id from public.notes where consultation_id ${consultation})`,
    kept: ['text'],
    codes: ['hash'],
  },
  'public.documents': {
    of: `consultation_id ${consultation}`,
    kept: ['title', 'content', 'printed', 'revoke_reason'],
    withheld: { printed: 'letterhead of the PDF, which is in the archive' },
    codes: [
      'kind',
      'status',
      'hash',
      'verification_code',
      'pdf_key',
      'pdf_sha256',
      'pdf_signature',
    ],
  },
  'public.suggestions': {
    of: `room_id ${room}`,
    kept: ['question', 'rationale', 'sources'],
    withheld: { question: draft, rationale: draft, sources: draft },
    codes: [
      'room_id',
      'context',
      'topic',
      'engine',
      'status',
      'engine_version',
      'prompt_hash',
      'output_id',
    ],
  },
  'public.audit_logs': {
    of: 'patient_id = $1',
    kept: ['actor_name', 'ip'],
    withheld: { ip: 'the address of whoever opened the chart, not of the patient' },
    codes: ['action', 'table_name', 'record_id', 'changes', 'actor_kind', 'outcome', 'request_id'],
  },
  'public.voice_pieces': {
    of: `consultation_id ${consultation}`,
    erasable: ['features'],
    withheld: { features: 'figures of a sound, without meaning outside of the engine' },
    codes: ['model'],
  },
};

/** Tables without a column about patients: staff, clinics, knowledge, and what services need to work. */
export const otherTables: Readonly<Record<string, string>> = {
  'app.audit_pending': 'ids',
  'app.job_kinds': 'codes',
  'app.job_outbox': 'codes',
  'app.schema_migrations': 'names of files',
  'auth_embedded.account_notices': 'accounts of staff',
  'auth_embedded.mfa_challenges': 'accounts of staff',
  'auth_embedded.mfa_factors': 'accounts of staff',
  'auth_embedded.one_time_tokens': 'accounts of staff',
  'auth_embedded.recovery_codes': 'accounts of staff',
  'auth_embedded.refresh_tokens': 'accounts of staff',
  'auth_embedded.sessions': 'accounts of staff',
  'auth_embedded.sign_in_throttle': 'accounts of staff',
  'auth_embedded.signing_keys': 'keys',
  'auth_embedded.users': 'accounts of staff',
  'public.ai_pricing': 'costs',
  'public.audio_streams':
    'marks and counters; the sound is in files that follow the recording consent',
  'public.audit_chain': 'hashes',
  'public.audit_heads': 'hashes',
  'public.availability': 'agenda of doctors',
  'public.availability_exceptions': 'agenda of doctors',
  'public.calendar_busy': 'marks of events in a calendar of a doctor',
  'public.calendar_channels': 'ids and marks',
  'public.calendar_connections': 'accounts of staff',
  'public.calendar_events': 'ids and codes',
  'public.calendar_visits': 'accounts of staff',
  'public.clinic_secrets': 'keys',
  'public.clinicas': 'clinics',
  'public.coverage_items': 'codes',
  'public.doctor_invitations': 'staff',
  'public.guideline_chunks': 'knowledge',
  'public.incident_versions': 'the account of an incident, which is to name nobody',
  'public.incident_warnings': 'codes',
  'public.incidents': 'the account of an incident, which is to name nobody',
  'public.guideline_documents': 'knowledge',
  'public.medicos': 'staff',
  'public.members': 'staff',
  'public.participant_connections': 'ids',
  'public.recordings': 'keys and figures; the sound is in files that follow the recording consent',
  'public.retranscriptions': 'codes and counters',
  'public.sessions': 'codes',
  'public.signing_certificates': 'keys and certificates of doctors',
  'public.suggestion_runs': 'engines, hashes and counters',
  'public.voice_profiles': 'voices of doctors',
  'public.webhook_deliveries': 'ids only',
};
