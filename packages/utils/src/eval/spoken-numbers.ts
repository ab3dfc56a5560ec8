/** A number read from the start of a run of tokens, and how many tokens it took. */
export interface SpokenNumber {
  value: number;
  length: number;
}

const units: Record<string, number> = {
  um: 1,
  uma: 1,
  dois: 2,
  duas: 2,
  tres: 3,
  quatro: 4,
  cinco: 5,
  seis: 6,
  sete: 7,
  oito: 8,
  nove: 9,
};

const teens: Record<string, number> = {
  dez: 10,
  onze: 11,
  doze: 12,
  treze: 13,
  catorze: 14,
  quatorze: 14,
  quinze: 15,
  dezesseis: 16,
  dezasseis: 16,
  dezessete: 17,
  dezassete: 17,
  dezoito: 18,
  dezenove: 19,
  dezanove: 19,
};

const tens: Record<string, number> = {
  vinte: 20,
  trinta: 30,
  quarenta: 40,
  cinquenta: 50,
  cincoenta: 50,
  sessenta: 60,
  setenta: 70,
  oitenta: 80,
  noventa: 90,
};

const hundreds: Record<string, number> = {
  cento: 100,
  duzentos: 200,
  duzentas: 200,
  trezentos: 300,
  trezentas: 300,
  quatrocentos: 400,
  quatrocentas: 400,
  quinhentos: 500,
  quinhentas: 500,
  seiscentos: 600,
  seiscentas: 600,
  setecentos: 700,
  setecentas: 700,
  oitocentos: 800,
  oitocentas: 800,
  novecentos: 900,
  novecentas: 900,
};

const integer = /^\d+$/;

function wordAt(tokens: readonly string[], index: number): string {
  return tokens[index] ?? '';
}

/** 1 to 99 in words: "sete", "doze", "trinta e oito". */
function readBelowHundred(tokens: readonly string[], at: number): SpokenNumber | null {
  const word = wordAt(tokens, at);
  const small = units[word] ?? teens[word];
  if (small !== undefined) return { value: small, length: 1 };
  const ten = tens[word];
  if (ten === undefined) return null;
  const unit = units[wordAt(tokens, at + 2)];
  if (wordAt(tokens, at + 1) === 'e' && unit !== undefined) {
    return { value: ten + unit, length: 3 };
  }
  return { value: ten, length: 1 };
}

/** 1 to 999 in words, or a run of digits as it stands. */
function readBelowThousand(tokens: readonly string[], at: number): SpokenNumber | null {
  const word = wordAt(tokens, at);
  if (word === 'cem') return { value: 100, length: 1 };
  const hundred = hundreds[word];
  if (hundred === undefined) return readBelowHundred(tokens, at);
  const joined = wordAt(tokens, at + 1) === 'e';
  // "cento vinte" is said too; "cento" alone is no number, so what follows belongs to it.
  if (!joined && word !== 'cento') return { value: hundred, length: 1 };
  const rest = readBelowHundred(tokens, at + (joined ? 2 : 1));
  if (!rest) return { value: hundred, length: 1 };
  return { value: hundred + rest.value, length: rest.length + (joined ? 2 : 1) };
}

function readDigitsOrWords(tokens: readonly string[], at: number): SpokenNumber | null {
  const word = wordAt(tokens, at);
  if (integer.test(word)) return { value: Number(word), length: 1 };
  return readBelowThousand(tokens, at);
}

/**
 * Reads a cardinal number from words (accents and case already off), digits or both ("2 mil").
 * Only what Portuguese says as one number is joined: "vinte e um" is 21, "dois e três" stay two numbers.
 */
export function readSpokenNumber(tokens: readonly string[], at: number): SpokenNumber | null {
  if (wordAt(tokens, at) === 'zero') return { value: 0, length: 1 };
  const head =
    wordAt(tokens, at) === 'mil' ? { value: 1, length: 0 } : readDigitsOrWords(tokens, at);
  if (!head) return null;
  const scale = wordAt(tokens, at + head.length);
  if (scale === 'milhao' || scale === 'milhoes') {
    return { value: head.value * 1_000_000, length: head.length + 1 };
  }
  if (scale !== 'mil') return head;
  const thousands = { value: head.value * 1000, length: head.length + 1 };
  const joined = wordAt(tokens, at + thousands.length) === 'e';
  const rest = readDigitsOrWords(tokens, at + thousands.length + (joined ? 1 : 0));
  if (!rest || rest.value >= 1000) return thousands;
  return {
    value: thousands.value + rest.value,
    length: thousands.length + rest.length + (joined ? 1 : 0),
  };
}

/** Digits after a decimal comma: "cinco" → "5", "zero cinco" → "05", "vinte e cinco" → "25". */
export function readSpokenFraction(
  tokens: readonly string[],
  at: number,
): { digits: string; length: number } | null {
  let zeros = 0;
  while (wordAt(tokens, at + zeros) === 'zero') zeros += 1;
  const rest = readDigitsOrWords(tokens, at + zeros);
  if (!rest) return zeros > 0 ? { digits: '0'.repeat(zeros), length: zeros } : null;
  const written = wordAt(tokens, at + zeros);
  const digits = integer.test(written) ? written : String(rest.value);
  return { digits: '0'.repeat(zeros) + digits, length: zeros + rest.length };
}

const ordinalUnits = [
  '',
  'primeir',
  'segund',
  'terceir',
  'quart',
  'quint',
  'sext',
  'setim',
  'oitav',
  'non',
];
const ordinalTens = [
  '',
  'decim',
  'vigesim',
  'trigesim',
  'quadragesim',
  'quinquagesim',
  'sexagesim',
  'septuagesim',
  'octogesim',
  'nonagesim',
];

/** 1 to 99 as ordinal words without accents: (2, "a") → "segunda", (21, "o") → "vigesimo primeiro". */
export function ordinalWords(value: number, ending: 'o' | 'a'): string | null {
  if (!Number.isInteger(value) || value < 1 || value > 99) return null;
  return [ordinalTens[Math.floor(value / 10)], ordinalUnits[value % 10]]
    .filter((stem) => stem !== undefined && stem !== '')
    .map((stem) => `${stem}${ending}`)
    .join(' ');
}
