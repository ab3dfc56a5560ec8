import type { Sample } from './sample.ts';
import { medicoIdOf, type Scene } from './scene.ts';

function ofClinic(body?: unknown, query?: Record<string, string>): Sample {
  return {
    about: 'role',
    async ask(scene: Scene) {
      return {
        path: { slug: 'clinica-que-nao-ha' },
        ...(body ? { body } : {}),
        ...(query ? { query: { ...query, doctor_id: medicoIdOf(scene.doctor) } } : {}),
      };
    },
  };
}

const token = { token: 'x'.repeat(43) };

/** Booking by the clinic's link asks for nobody's token. */
export const bookingSamples = {
  'GET /api/booking/:slug': ofClinic(),
  'GET /api/booking/:slug/slots': ofClinic(undefined, { from: '2030-01-01' }),
  'POST /api/booking/:slug': ofClinic({}),
  'POST /api/booking/:slug/confirm': ofClinic({}),
  'POST /api/booking/:slug/reservation': ofClinic(token),
  'POST /api/booking/:slug/reservation/cancel': ofClinic(token),
  'POST /api/booking/:slug/reservation/event.ics': ofClinic(token),
} as const satisfies Record<string, Sample>;
