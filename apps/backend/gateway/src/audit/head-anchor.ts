import type { ObjectStore } from '@medcall/service-kit';
import { z } from 'zod';
import type { SignedHead } from './head-signer.ts';

/**
 * A copy of each clinic's latest head outside of the database: without it, who cuts the chain's end off
 * together with its heads leaves a shorter chain that is right in itself.
 */
export interface HeadAnchor {
  /** The furthest head that was ever written and not yet followed by a further one. */
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

/** Digits of 2^53: keys in order of positions. */
const digits = 16;

/**
 * Each position has an object of its own and the furthest counts, so that a process which writes late
 * cannot put an earlier head in the place of a later one.
 */
export function createHeadAnchor(store: ObjectStore): HeadAnchor {
  const folderOf = (clinicaId: string) => `audit/heads/${clinicaId}/`;
  const keyOf = ({ clinica_id, position }: SignedHead) =>
    `${folderOf(clinica_id)}${String(position).padStart(digits, '0')}.json`;
  const at = async (key: string) => {
    const found = await store.get(key);
    return found && storedHead.parse(JSON.parse(found.toString('utf8')));
  };
  return {
    async read(clinicaId) {
      const keys = await store.list(folderOf(clinicaId));
      const furthest = keys.at(-1)?.key;
      const found = furthest === undefined ? null : await at(furthest);
      // Removed by a further one between the two calls: that one is there now.
      if (furthest !== undefined && found === null) return this.read(clinicaId);
      // Where heads stood before each had its own object.
      return found ?? at(`audit/heads/${clinicaId}.json`);
    },
    async write(head) {
      const key = keyOf(head);
      await store.put(key, Buffer.from(JSON.stringify(head)), 'application/json');
      for (const other of await store.list(folderOf(head.clinica_id))) {
        if (other.key < key) await store.remove(other.key);
      }
    },
  };
}
