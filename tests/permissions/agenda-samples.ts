import { randomInt } from 'node:crypto';
import type { Sample } from './sample.ts';
import { medicoIdOf, type Scene } from './scene.ts';

/** A booking at a time of its own, far ahead; every call another time. */
async function aBooking(scene: Scene) {
  const consultation = await scene.consultation();
  const at = aTime();
  await scene.arrange((trx) =>
    trx
      .updateTable('consultations')
      .set({ scheduled_at: at, duration_minutes: 5 })
      .where('id', '=', consultation.id)
      .execute(),
  );
  return consultation;
}

function aTime(): string {
  return new Date(Date.UTC(2030, 0, 1) + randomInt(1_000_000_000) * 1_000).toISOString();
}

const hours = [{ weekday: 1, start: '08:00', end: '12:00', slot_minutes: 30 }];

export const agendaSamples = {
  'POST /api/consultations/:id/move': {
    async ask(scene) {
      const { id } = await aBooking(scene);
      return { path: { id }, body: { scheduled_at: aTime(), version: 2 } };
    },
  },
  'GET /api/consultations/:id/event.ics': {
    async ask(scene) {
      const consultation = await aBooking(scene);
      return { path: { id: consultation.id }, consultation };
    },
  },
  'POST /api/calendar/google/connect': { about: 'role', ask: async () => ({}), answers: [503] },
  'POST /api/calendar/google/callback': {
    about: 'role',
    ask: async () => ({ body: { state: 'of-nobody', error: 'access_denied' } }),
  },
  'DELETE /api/calendar/google': { about: 'role', ask: async () => ({}) },
  'GET /api/calendar/google/conflicts': { about: 'role', ask: async () => ({}) },
  'POST /api/calendar/google/conflicts/:id/keep': {
    about: 'role',
    // In nobody's calendar.
    async ask(scene) {
      return { path: { id: (await scene.consultation()).id } };
    },
    answers: [404],
  },
  'POST /api/calendar/google/push': { about: 'role', ask: async () => ({}) },
  'GET /api/calendar/google/callback': {
    ask: async () => ({ query: { state: 'of-nobody', error: 'access_denied' } }),
  },
  'GET /api/signing-certificate': { about: 'role', ask: async () => ({}) },
  // Nothing that is a certificate.
  'PUT /api/signing-certificate': {
    about: 'role',
    ask: async () => ({ body: { file: Buffer.alloc(64).toString('base64'), password: 'x' } }),
    answers: [409],
  },
  'DELETE /api/signing-certificate': { about: 'role', ask: async () => ({}) },
  'GET /api/availability': {
    ask: async ({ doctor }) => ({ query: { doctor_id: medicoIdOf(doctor) } }),
  },
  'PUT /api/availability': {
    async ask({ arrange, doctor }) {
      const doctorId = medicoIdOf(doctor);
      const { agenda_version: version } = await arrange((trx) =>
        trx
          .selectFrom('medicos')
          .select('agenda_version')
          .where('id', '=', doctorId)
          .executeTakeFirstOrThrow(),
      );
      return { body: { doctor_id: doctorId, version, hours } };
    },
    // Asked again with the version of a while ago.
    answers: [200, 409],
  },
  'POST /api/availability/exceptions': {
    ask: async ({ doctor }) => ({
      body: {
        doctor_id: medicoIdOf(doctor),
        kind: 'blocked',
        start: '2030-12-24T12:00',
        end: '2030-12-26T00:00',
      },
    }),
  },
  'DELETE /api/availability/exceptions/:id': {
    async ask(scene) {
      const row = await scene.arrange((trx) =>
        trx
          .insertInto('availability_exceptions')
          .values({
            clinica_id: scene.clinic.id,
            doctor_id: medicoIdOf(scene.doctor),
            kind: 'blocked',
            starts_at: '2030-01-01T10:00Z',
            ends_at: '2030-01-01T11:00Z',
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      return { path: { id: row.id } };
    },
  },
  'GET /api/availability/slots': {
    ask: async ({ doctor }) => ({
      query: { doctor_id: medicoIdOf(doctor), from: '2030-01-01', days: '2' },
    }),
  },
  'GET /api/calendar': { about: 'role', ask: async () => ({}) },
  'POST /api/calendar/feed': { about: 'role', ask: async () => ({}) },
  'DELETE /api/calendar/feed': { about: 'role', ask: async () => ({}) },
  'GET /api/calendar/feed.ics': {
    about: 'role',
    ask: async () => ({ query: { token: 'x'.repeat(43) } }),
  },
} as const satisfies Record<string, Sample>;
