/** Picks every page of a list that `usePaged` keeps, whatever its filters, for reading it again. */
export function isListOf(name: string): (key: unknown) => boolean {
  return (key) => typeof key === 'string' && key.startsWith(`$inf$@"${name}"`);
}
