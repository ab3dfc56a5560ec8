import {
  bookingPage,
  confirmedBooking,
  freeSlots,
  type RequestBooking,
  requestedBooking,
  reservation,
} from '@medcall/shared-types';
import type { Http } from '../http.ts';

/** The public booking of one clinic; nobody is signed in. */
export function bookingCalls(http: Http, slug: string) {
  const path = `/api/booking/${encodeURIComponent(slug)}`;
  return {
    page: () => http({ path, answer: bookingPage }),
    slots: (doctorId: string, from: string, days: number) =>
      http({
        path: `${path}/slots`,
        query: { doctor_id: doctorId, from, days },
        answer: freeSlots,
      }),
    ask: (body: RequestBooking) => http({ method: 'POST', path, body, answer: requestedBooking }),
    confirm: (requestId: string, code: string) =>
      http({
        method: 'POST',
        path: `${path}/confirm`,
        body: { request_id: requestId, code },
        answer: confirmedBooking,
      }),
    reservation: (token: string) =>
      http({ method: 'POST', path: `${path}/reservation`, body: { token }, answer: reservation }),
    cancelReservation: (token: string, reason: string | undefined) =>
      http({
        method: 'POST',
        path: `${path}/reservation/cancel`,
        body: { token, ...(reason ? { reason } : {}) },
        answer: reservation,
      }),
    /** Path of the calendar file; it takes the token in the body. */
    calendarPath: `${path}/reservation/event.ics`,
  };
}
export type BookingCalls = ReturnType<typeof bookingCalls>;
