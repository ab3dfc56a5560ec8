/** Eleven digits, check digits verified: as CPFs are stored. */
export type Cpf = string & { readonly __cpf: unique symbol };

/**
 * Reads a CPF as people write it (with or without points and hyphen).
 *
 * @returns its eleven digits, or null when it is none. Source of the rule: Receita Federal, check
 * digits modulo 11; eleven equal digits pass the arithmetic and are nobody's.
 */
export function parseCpf(written: string): Cpf | null {
  const trimmed = written.trim();
  if (!/^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/.test(trimmed)) return null;
  const digits = trimmed.replace(/\D/g, '');
  if (/^(\d)\1{10}$/.test(digits)) return null;
  return digits === withCheckDigits(digits.slice(0, 9)) ? (digits as Cpf) : null;
}

export function isCpf(written: string): boolean {
  return parseCpf(written) !== null;
}

/** `12345678909` → `123.456.789-09`. What is no CPF is given back unchanged. */
export function formatCpf(written: string): string {
  const cpf = parseCpf(written);
  return cpf === null ? written : cpf.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
}

/** For screens where the person is known already: `***.456.789-**`. */
export function maskCpf(written: string): string {
  const cpf = parseCpf(written);
  return cpf === null ? '***' : `***.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-**`;
}

/** A valid CPF for tests and demonstration data, the same one for the same number (0 to 999 999 998). */
export function testCpf(number: number): Cpf {
  if (!Number.isInteger(number) || number < 0 || number > 999_999_998) {
    throw new RangeError('a CPF has nine free digits');
  }
  const base = String(number).padStart(9, '0');
  // Nine equal digits make eleven equal ones: the next number is taken instead.
  return /^(\d)\1{8}$/.test(base) ? testCpf(number + 1) : (withCheckDigits(base) as Cpf);
}

function withCheckDigits(base: string): string {
  const first = base + checkDigit(base);
  return first + checkDigit(first);
}

function checkDigit(digits: string): string {
  let total = 0;
  for (const [index, digit] of [...digits].entries()) {
    total += Number(digit) * (digits.length + 1 - index);
  }
  return String(((total * 10) % 11) % 10);
}
