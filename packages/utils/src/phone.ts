/** Area codes in use (Anatel, Plano Geral de Numeração). */
const areaCodes = new Set(
  '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 97 98 99'.split(
    ' ',
  ),
);

/**
 * A Brazilian number as people write it, in E.164 (`+5511987654321`); null when it is none. Accepts the
 * country code, a leading zero of the long distance prefix, and any punctuation.
 */
export function parsePhone(text: string): string | null {
  if (!/^[\d\s().+-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const national = /^55\d{10,11}$/.test(digits) ? digits.slice(2) : digits;
  if (!areaCodes.has(national.slice(0, 2))) return null;
  const subscriber = national.slice(2);
  return /^(9\d{8}|[2-5]\d{7})$/.test(subscriber) ? `+55${national}` : null;
}

/** Whether a number that `parsePhone` gave belongs to a mobile telephone, which alone receives SMS. */
export function isMobile(e164: string): boolean {
  return /^\+55\d{2}9\d{8}$/.test(e164);
}
