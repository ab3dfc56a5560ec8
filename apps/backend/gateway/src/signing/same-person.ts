/**
 * Whether a certificate's name is a doctor's: the registration holds no CPF to compare. The first names
 * agree, and one name's parts are all among the other's: a certificate has the whole civil name, a
 * registration often less.
 */
export function isSamePerson(registered: string, holder: string): boolean {
  const [one, other] = [partsOf(registered), partsOf(holder)];
  if (one.length < 2 || other.length < 2 || one[0] !== other[0]) return false;
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  return shorter.every((part) => longer.includes(part));
}

function partsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => part !== '' && !/^(dra?|profa?|d[aeo]s?|e)$/.test(part));
}
