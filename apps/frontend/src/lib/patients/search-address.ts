/**
 * What of a search may stand in the address: a name. Whatever holds a number may be a CPF or a telephone,
 * and an address ends up in histories and logs.
 */
export function searchInAddress(search: string): string {
  return /\d/.test(search) ? '' : search;
}
