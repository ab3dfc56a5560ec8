/** Words for scoring: lower case, no accents, no punctuation, figures and units written one way. */
const UNITS = new Map([
  ['mg', 'miligramas'],
  ['g', 'gramas'],
  ['kg', 'quilos'],
  ['ml', 'mililitros'],
  ['dr', 'doutor'],
  ['dra', 'doutora'],
]);

const SMALL = [
  'zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze',
  'dezesseis dezessete dezoito dezenove',
]
  .join(' ')
  .split(' ');
const TENS = 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'.split(' ');
const HUNDREDS =
  'cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'.split(
    ' ',
  );

function spell(value: number): string[] {
  if (value < 20) return [SMALL[value] as string];
  if (value < 100) {
    const rest = value % 10;
    const tens = TENS[Math.floor(value / 10) - 2] as string;
    return rest === 0 ? [tens] : [tens, 'e', SMALL[rest] as string];
  }
  if (value === 100) return ['cem'];
  const rest = value % 100;
  const hundreds = HUNDREDS[Math.floor(value / 100) - 1] as string;
  return rest === 0 ? [hundreds] : [hundreds, 'e', ...spell(rest)];
}

const FEMININE = new Map([
  ['uma', 'um'],
  ['duas', 'dois'],
]);

export function scoringWords(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/(\d)([a-z])/g, '$1 $2')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => (/^\d{1,3}$/.test(word) ? spell(Number(word)) : [word]))
    .map((word) => UNITS.get(word) ?? FEMININE.get(word) ?? word);
}

/** Least number of words to change, leave out or put in. */
export function wordErrors(reference: readonly string[], hypothesis: readonly string[]): number {
  let row = Array.from({ length: hypothesis.length + 1 }, (_, j) => j);
  for (let i = 1; i <= reference.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= hypothesis.length; j += 1) {
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (reference[i - 1] === hypothesis[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[hypothesis.length] as number;
}
