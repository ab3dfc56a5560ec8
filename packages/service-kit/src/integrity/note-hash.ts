import { hashJson } from './json-hash.ts';

/** What a signature covers. A change of any of it is another note. */
export interface SignedNote {
  readonly consultation_id: string;
  readonly version: number;
  readonly sections: unknown;
  readonly cid10: unknown;
  readonly ciap2: unknown;
  /** ISO 8601 in UTC. */
  readonly signed_at: string;
  /** `medicos.id` of who signed. */
  readonly signed_by: string;
}

/** The hash that is stored with a signed note and printed on its PDF. */
export function noteHash(note: SignedNote): string {
  const { consultation_id, version, sections, cid10, ciap2, signed_at, signed_by } = note;
  return hashJson({ consultation_id, version, sections, cid10, ciap2, signed_at, signed_by });
}
