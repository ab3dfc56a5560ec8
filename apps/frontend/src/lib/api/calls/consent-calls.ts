import { consent, type GiveConsent } from '@medcall/shared-types';
import { listOf } from '@medcall/shared-types/lean-primitives';
import type { Http } from '../http.ts';

const consents = listOf(consent);

/** What a person has agreed to. The patient's page loads these calls: no more than it needs. */
export function consentCalls(http: Http) {
  const path = (consultationId: string) =>
    `/api/consultations/${encodeURIComponent(consultationId)}/consents`;
  return {
    consents: (consultationId: string) => http({ path: path(consultationId), answer: consents }),
    giveConsent: (consultationId: string, body: GiveConsent) =>
      http({ method: 'POST', path: path(consultationId), body, answer: consent }),
  };
}
export type ConsentCalls = ReturnType<typeof consentCalls>;
