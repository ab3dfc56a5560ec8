import type { Permission, RouteName } from './permission.ts';

const doctorOnly = { medico: 'own' } as const;
/** The person's own account. */
const self = { medico: 'own', admin: 'own' } as const;
const adminOnly = { admin: 'clinic' } as const;
/** The doctor for those he cares for, the administration for the clinic. */
const caredFor = { medico: 'own', admin: 'clinic' } as const;
/** Every member for everything of the clinic. */
const members = { medico: 'clinic', admin: 'clinic' } as const;
/** Between our services; not reached through the gateway and not in the document. */
const serviceOnly = { service: 'own' } as const;
const inTheRoom = { medico: 'own', admin: 'clinic', paciente: 'own', convidado: 'own' } as const;

/**
 * Who may call which route, of all three services: the one source. The services refuse what is not
 * here, the OpenAPI document says what is here, `tests/permissions` tries every role and relation.
 * Which rows a caller reaches is held by the policies of the database; this table says what they must
 * come to. How a route is added: apps/backend/gateway/README.md.
 */
export const permissions = {
  // The person
  'GET /api/me': self,
  'GET /api/me/sessions': self,
  'DELETE /api/me/sessions/:id': self,
  'DELETE /api/me/sessions': self,

  // Consultations
  'GET /api/consultations': caredFor,
  'POST /api/consultations': members,
  'GET /api/consultations/:id': inTheRoom,
  'PATCH /api/consultations/:id': caredFor,
  'POST /api/consultations/:id/cancel': caredFor,
  'POST /api/consultations/:id/no-show': caredFor,
  'POST /api/consultations/:id/convert': doctorOnly,
  'POST /api/consultations/:id/move': caredFor,
  'GET /api/consultations/:id/event.ics': { medico: 'own', admin: 'clinic', paciente: 'own' },
  'GET /api/consultations/:id/consents': { medico: 'own', paciente: 'own' },
  'POST /api/consultations/:id/consents': { medico: 'own', paciente: 'own' },

  'GET /api/consultations/:id/waiting-place': { paciente: 'own' },
  'GET /api/consultations/:id/waiting-messages': { medico: 'own', paciente: 'own' },
  'POST /api/consultations/:id/waiting-messages': { paciente: 'own' },

  'GET /api/consent-texts': 'public',
  'GET /api/consultations/:id/follow-up': doctorOnly,

  // The record: no administrator
  'GET /api/consultations/:id/transcript': doctorOnly,
  'GET /api/consultations/:id/coverage': doctorOnly,
  'GET /api/consultations/:id/suggestions': doctorOnly,
  'GET /api/consultations/:id/note': doctorOnly,
  'PUT /api/consultations/:id/note': doctorOnly,
  'POST /api/consultations/:id/note/draft': doctorOnly,
  'POST /api/consultations/:id/note/sign': doctorOnly,
  'POST /api/consultations/:id/note/addenda': doctorOnly,
  'GET /api/consultations/:id/note.pdf': doctorOnly,
  'GET /api/consultations/:id/ai-use': doctorOnly,
  'GET /api/consultations/:id/private-note': doctorOnly,
  'PUT /api/consultations/:id/private-note': doctorOnly,

  // Papers: the patient reads what is approved
  'GET /api/consultations/:id/documents': { medico: 'own', paciente: 'own' },
  'GET /api/consultations/:id/documents/:documentId/pdf': { medico: 'own', paciente: 'own' },
  'POST /api/consultations/:id/documents': doctorOnly,
  'PUT /api/consultations/:id/documents/:documentId': doctorOnly,
  'POST /api/consultations/:id/documents/:documentId/approve': doctorOnly,
  'POST /api/consultations/:id/documents/:documentId/revoke': doctorOnly,
  'GET /api/consultations/:id/letter': doctorOnly,
  'PUT /api/consultations/:id/letter': doctorOnly,
  'POST /api/consultations/:id/letter/approve': doctorOnly,
  'GET /api/verify/:code': 'public',

  // Patients: the card is the clinic's
  'GET /api/patients': members,
  'POST /api/patients': members,
  'POST /api/patients/search': members,
  'POST /api/patients/import': members,
  'GET /api/patients/duplicates': members,
  'POST /api/patients/duplicates/dismiss': members,
  'POST /api/patients/duplicates/reopen': members,
  'POST /api/patients/:id/merge': members,
  'POST /api/patients/:id/part': members,
  'GET /api/patients/:id': members,
  'PATCH /api/patients/:id': members,
  'POST /api/patients/:id/care-relations': { medico: 'clinic' },
  'PUT /api/patients/:id/guardians/:guardianId': members,
  'DELETE /api/patients/:id/guardians/:guardianId': members,
  'GET /api/patients/:id/access-log': caredFor,
  'GET /api/patients/:id/export': doctorOnly,

  // Requests of data subjects: written down by whoever is asked, handled by the administration
  'GET /api/data-requests': caredFor,
  'POST /api/data-requests': caredFor,
  'PATCH /api/data-requests/:id': adminOnly,
  'POST /api/data-requests/:id/erase': adminOnly,

  // Incidents (LGPD art. 48): the administration's
  'GET /api/incidents': adminOnly,
  'POST /api/incidents': adminOnly,
  'GET /api/incidents/:id': adminOnly,
  'PATCH /api/incidents/:id': adminOnly,
  'POST /api/incidents/:id/steps': adminOnly,
  'GET /api/incidents/:id/history': adminOnly,
  'GET /api/incidents/:id/candidates': adminOnly,
  'GET /api/incidents/:id/people': adminOnly,
  'POST /api/incidents/:id/people': adminOnly,
  'DELETE /api/incidents/:id/people/:patientId': adminOnly,
  'GET /api/incidents/:id/notice': adminOnly,
  'GET /api/incidents/:id/export': adminOnly,

  // Agenda: everybody reads the hours of the clinic's doctors, a doctor writes his own
  'GET /api/availability': members,
  'PUT /api/availability': caredFor,
  'POST /api/availability/exceptions': caredFor,
  'DELETE /api/availability/exceptions/:id': caredFor,
  'GET /api/availability/slots': members,

  // The doctor's own calendar; a feed's address is its key
  'GET /api/calendar': doctorOnly,
  'POST /api/calendar/feed': doctorOnly,
  'DELETE /api/calendar/feed': doctorOnly,
  'GET /api/calendar/feed.ics': 'public',
  'POST /api/calendar/google/connect': doctorOnly,
  'POST /api/calendar/google/callback': doctorOnly,
  'DELETE /api/calendar/google': doctorOnly,
  'GET /api/calendar/google/conflicts': doctorOnly,
  'POST /api/calendar/google/conflicts/:id/keep': doctorOnly,

  // The doctor's own certificate, for signing papers
  'GET /api/signing-certificate': doctorOnly,
  'PUT /api/signing-certificate': doctorOnly,
  'DELETE /api/signing-certificate': doctorOnly,

  // Google's browser comes back without a token; the state is the key, once
  'GET /api/calendar/google/callback': 'public',

  // Booking by the patient: the clinic's link, then the code or the link of the mail
  'GET /api/booking/:slug': 'public',
  'GET /api/booking/:slug/slots': 'public',
  'POST /api/booking/:slug': 'public',
  'POST /api/booking/:slug/confirm': 'public',
  'POST /api/booking/:slug/reservation': 'public',
  'POST /api/booking/:slug/reservation/cancel': 'public',
  'POST /api/booking/:slug/reservation/event.ics': 'public',

  // Invitations
  'POST /api/invitations': caredFor,
  'DELETE /api/invitations/:id': caredFor,
  'POST /api/invitations/exchange': 'public',

  // The clinic
  'GET /api/clinic': members,
  'PATCH /api/clinic': adminOnly,
  'GET /api/clinic/doctors': members,
  'POST /api/clinic/doctors': adminOnly,
  'PATCH /api/clinic/doctors/:id': adminOnly,
  'POST /api/clinic/doctors/:id/deactivate': adminOnly,

  'GET /api/clinic/second-factor': adminOnly,
  'PUT /api/clinic/second-factor': adminOnly,
  'POST /api/clinic/second-factor/:memberId/reset': adminOnly,

  'GET /api/clinic/webhook': adminOnly,
  'PUT /api/clinic/webhook': adminOnly,
  'POST /api/clinic/webhook/secret': adminOnly,
  'POST /api/clinic/webhook/test': adminOnly,
  'GET /api/clinic/webhook/deliveries': adminOnly,
  'POST /api/clinic/webhook/deliveries/:id/resend': adminOnly,

  // Messages: a doctor sees those of his consultations and his own notices, Twilio signs
  'GET /api/notifications': caredFor,
  'POST /api/notifications/:id/read': caredFor,
  'POST /api/notifications/:id/resolve': caredFor,
  // Google, with the secret of the channel that we opened
  'POST /api/calendar/google/push': 'signed',
  'POST /api/twilio/sms': 'signed',
  'POST /api/twilio/status': 'signed',

  // Audit: the doctor sees who opened the charts of his patients
  'GET /api/audit': caredFor,
  'GET /api/audit/verify': adminOnly,

  // Realtime service
  'POST /api/transcription/upload': doctorOnly,
  'GET /api/transcription/jobs/:id': doctorOnly,
  'DELETE /api/transcription/jobs/:id': doctorOnly,
  'PATCH /api/transcription/utterances/:id': doctorOnly,
  'GET /api/clinic/doctors/:id/voice': doctorOnly,
  'PUT /api/clinic/doctors/:id/voice': doctorOnly,
  'DELETE /api/clinic/doctors/:id/voice': doctorOnly,
  'GET /api/sessions': doctorOnly,
  'GET /api/sessions/:id': doctorOnly,
  'GET /api/rooms/:roomId': inTheRoom,
  'GET /api/rooms/:roomId/retranscription': doctorOnly,
  'POST /api/rooms/:roomId/retranscription': doctorOnly,
  'DELETE /api/rooms/:roomId/retranscription': doctorOnly,
  'GET /api/rooms/:roomId/retranscription/changes': doctorOnly,
  'GET /api/recordings': doctorOnly,
  'POST /api/recordings': doctorOnly,
  'POST /api/recordings/:id/url': doctorOnly,
  'GET /api/recordings/:id/peaks': doctorOnly,
  'GET /api/recordings/:id/audio': 'signed',
  'GET /api/pcm-transcription/stats': members,
  'GET /api/openai/connections': members,

  // AI service
  'POST /api/suggestions': { medico: 'own', service: 'own' },
  'PATCH /api/suggestions/:id': doctorOnly,
  'GET /api/ai-pricing': caredFor,
  'POST /api/ai-pricing': { admin: 'clinic', service: 'own' },
  'GET /api/ai-pricing/stats': caredFor,
  'GET /api/guidelines': members,
  'POST /api/guidelines': adminOnly,
  'PATCH /api/guidelines/:id': adminOnly,
  'POST /api/notes/draft': serviceOnly,
  'POST /api/notes/letter': serviceOnly,
} as const satisfies Record<RouteName, Permission>;

const byName = new Map<string, Permission>(Object.entries(permissions));

/**
 * The line of the table for a route.
 * @throws Error for a route that has none: it must not be served
 */
export function permissionOf(name: string): Permission {
  const permission = byName.get(name);
  if (permission === undefined) {
    throw new Error(`${name} has no line in packages/shared-types/src/permission-table.ts`);
  }
  return permission;
}
