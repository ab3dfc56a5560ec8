/** Whole micro-reais of an amount in BRL, given as a number or as a decimal string with up to 6 decimals. */
export function toMicros(amount: number | string): number {
  if (typeof amount === 'number') return Math.round(amount * 1_000_000);
  const [whole = '0', fraction = ''] = amount.split('.');
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}

/** Decimal string of an amount in micro-reais, without trailing zeros beyond cents. */
export function fromMicros(micros: number | bigint): string {
  const digits = String(micros).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -6)}.${fraction}`;
}
