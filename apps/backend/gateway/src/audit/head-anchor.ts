import type { ObjectStore } from '@medcall/service-kit';
import { z } from 'zod';
import type { SignedHead } from './head-signer.ts';

/**
 * A copy of each clinic's latest head outside of the database: without it, who cuts the chain's end off
 * together with its heads leaves a shorter chain that is right in itself.
 */
export interface HeadAnchor {
  read(clinicaId: string): Promise<SignedHead | null>;
  write(head: SignedHead): Promise<void>;
}

const storedHead = z.object({
  clinica_id: z.uuid(),
  position: z.number().int().min(1),
  hash: z.string(),
  kid: z.string(),
  signature: z.string(),
});

export function createHeadAnchor(store: ObjectStore): HeadAnchor {
  const keyOf = (clinicaId: string) => `audit/heads/${clinicaId}.json`;
  return {
    async read(clinicaId) {
      const found = await store.get(keyOf(clinicaId));
      return found && storedHead.parse(JSON.parse(found.toString('utf8')));
    },
    write: (head) =>
      store.put(keyOf(head.clinica_id), Buffer.from(JSON.stringify(head)), 'application/json'),
  };
}
