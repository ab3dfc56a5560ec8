/** From here on the ceiling is near: the same share at which a consultation's cost says so. */
const nearShare = 0.8;

/** How much of a ceiling is used, 0 to 1, and what that means. */
export function capState(
  spentBrl: number,
  capBrl: number,
): { share: number; state: 'ok' | 'near' | 'reached' } {
  if (spentBrl >= capBrl) return { share: 1, state: 'reached' };
  const share = spentBrl / capBrl;
  return { share, state: share >= nearShare ? 'near' : 'ok' };
}

/** What a person typed as a decimal string of reais; null for no ceiling, undefined for what is no amount. */
export function readCap(typed: string): string | null | undefined {
  const plain = typed.trim().replace(/^R\$\s*/i, '');
  if (plain === '') return null;
  // 1.234,50 as Brazilians write it; 1234.50 as keyboards do.
  const text = plain.includes(',') ? plain.replaceAll('.', '').replace(',', '.') : plain;
  return /^\d{1,8}(\.\d{1,2})?$/.test(text) ? text : undefined;
}
