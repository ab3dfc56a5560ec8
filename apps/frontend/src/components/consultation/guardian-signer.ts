export interface GuardianSigner {
  name: string;
  relation: string;
}

export const nobodyYet: GuardianSigner = { name: '', relation: '' };

/** What was typed as a signer that the service takes; null while name or relation is missing. */
export function guardianNamed({ name, relation }: GuardianSigner): GuardianSigner | null {
  const signer = { name: name.trim(), relation: relation.trim() };
  return signer.name.length < 2 || signer.relation.length < 2 ? null : signer;
}

/**
 * Whose name goes with an answer on the patient's link: with what is accepted, a guardian's once the service
 * has asked for one; a withdrawal needs none, and says nothing of who made it.
 * @returns 'missing' where a guardian is asked for and not named yet
 */
export function signerFor(
  accepted: boolean,
  guardian: GuardianSigner | null,
): { signer?: GuardianSigner } | 'missing' {
  if (!accepted || guardian === null) return {};
  const signer = guardianNamed(guardian);
  return signer === null ? 'missing' : { signer };
}
