import type { ActorName, ScopeName } from './scopes.ts';

/** Letters of the verbs that succeed: select, insert, update, delete. */
export type Verbs = string;

/**
 * What each actor may do, by table and scope. Everything that is not written here is refused, and
 * the test asks for all of it: every actor, table, scope and verb.
 */
export const allowed: Readonly<
  Record<string, Partial<Record<ActorName, Partial<Record<ScopeName, Verbs>>>>>
> = {
  clinicas: {
    doctor: { own: 's' },
    admin: { own: 'su' },
    patient: { own: 's' },
    guest: { own: 's' },
    documents: { own: 's' },
  },
  clinic_secrets: {},
  medicos: {
    doctor: { own: 'su', other: 's' },
    admin: { own: 'siu', other: 'siu' },
    patient: { own: 's' },
    guest: { own: 's' },
    documents: { own: 's' },
  },
  members: { doctor: { own: 's', other: 's' }, admin: { own: 'siu', other: 'siu' } },
  availability: { doctor: { own: 'siud', other: 's' }, admin: { own: 'siud', other: 'siud' } },
  availability_exceptions: {
    doctor: { own: 'siud', other: 's' },
    admin: { own: 'siud', other: 'siud' },
  },
  calendar_connections: { doctor: { own: 's' } },
  // Spans without titles; the function free_slots reads them.
  calendar_busy: {},
  // What stands in a calendar outside, and a visit to Google's page: the system's alone.
  calendar_events: {},
  calendar_channels: {},
  // The function calendar_conflicts reads them for the doctor himself.
  calendar_changes: {},
  calendar_visits: {},
  // Who booked by the clinic's link, before it is a patient: the system's alone.
  booking_requests: {},
  // Only the code that makes the account ties it to a clinic.
  doctor_invitations: {},
  signing_certificates: { doctor: { own: 's' } },
  voice_profiles: { doctor: { own: 'siud' } },

  // The demographic card is the clinic's; health and record need a care relation.
  patients: {
    doctor: { own: 'siu', other: 'siu' },
    admin: { own: 'siu', other: 'siu' },
    patient: { own: 's' },
  },
  patient_health: { doctor: { own: 'siu' } },
  patient_guardians: {
    doctor: { own: 'siu', other: 'siu' },
    admin: { own: 'siu', other: 'siu' },
  },
  patient_merges: { doctor: { own: 's', other: 's' }, admin: { own: 's', other: 's' } },
  patient_distinctions: {
    doctor: { own: 'siu', other: 'siu' },
    admin: { own: 'siu', other: 'siu' },
  },
  care_relations: { doctor: { own: 'siu' }, admin: { own: 's', other: 's' } },
  data_requests: { doctor: { own: 'si' }, admin: { own: 'siu', other: 'siu' } },

  // The administration's; what was known when is written by the database alone.
  incidents: { admin: { own: 'siu', other: 'siu' } },
  incident_versions: { admin: { own: 's', other: 's' } },
  incident_people: { admin: { own: 'siu', other: 'siu' } },
  incident_warnings: {},

  consultations: {
    doctor: { own: 'siu' },
    admin: { own: 'siu', other: 'siu' },
    patient: { own: 's' },
    guest: { own: 's' },
  },
  sessions: { doctor: { own: 's' } },
  participants: { doctor: { own: 'su' }, patient: { own: 's' } },
  participant_connections: {},
  audio_streams: { doctor: { own: 's' } },
  voice_pieces: {},
  invitations: { doctor: { own: 'siu' }, admin: { own: 'siu', other: 'siu' } },
  consents: { doctor: { own: 'si' }, patient: { own: 'si' } },
  recordings: { doctor: { own: 's' } },
  retranscriptions: { doctor: { own: 'siu' } },
  waiting_messages: { doctor: { own: 's' }, patient: { own: 'si' } },

  // No line for an administrator below, but for cost.
  transcriptions: { doctor: { own: 'siu' } },
  suggestions: { doctor: { own: 'su' } },
  suggestion_runs: { doctor: { own: 's' } },
  coverage_items: { doctor: { own: 's' } },
  notes: { doctor: { own: 'siu' } },
  note_versions: { doctor: { own: 'si' } },
  private_notes: { doctor: { own: 'siud' } },
  note_addenda: { doctor: { own: 'si' } },
  documents: { doctor: { own: 'siu' }, patient: { own: 's' }, documents: { own: 's' } },
  ai_pricing: { doctor: { own: 's' }, admin: { own: 'si', other: 'si' } },

  // `other` is the common corpus.
  guideline_documents: { doctor: { own: 's', other: 's' }, admin: { own: 'siud', other: 's' } },
  guideline_chunks: { doctor: { own: 's', other: 's' }, admin: { own: 'siud', other: 's' } },

  notifications: { doctor: { own: 'si' }, admin: { own: 'si', other: 'si' } },
  // Addresses, links and what patients answered: the system's alone.
  notification_messages: {},
  sms_replies: {},
  webhook_deliveries: { admin: { own: 'si' } },
  audit_logs: { doctor: { own: 's' }, admin: { own: 's', other: 's' } },
  audit_chain: { admin: { own: 's' } },
  audit_heads: { admin: { own: 's' } },
};
