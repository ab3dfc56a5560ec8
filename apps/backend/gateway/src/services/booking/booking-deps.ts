import type { Clock, Database } from '@medcall/service-kit';
import { z } from 'zod';
import type { KeyedHash } from '../../keys/derive-key.ts';
import type { Seal } from '../../keys/seal.ts';

export interface BookingDeps {
  db: Database;
  clock: Clock;
  seal: Seal;
  /** For codes, links and the hashes that limits count. */
  keyed: KeyedHash;
  frontendUrl: string;
}

/** Who books, as it lies sealed in the request. */
export const bookingPerson = z.object({
  name: z.string(),
  cpf: z.string(),
  birth_date: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
});
export type BookingPerson = z.infer<typeof bookingPerson>;

export function personContext(requestId: string): string {
  return `booking-request:${requestId}`;
}

/** Six digits, made from the request's id with a key that the database does not hold. */
export function codeOf(keyed: KeyedHash, requestId: string): string {
  // 48 bits over a million codes: no code is likelier than another by a noticeable amount.
  const number = keyed(`booking-code:${requestId}`).readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, '0');
}

/** The secret of the link that shows and cancels a booking. */
export function reservationTokenOf(keyed: KeyedHash, requestId: string): string {
  return keyed(`reservation:${requestId}`).toString('base64url');
}

/** In the fragment: it reaches no server's log and no Referer. */
export function manageUrl(frontendUrl: string, slug: string, token: string): string {
  const url = new URL(`/agendar/${slug}`, frontendUrl);
  url.hash = new URLSearchParams({ reserva: token }).toString();
  return url.href;
}

/** Who asks, without an account. */
export interface Visitor {
  ip: string;
  requestId: string;
}
