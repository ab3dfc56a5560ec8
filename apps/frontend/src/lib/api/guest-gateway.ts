import { consentCalls } from './calls/consent-calls.ts';
import { waitingCalls } from './calls/waiting-calls.ts';
import type { Http } from './http.ts';

/** What an invited person asks the gateway for; the whole of it is in gateway.ts. */
export function createGuestGateway(http: Http) {
  return { ...consentCalls(http), ...waitingCalls(http) };
}
export type GuestGateway = ReturnType<typeof createGuestGateway>;
