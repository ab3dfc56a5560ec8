import type { Limiter } from '@medcall/service-kit';
import {
  bookingPage,
  bookingSlotsQuery,
  cancelReservation,
  clinicSlug,
  confirmBooking,
  confirmedBooking,
  freeSlots,
  requestBooking,
  requestedBooking,
  reservation,
  reservationToken,
} from '@medcall/shared-types';
import { z } from 'zod';
import { publicRoute, type Route } from '../api/route.ts';
import type { Reservations } from '../services/booking/reservations.ts';
import type { SelfBooking } from '../services/booking/self-booking.ts';
import { icsAnswer } from './calendar.ts';

const tag = 'Agendamento pelo paciente';
const params = z.object({ slug: clinicSlug });

export function bookingRoutes(
  booking: SelfBooking,
  reservations: Reservations,
  limiter: Limiter,
): Route[] {
  return [
    ...pageRoutes(booking),
    ...[...bookRoutes(booking), ...reservationRoutes(reservations)].map((one) => ({
      ...one,
      limiter,
    })),
  ];
}

function pageRoutes(booking: SelfBooking): Route[] {
  return [
    publicRoute({
      method: 'get',
      path: '/api/booking/:slug',
      tag,
      summary: 'A clínica e os médicos que aceitam agendamento pelo link',
      params,
      success: { status: 200, description: 'A página', json: bookingPage },
      handle: async (context) => ({ status: 200, json: await booking.page(context.params.slug) }),
    }),
    publicRoute({
      method: 'get',
      path: '/api/booking/:slug/slots',
      tag,
      summary: 'Horários que o paciente pode escolher',
      params,
      query: bookingSlotsQuery,
      success: { status: 200, description: 'Os horários livres', json: freeSlots },
      handle: async (context) => ({
        status: 200,
        json: await booking.slots(context.params.slug, context.query),
      }),
    }),
  ];
}

function bookRoutes(booking: SelfBooking): Route[] {
  return [
    publicRoute({
      method: 'post',
      path: '/api/booking/:slug',
      tag,
      summary:
        'Pede um horário: um código vai por e-mail; a resposta não diz quem a clínica conhece',
      params,
      body: requestBooking,
      success: { status: 202, description: 'O pedido', json: requestedBooking },
      handle: async ({ body, params: { slug } }) => ({
        status: 202,
        json: await booking.request(slug, body),
      }),
    }),
    publicRoute({
      method: 'post',
      path: '/api/booking/:slug/confirm',
      tag,
      summary: 'Confirma com o código e marca a consulta',
      params,
      body: confirmBooking,
      success: { status: 201, description: 'A consulta marcada', json: confirmedBooking },
      handle: async ({ body, origin, params: { slug } }) => ({
        status: 201,
        json: await booking.confirm(slug, body, origin),
      }),
    }),
  ];
}

function reservationRoutes(reservations: Reservations): Route[] {
  return [
    publicRoute({
      method: 'post',
      path: '/api/booking/:slug/reservation',
      tag,
      summary: 'A consulta de quem tem o link do e-mail',
      params,
      body: reservationToken,
      success: { status: 200, description: 'A consulta', json: reservation },
      handle: async ({ body, params: { slug } }) => ({
        status: 200,
        json: await reservations.get(slug, body.token),
      }),
    }),
    publicRoute({
      method: 'post',
      path: '/api/booking/:slug/reservation/cancel',
      tag,
      summary: 'Cancela pelo link do e-mail, até o limite da clínica',
      params,
      body: cancelReservation,
      success: { status: 200, description: 'A consulta cancelada', json: reservation },
      handle: async ({ body, origin, params: { slug } }) => ({
        status: 200,
        json: await reservations.cancel(slug, body, origin),
      }),
    }),
    publicRoute({
      method: 'post',
      path: '/api/booking/:slug/reservation/event.ics',
      tag,
      summary: 'A consulta para qualquer calendário',
      params,
      body: reservationToken,
      success: { status: 200, description: 'iCalendar', text: ['text/calendar'] },
      handle: async ({ body, params: { slug } }) =>
        icsAnswer(await reservations.ics(slug, body.token), 'consulta'),
    }),
  ];
}
