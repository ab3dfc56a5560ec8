import { exchangedInvitation } from '@medcall/shared-types';
import type { Http } from '../http.ts';

/** What an invitation is good for. */
export function invitationCalls(http: Http) {
  return {
    exchangeInvitation: (token: string, birthDate?: string) =>
      http({
        method: 'POST',
        path: '/api/invitations/exchange',
        body: { token, ...(birthDate ? { birthDate } : {}) },
        answer: exchangedInvitation,
      }),
  };
}
