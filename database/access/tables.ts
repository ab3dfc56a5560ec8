import { type ActorName, type Scope, type ScopeName, subs } from './scopes.ts';

export type Row = Readonly<Record<string, unknown>>;

/** How the access test finds, makes and changes rows of one table. */
export interface TableSpec {
  readonly table: string;
  /** The row that is there; its `key` columns find it again. */
  readonly row: (scope: Scope) => Row;
  readonly key?: readonly string[];
  /** What a person's INSERT brings; the stored row under a new id when left out. */
  readonly fresh?: (scope: Scope, actor: ActorName) => Row;
  /** Column and value of the tried UPDATE. */
  readonly change: readonly [column: string, value: unknown];
  /** Scopes that mean something here; a clinic's own row has no `other`. */
  readonly scopes?: readonly ScopeName[];
  /** Rows that would collide with `fresh` are taken out first, as the owner. */
  readonly makeRoom?: boolean;
}

const clinicOnly = ['own', 'foreign'] as const;
const hash = 'a'.repeat(64);
const token = (scope: Scope, name: string) =>
  Buffer.from(scope.id(name).replaceAll('-', '').padEnd(64, '0'), 'hex');
const json = (value: unknown) => JSON.stringify(value);

/** In the order in which rows depend on each other. */
export const tables: readonly TableSpec[] = [
  {
    table: 'clinicas',
    scopes: clinicOnly,
    row: (s) => ({ id: s.clinic, nome: 'Clínica' }),
    change: ['telefone', '1'],
  },
  {
    table: 'clinic_secrets',
    scopes: clinicOnly,
    key: ['clinica_id'],
    row: (s) => ({ clinica_id: s.clinic }),
    change: ['webhook_secret_sealed', Buffer.from('x')],
    makeRoom: true,
  },
  {
    table: 'medicos',
    row: (s) => ({
      id: s.doctor,
      user_auth: s.doctorUser,
      nome: 'Doutora',
      crm: `${1000 + ['own', 'other', 'foreign'].indexOf(s.name)}/SP`,
      clinica_id: s.clinic,
    }),
    fresh: (s) => ({ nome: 'Doutora', crm: '9999/RJ', clinica_id: s.clinic }),
    change: ['especialidade', 'x'],
  },
  {
    table: 'members',
    row: (s) => ({
      id: s.id('member'),
      user_auth: s.doctorUser,
      clinica_id: s.clinic,
      role: 'medico',
      medico_id: s.doctor,
      name: 'Doutora',
    }),
    fresh: (s) => ({ clinica_id: s.clinic, role: 'admin', name: 'Nova pessoa' }),
    change: ['email', 'x@example.com'],
  },
  {
    table: 'availability',
    row: (s) => ({
      id: s.id('availability'),
      clinica_id: s.clinic,
      doctor_id: s.doctor,
      weekday: 1,
      start_time: '09:00',
      end_time: '12:00',
    }),
    change: ['slot_minutes', 20],
  },
  {
    table: 'availability_exceptions',
    row: (s) => ({
      id: s.id('availability_exception'),
      clinica_id: s.clinic,
      doctor_id: s.doctor,
      kind: 'blocked',
      starts_at: '2026-01-01T10:00Z',
      ends_at: '2026-01-01T11:00Z',
    }),
    change: ['kind', 'extra'],
  },
  {
    table: 'calendar_connections',
    row: (s) => ({ id: s.id('calendar'), doctor_id: s.doctor, provider: 'google' }),
    fresh: (s) => ({ doctor_id: s.doctor, provider: 'ics' }),
    change: ['status', 'failed'],
  },
  {
    table: 'calendar_busy',
    row: (s) => ({
      id: s.id('busy'),
      connection_id: s.id('calendar'),
      doctor_id: s.doctor,
      starts_at: '2026-01-01T10:00Z',
      ends_at: '2026-01-01T11:00Z',
    }),
    change: ['ends_at', '2026-01-01T12:00Z'],
  },
  {
    table: 'calendar_channels',
    row: (s) => ({
      id: s.id('channel'),
      connection_id: s.id('calendar'),
      token_hash: token(s, 'channel'),
      expires_at: '2999-01-01T00:00Z',
    }),
    change: ['resource_id', 'x'],
  },
  {
    table: 'calendar_visits',
    key: ['state_hash'],
    row: (s) => ({
      state_hash: token(s, 'visit'),
      doctor_id: s.doctor,
      user_auth: s.doctorUser,
      verifier_sealed: Buffer.from('x'),
      expires_at: '2999-01-01T00:00Z',
    }),
    change: ['expires_at', '2998-01-01T00:00Z'],
    makeRoom: true,
  },
  {
    table: 'booking_requests',
    row: (s) => ({
      id: s.id('booking'),
      clinica_id: s.clinic,
      doctor_id: s.doctor,
      starts_at: '2026-01-01T10:00Z',
      type: 'ONLINE',
      person_hash: token(s, 'booking-person'),
      email_hash: token(s, 'booking-email'),
      expires_at: '2999-01-01T00:00Z',
    }),
    change: ['tries', 1],
  },
  {
    table: 'doctor_invitations',
    row: (s) => ({
      id: s.id('doctor invitation'),
      clinica_id: s.clinic,
      invited_by: s.doctorUser,
      name: 'Novo Médico',
      email: 'x@example.com',
      crm: '1/SP',
    }),
    change: ['name', 'Outro'],
  },
  {
    table: 'signing_certificates',
    row: (s) => ({
      id: s.id('certificate'),
      doctor_id: s.doctor,
      key_sealed: Buffer.from('x'),
      holder: 'DOUTORA',
      issuer: 'AC',
      serial: '01',
      fingerprint: hash,
      not_before: '2026-01-01T00:00Z',
      not_after: '2027-01-01T00:00Z',
      is_test: true,
    }),
    change: ['holder', 'OUTRA'],
    makeRoom: true,
  },
  {
    table: 'voice_profiles',
    row: (s) => ({
      id: s.id('voice'),
      doctor_id: s.doctor,
      features: [0.5, 1],
      dimension: 2,
      model: 'm',
    }),
    change: ['model', 'n'],
    makeRoom: true,
  },
  {
    table: 'patients',
    row: (s) => ({ id: s.patient, clinica_id: s.clinic, name: 'Paciente' }),
    fresh: (s) => ({ clinica_id: s.clinic, name: 'Outra pessoa' }),
    change: ['phone', '1'],
  },
  {
    table: 'patient_guardians',
    key: ['patient_id', 'guardian_id'],
    row: (s) => ({ patient_id: s.patient, guardian_id: s.stranger, clinica_id: s.clinic }),
    fresh: (s) => ({ patient_id: s.stranger, guardian_id: s.patient, clinica_id: s.clinic }),
    change: ['relation', 'tia'],
  },
  {
    table: 'patient_merges',
    row: (s) => ({
      id: s.id('patient_merge'),
      clinica_id: s.clinic,
      kept_id: s.stranger,
      merged_id: s.patient,
    }),
    change: ['undone_by', '00000000-0000-4000-8000-000000000000'],
    makeRoom: true,
  },
  {
    table: 'patient_distinctions',
    key: ['first_id', 'second_id'],
    row: (s) => {
      const [first_id, second_id] = [s.patient, s.stranger].sort();
      return { clinica_id: s.clinic, first_id, second_id };
    },
    change: ['decided_at', '2026-01-01T10:00Z'],
    makeRoom: true,
  },
  {
    table: 'patient_health',
    key: ['patient_id'],
    row: (s) => ({ patient_id: s.patient, clinica_id: s.clinic, allergies: ['x'] }),
    change: ['allergies', ['y']],
    makeRoom: true,
  },
  {
    table: 'consultations',
    row: (s) => ({
      id: s.consultation,
      clinica_id: s.clinic,
      patient_id: s.patient,
      doctor_id: s.doctor,
      room_id: s.room,
      type: 'ONLINE',
      status: 'IN_PROGRESS',
    }),
    fresh: (s) => ({
      clinica_id: s.clinic,
      patient_id: s.patient,
      doctor_id: s.doctor,
      type: 'ONLINE',
    }),
    change: ['cancel_reason', 'x'],
  },
  {
    table: 'calendar_events',
    key: ['connection_id', 'consultation_id'],
    row: (s) => ({ connection_id: s.id('calendar'), consultation_id: s.consultation }),
    fresh: (s) => ({ connection_id: s.id('calendar'), consultation_id: s.bare }),
    change: ['state', 'there'],
  },
  {
    table: 'calendar_changes',
    key: ['connection_id', 'consultation_id'],
    row: (s) => ({
      connection_id: s.id('calendar'),
      consultation_id: s.consultation,
      version: 1,
    }),
    fresh: (s) => ({ connection_id: s.id('calendar'), consultation_id: s.bare, version: 1 }),
    change: ['overruled', true],
  },
  {
    table: 'care_relations',
    key: ['doctor_id', 'patient_id'],
    // Made by the booking above; the world does not insert it again.
    row: (s) => ({ doctor_id: s.doctor, patient_id: s.patient, clinica_id: s.clinic }),
    fresh: (s) => ({
      doctor_id: s.doctor,
      patient_id: s.stranger,
      clinica_id: s.clinic,
      reason: 'segunda opinião',
    }),
    change: ['ended_at', '2026-01-01T00:00Z'],
  },
  {
    table: 'data_requests',
    row: (s) => ({
      id: s.id('data_request'),
      clinica_id: s.clinic,
      patient_id: s.patient,
      kind: 'export',
    }),
    change: ['details', 'x'],
  },
  {
    table: 'incidents',
    row: (s) => ({
      id: s.id('incident'),
      clinica_id: s.clinic,
      title: 'Um notebook furtado',
      detected_at: '2026-01-01T10:00Z',
    }),
    change: ['title', 'Dois notebooks furtados'],
  },
  {
    table: 'incident_versions',
    key: ['incident_id', 'revision'],
    row: (s) => ({
      incident_id: s.id('incident'),
      revision: 99,
      clinica_id: s.clinic,
      snapshot: json({}),
    }),
    fresh: (s) => ({
      incident_id: s.id('incident'),
      revision: 100,
      clinica_id: s.clinic,
      snapshot: json({}),
    }),
    change: ['by_name', 'x'],
  },
  {
    table: 'incident_people',
    row: (s) => ({
      id: s.id('incident person'),
      incident_id: s.id('incident'),
      clinica_id: s.clinic,
      patient_id: s.patient,
      found_by: 'hand',
    }),
    change: ['removed_at', '2026-01-02T10:00Z'],
    makeRoom: true,
  },
  {
    table: 'incident_warnings',
    key: ['incident_id', 'kind', 'due_on'],
    row: (s) => ({
      incident_id: s.id('incident'),
      clinica_id: s.clinic,
      kind: 'due_soon',
      due_on: '2026-01-06',
    }),
    change: ['at', '2026-01-02T10:00Z'],
    makeRoom: true,
  },
  {
    table: 'sessions',
    row: (s) => ({
      id: s.id('session'),
      consultation_id: s.consultation,
      room_id: s.room,
      kind: 'ONLINE',
    }),
    fresh: (s) => ({ consultation_id: s.bare, room_id: s.bareRoom, kind: 'PRESENCIAL' }),
    change: ['ended_reason', 'x'],
  },
  {
    table: 'participants',
    row: (s) => ({
      id: s.id('participant'),
      consultation_id: s.consultation,
      // The row of the patient's own room token, so that he finds himself.
      sub: s.name === 'own' ? subs.patient : s.id('sub'),
      role: 'patient',
      name: 'Paciente',
    }),
    fresh: (s) => ({ consultation_id: s.bare, sub: 'x', role: 'guest', name: 'Acompanhante' }),
    change: ['state', 'joined'],
  },
  {
    table: 'participant_connections',
    row: (s) => ({
      id: s.id('connection'),
      participant_id: s.id('participant'),
      node_id: 'n',
    }),
    fresh: (s) => ({ id: 'x', participant_id: s.id('participant'), node_id: 'n' }),
    change: ['node_id', 'm'],
  },
  {
    table: 'audio_streams',
    row: (s) => ({ id: s.id('stream'), consultation_id: s.consultation, sub: s.doctorUser }),
    fresh: (s) => ({ consultation_id: s.bare, sub: s.doctorUser }),
    change: ['acked_seq', 7],
  },
  {
    table: 'voice_pieces',
    key: ['utterance_id'],
    row: (s) => ({
      utterance_id: s.id('voice piece'),
      consultation_id: s.consultation,
      stream_id: s.id('stream'),
      start_ms: 0,
      end_ms: 1000,
      features: [0.5],
      model: 'm',
    }),
    change: ['model', 'n'],
  },
  {
    table: 'invitations',
    row: (s) => ({
      id: s.id('invitation'),
      consultation_id: s.consultation,
      token_hash: token(s, 'token'),
      expires_at: '2999-01-01T00:00Z',
    }),
    fresh: (s) => ({
      consultation_id: s.consultation,
      token_hash: token(s, 'fresh-token'),
      expires_at: '2999-01-01T00:00Z',
    }),
    change: ['revoked_at', '2026-01-01T00:00Z'],
  },
  {
    table: 'consents',
    row: (s) => consent(s, 'patient'),
    // A doctor writes consents down in person only; a patient gives his own.
    fresh: (s, actor) => ({
      ...consent(s, isToken(actor) ? 'patient' : 'doctor'),
      id: undefined,
      consultation_id: isToken(actor) ? s.consultation : s.bare,
      signer_sub: isToken(actor) ? subs[actor] : null,
    }),
    change: ['accepted', false],
  },
  {
    table: 'recordings',
    row: (s) => ({ id: s.id('recording'), room_id: s.room }),
    change: ['status', 'ready'],
  },
  {
    table: 'retranscriptions',
    row: (s) => ({ id: s.id('retranscription'), consultation_id: s.consultation }),
    fresh: (s) => ({ consultation_id: s.bare }),
    change: ['status', 'cancelled'],
  },
  {
    table: 'transcriptions',
    row: (s) => ({
      id: s.id('utterance'),
      room_id: s.room,
      speaker: 'PACIENTE',
      text: 'dói aqui',
      timestamp: '2026-01-01T10:00Z',
      start_ms: 0,
      end_ms: 900,
    }),
    // What was said is never rewritten, only superseded.
    change: ['superseded_by', null],
  },
  {
    table: 'suggestions',
    row: (s) => ({ id: s.id('suggestion'), room_id: s.room, question: 'Desde quando?' }),
    change: ['status', 'used'],
  },
  {
    table: 'suggestion_runs',
    key: ['room_id', 'transcription_id'],
    row: (s) => ({ room_id: s.room, transcription_id: s.id('utterance'), engine: 'x' }),
    change: ['engine', 'y'],
    makeRoom: true,
  },
  {
    table: 'coverage_items',
    key: ['consultation_id', 'key'],
    row: (s) => ({ consultation_id: s.consultation, key: 'inicio' }),
    fresh: (s) => ({ consultation_id: s.consultation, key: 'duracao' }),
    change: ['status', 'covered'],
  },
  {
    table: 'notes',
    row: (s) => ({
      id: s.id('note'),
      consultation_id: s.consultation,
      status: 'assinada',
      signed_at: '2026-01-01T10:00Z',
      signed_by: s.doctor,
      hash,
    }),
    fresh: (s) => ({ consultation_id: s.bare }),
    // The one column that a signed note still takes.
    change: ['pdf_key', 'x'],
  },
  {
    table: 'note_versions',
    key: ['note_id', 'version'],
    row: (s) => ({ note_id: s.id('note'), version: 1, sections: json({}), author: 'doctor' }),
    fresh: (s) => ({ note_id: s.id('note'), version: 2, sections: json({}), author: 'doctor' }),
    change: ['author', 'ai'],
  },
  {
    table: 'note_addenda',
    row: (s) => ({
      id: s.id('addendum'),
      note_id: s.id('note'),
      doctor_id: s.doctor,
      text: 'x',
      hash,
    }),
    change: ['text', 'y'],
  },
  {
    table: 'waiting_messages',
    row: (s) => ({
      id: s.id('waiting_message'),
      consultation_id: s.consultation,
      participant_sub: subs.patient,
      text: 'x',
    }),
    // Whose it is comes from the token, never from the request.
    fresh: (s) => ({ consultation_id: s.consultation, text: 'x' }),
    change: ['text', 'y'],
  },
  {
    table: 'private_notes',
    key: ['consultation_id', 'doctor_id'],
    row: (s) => ({ consultation_id: s.consultation, doctor_id: s.doctor, text: 'x' }),
    fresh: (s) => ({ consultation_id: s.bare, doctor_id: s.doctor, text: 'x' }),
    change: ['text', 'y'],
  },
  {
    table: 'documents',
    row: (s) => ({
      id: s.id('document'),
      consultation_id: s.consultation,
      kind: 'certificate',
      title: 'Atestado',
      status: 'approved',
      approved_at: '2026-01-01T10:00Z',
      approved_by: s.doctor,
    }),
    // The one change that an approved document allows.
    change: ['status', 'revoked'],
  },
  {
    table: 'ai_pricing',
    row: (s) => ({
      id: s.id('cost'),
      consultation_id: s.consultation,
      service: 'whisper',
      cost_brl_micros: 5,
    }),
    change: ['state', 'released'],
  },
  {
    table: 'guideline_documents',
    row: (s) => ({
      id: s.id('guideline'),
      // `other` is the common corpus.
      clinica_id: s.name === 'other' ? null : s.clinic,
      slug: 'x',
      title: 'x',
      source: 'x',
      year: 2020,
      url: 'https://example.com',
    }),
    fresh: (s) => ({
      clinica_id: s.name === 'other' ? null : s.clinic,
      slug: 'y',
      title: 'x',
      source: 'x',
      year: 2020,
      url: 'https://example.com',
    }),
    change: ['title', 'y'],
  },
  {
    table: 'guideline_chunks',
    row: (s) => ({
      id: s.id('chunk'),
      document_id: s.id('guideline'),
      position: 0,
      section: 'x',
      text: 'x',
    }),
    fresh: (s) => ({ document_id: s.id('guideline'), position: 1, section: 'x', text: 'x' }),
    change: ['text', 'y'],
  },
  {
    table: 'notifications',
    row: (s) => ({
      id: s.id('notification'),
      clinica_id: s.clinic,
      consultation_id: s.consultation,
      channel: 'email',
      kind: 'reminder',
    }),
    change: ['read_at', '2026-01-01T00:00Z'],
  },
  {
    table: 'notification_messages',
    key: ['notification_id'],
    row: (s) => ({ notification_id: s.id('notification'), sealed: Buffer.from('x') }),
    change: ['sealed', Buffer.from('y')],
    makeRoom: true,
  },
  {
    table: 'sms_replies',
    key: ['provider_id'],
    row: (s) => ({
      provider_id: s.id('reply'),
      notification_id: s.id('notification'),
      answer: 'other',
    }),
    fresh: (s) => ({ provider_id: `${s.id('reply')}-2`, answer: 'other' }),
    change: ['answer', 'confirmed'],
  },
  {
    table: 'webhook_deliveries',
    scopes: clinicOnly,
    row: (s) => ({
      id: s.id('delivery'),
      clinica_id: s.clinic,
      event: 'consultation.created',
      subject_id: s.consultation,
      payload: json({}),
    }),
    change: ['status', 'dead'],
  },
  {
    table: 'audit_logs',
    row: (s) => ({
      id: s.id('audit'),
      action: 'patient.read',
      clinica_id: s.clinic,
      patient_id: s.patient,
      actor_kind: 'medico',
    }),
    change: ['action', 'patient.write'],
  },
  {
    table: 'audit_chain',
    scopes: clinicOnly,
    key: ['clinica_id', 'position'],
    row: (s) => ({
      clinica_id: s.clinic,
      position: 1,
      audit_id: s.id('audit'),
      prev_hash: hash,
      hash,
    }),
    fresh: (s) => ({
      clinica_id: s.clinic,
      position: 2,
      audit_id: s.id('audit'),
      prev_hash: hash,
      hash,
    }),
    change: ['hash', 'b'.repeat(64)],
  },
  {
    table: 'audit_heads',
    scopes: clinicOnly,
    key: ['clinica_id', 'position'],
    row: (s) => ({ clinica_id: s.clinic, position: 1, hash, signature: 'x', kid: 'x' }),
    fresh: (s) => ({ clinica_id: s.clinic, position: 2, hash, signature: 'x', kid: 'x' }),
    change: ['signature', 'y'],
  },
];

function isToken(actor: ActorName): boolean {
  return actor === 'patient' || actor === 'guest' || actor === 'documents';
}

function consent(scope: Scope, givenBy: 'patient' | 'doctor'): Row {
  return {
    id: scope.id('consent'),
    consultation_id: scope.consultation,
    type: 'care',
    accepted: true,
    text_version: 'v1',
    text_hash: hash,
    given_by: givenBy,
  };
}
