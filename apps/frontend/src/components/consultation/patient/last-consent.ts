import type { Consent, ConsentType } from '@medcall/shared-types';

/** Consents are only ever added: the newest one of a kind holds. */
export function lastConsent(consents: readonly Consent[], type: ConsentType): Consent | undefined {
  return consents
    .filter((consent) => consent.type === type)
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0];
}
