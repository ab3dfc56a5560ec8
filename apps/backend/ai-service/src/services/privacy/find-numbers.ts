import { foldWords } from './folded-words.ts';
import type { PrivateSpan, SpanKind } from './spans.ts';

const street =
  '(?:rua|avenida|av\\.|travessa|alameda|pra[çc]a|rodovia|estrada|largo|viela|condom[ií]nio|bairro)';
const name = "\\p{Lu}[\\p{L}'’.-]*";
const particle = '(?:d[aeo]s?\\s+)?';
const house =
  '(?:,?\\s*(?:n[º°.]?|n[uú]mero)?\\s*\\d{1,5})?(?:,?\\s*(?:apartamento|apto?\\.?|bloco|casa|quadra|lote)\\s*\\p{L}?\\d*)*';

/** "Nasci em", "data de nascimento": a date behind it names a person; other dates are clinical. */
const born =
  '(?<=(?<!\\p{L})(?:nasci|nasceu|nascid[ao]|nascimento)[\\s:,]+(?:(?:foi|é|em|dia|no)\\s+){0,3})';
const month =
  '(?:janeiro|fevereiro|mar[çc]o|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro)';
const spokenYear =
  '(?:\\d{2,4}|(?:mil\\s+novecentos|dois\\s+mil|cinquenta|sessenta|setenta|oitenta|noventa)(?:\\s+e\\s+\\p{L}+){0,2})';

/** The more exact pattern first. */
const patterns: readonly [SpanKind, RegExp][] = [
  // What looks like one of our own marks must not be taken for one.
  ['MARCA', /\[[A-Z]{3,}_\d+\]/g],
  ['EMAIL', /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu],
  [
    'EMAIL',
    /[\p{L}\d]+(?:\s+(?:ponto|underline|tra[çc]o)\s+[\p{L}\d]+)*\s+arroba\s+[\p{L}\d]+(?:\s+ponto\s+[\p{L}\d]+)+/giu,
  ],
  ['NUMERO', new RegExp(`${born}\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}(?!\\d)`, 'giu')],
  [
    'NUMERO',
    new RegExp(
      `${born}(?:\\d{1,2}|\\p{L}+(?:\\s+e\\s+\\p{L}+)?)\\s+de\\s+${month}(?:\\s+de\\s+${spokenYear})?`,
      'giu',
    ),
  ],
  // CNPJ, CPF, RG, CNS.
  ['DOCUMENTO', /(?<!\d)\d{2}\.?\d{3}\.?\d{3}\/\d{4}-?\d{2}(?!\d)/g],
  ['DOCUMENTO', /(?<!\d)\d{3}[.\s]?\d{3}[.\s]?\d{3}[-.\s]?\d{2}(?!\d)/g],
  ['DOCUMENTO', /(?<!\d)\d{1,2}\.\d{3}\.\d{3}-[\dxX](?!\d)/g],
  ['DOCUMENTO', /(?<!\d)\d{3}\s?\d{4}\s?\d{4}\s?\d{4}(?!\d)/g],
  ['TELEFONE', /(?<!\d)(?:\+?55[\s-]?)?\(?\d{2}\)?[\s-]?9?[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g],
  ['TELEFONE', /(?<!\d)9?(?!(?:19|20)\d\d-(?:19|20)\d\d)\d{4}-\d{4}(?!\d)/g],
  [
    'ENDERECO',
    new RegExp(
      `(?<!\\p{L})(?:${street}|${upperFirst(street)})\\s+${particle}(?:${name}|\\d+)(?:\\s+${particle}${name})*${house}`,
      'gu',
    ),
  ],
  [
    'ENDERECO',
    new RegExp(
      `(?<!\\p{L})${street}\\s+(?:\\p{L}+\\s+){1,6}?(?:n[º°.]?|n[uú]mero)?\\s*\\d{1,5}(?!\\d)`,
      'giu',
    ),
  ],
  ['ENDERECO', /(?<!\d)\d{5}-\d{3}(?!\d)/g],
  ['NUMERO', /(?<!\d)(?!(?:19|20)\d\d-(?:19|20)\d\d(?!\d))\d(?:[.-]?\d){7,}(?!\d)/g],
];

/** Documents, telephones, e-mails and addresses, written or spoken. */
export function findNumbers(text: string): PrivateSpan[] {
  const found = patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      kind,
    })),
  );
  return [...found, ...spokenNumbers(text)];
}

const units = words('zero um uma dois duas tres quatro cinco seis meia sete oito nove');
const teens = words(
  'dez onze doze treze quatorze catorze quinze dezesseis dezessete dezoito dezenove',
);
const tens = words('vinte trinta quarenta cinquenta sessenta setenta oitenta noventa');
const leastDigits = 8;

/** Eight digits or more in a row, as one says a telephone or a document. */
function spokenNumbers(text: string): PrivateSpan[] {
  const said = foldWords(text);
  const found: PrivateSpan[] = [];
  let run: { start: number; end: number; digits: number } | undefined;
  let afterTens = false;
  const close = () => {
    if (run && run.digits >= leastDigits) {
      found.push({ start: run.start, end: run.end, kind: 'NUMERO' });
    }
    run = undefined;
    afterTens = false;
  };
  for (const [at, { end, folded, start }] of said.entries()) {
    const joins = folded === 'e' && afterTens && units.has(said[at + 1]?.folded ?? '');
    if (joins) continue;
    const digits = digitsOf(folded, said[at - 1]?.folded === 'e' && afterTens);
    if (digits === undefined) {
      close();
      continue;
    }
    if (run && !goesOn(text.slice(run.end, start), folded)) close();
    run ??= { start, end, digits: 0 };
    run.digits += digits;
    run.end = end;
    afterTens = tens.has(folded);
  }
  close();
  return found;
}

/** Commas stand between spoken digits; between figures they part one value from the next. */
function goesOn(between: string, word: string): boolean {
  return /^\d/.test(word) ? /^\s+$/.test(between) : /^[\s,]+(?:e\s+)?$/.test(between);
}

function digitsOf(word: string, completesTens: boolean): number | undefined {
  if (/^\d+$/.test(word)) return word.length;
  if (units.has(word)) return completesTens ? 0 : 1;
  return teens.has(word) || tens.has(word) ? 2 : undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

function upperFirst(alternatives: string): string {
  return alternatives.replace(/(?<=[(:|])\p{Ll}/gu, (letter) => letter.toUpperCase());
}
