/** Twelve letters or digits and two check digits, upper case: as CNPJs are stored. */
export type Cnpj = string & { readonly __cnpj: unique symbol };

/**
 * Reads a CNPJ as people write it, in the numeric form or in the alphanumeric one that is given out
 * since July 2026.
 *
 * @returns its fourteen characters, or null. Source of the rule: Instrução Normativa RFB
 * 2.229/2024: a character counts its ASCII code minus 48, check digits modulo 11 with weights 2 to 9.
 */
export function parseCnpj(written: string): Cnpj | null {
  const trimmed = written.trim().toUpperCase();
  if (!/^[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}$/.test(trimmed)) return null;
  const characters = trimmed.replace(/[./-]/g, '');
  if (/^(.)\1{13}$/.test(characters)) return null;
  return characters === withCheckDigits(characters.slice(0, 12)) ? (characters as Cnpj) : null;
}

export function isCnpj(written: string): boolean {
  return parseCnpj(written) !== null;
}

/** `12ABC34501DE35` → `12.ABC.345/01DE-35`. What is no CNPJ is given back unchanged. */
export function formatCnpj(written: string): string {
  const cnpj = parseCnpj(written);
  if (cnpj === null) return written;
  return cnpj.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5');
}

/** A valid CNPJ for tests and demonstration data from its first twelve characters. */
export function testCnpj(base: string): Cnpj {
  if (!/^[0-9A-Z]{12}$/.test(base)) {
    throw new RangeError('a CNPJ starts with twelve digits or capital letters');
  }
  return withCheckDigits(base) as Cnpj;
}

function withCheckDigits(base: string): string {
  const first = base + checkDigit(base);
  return first + checkDigit(first);
}

function checkDigit(characters: string): string {
  let total = 0;
  for (const [index, character] of [...characters].entries()) {
    const weight = 2 + ((characters.length - 1 - index) % 8);
    total += (character.charCodeAt(0) - 48) * weight;
  }
  const remainder = total % 11;
  return String(remainder < 2 ? 0 : 11 - remainder);
}
