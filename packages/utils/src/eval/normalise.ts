import { ordinalWords, readSpokenFraction, readSpokenNumber } from './spoken-numbers.ts';
import { canBeHalved, gluedSymbols, unitOf } from './units.ts';

/**
 * Brings Brazilian Portuguese speech, as a person or a machine wrote it down, to one spelling, so
 * that two texts which sound the same compare equal: lower case, no accents, no punctuation, figures
 * and units in one form ("cinquenta miligramas" = "50 mg", "oito e meia" after "às" = "8h30"),
 * everyday contractions spelt out. Nothing that is said is taken away, and nothing is added.
 *
 * @returns words; figures have a decimal comma ("16,5")
 */
export function normalise(text: string): string[] {
  const words = expandSpeech(tokenise(rewriteSymbols(text)));
  return tellTimes(nameUnits(joinNumbers(words)));
}

/** True when two normalised words are the same word; the figure 1 is both "um" and "uma". */
export function sameWord(a: string, b: string): boolean {
  return a === b || (a === '1' && isOne(b)) || (b === '1' && isOne(a));
}

function isOne(word: string): boolean {
  return word === 'um' || word === 'uma';
}

const figure = /^\d+(?:,\d+)?$/;

function isNumber(word: string | undefined): boolean {
  return word !== undefined && (figure.test(word) || isOne(word));
}

const glued = new RegExp(`(\\d)(${gluedSymbols.join('|')})(?![a-z0-9])`, 'g');

/** Signs to words, while they can still be told apart: °C, º, %, R$, 12x8, 8h30, 1.000. */
function rewriteSymbols(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/½/g, ' meio ')
      .replace(/[µμ]g/g, 'mcg')
      .replace(/(\d+(?:[.,]\d+)?)\s*[°º]\s*c(?![a-zà-ú])/g, '$1 graus ')
      .replace(/°/g, ' graus ')
      // Above the days of a month, º behind a figure is a badly typed degree sign.
      .replace(/(\d+(?:[.,]\d+)?)\s*(º|ª)/g, (_, digits: string, mark: string) =>
        mark === 'º' && Number(digits.replace(',', '.')) > 31
          ? `${digits} graus `
          : ordinalOf(digits, mark === 'ª' ? 'a' : 'o'),
      )
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/\b(\d{1,2})(o|a)\b/g, (_, digits: string, end: string) =>
        ordinalOf(digits, end === 'a' ? 'a' : 'o'),
      )
      .replace(/['’‘`]/g, '')
      .replace(/\b1\s*\/\s*2\b/g, ' meio ')
      .replace(/r\$\s*(\d+(?:[.,]\d+)*)/g, '$1 reais ')
      .replace(/%/g, ' porcento ')
      .replace(/(\d)\s*[x×]\s*(?=\d)/g, '$1 por ')
      .replace(/(\d)\s*x(?![a-z0-9])/g, '$1 vezes ')
      .replace(/\b(\d{1,2}):(\d{2})\b/g, '$1h$2')
      .replace(
        /\b(\d{1,2})\s*h(?:s|rs?)?\s*(\d{2})(?:\s*min(?:utos?)?)?(?![a-z0-9])/g,
        (_, hours: string, minutes: string) =>
          minutes === '00' ? `${hours} horas` : `${hours} horas ${Number(minutes)} minutos`,
      )
      .replace(/\b\d{1,3}(?:\.\d{3})+\b/g, (digits) => digits.replaceAll('.', ''))
      .replace(/(\d)[.,](\d)/g, '$1,$2')
      .replace(glued, '$1 $2')
      .replace(/(\d)\s*\/\s*(?=\d)/g, '$1 por ')
      .replace(/([a-z])\s*\/\s*([a-z])/g, '$1 por $2')
      .replace(/(\d)\s*[-–—]\s*(?=\d)/g, '$1 a ')
  );
}

function ordinalOf(digits: string, ending: 'o' | 'a'): string {
  const words = ordinalWords(Number(digits), ending);
  return words === null ? digits : ` ${words} `;
}

function tokenise(text: string): string[] {
  return (text.match(/\d+(?:,\d+)?|[a-z][a-z0-9]*/g) ?? []).map((word) =>
    figure.test(word) ? plainFigure(word) : word,
  );
}

/** "007" stays a code only to the eye: 7. "16,50" → "16,5", "37,0" → "37". */
function plainFigure(word: string): string {
  const [whole = '0', fraction = ''] = word.split(',');
  const digits = whole.replace(/^0+(?=\d)/, '');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? digits : `${digits},${kept}`;
}

/** Two ways to write what was said; the choice must cost nothing on either side. */
const spokenForms: Record<string, string> = {
  pra: 'para',
  pras: 'para as',
  pro: 'para o',
  pros: 'para os',
  ta: 'esta',
  to: 'estou',
  tava: 'estava',
  tavam: 'estavam',
  ne: 'nao e',
  ce: 'voce',
  oce: 'voce',
  num: 'em um',
  numa: 'em uma',
  dum: 'de um',
  duma: 'de uma',
  dr: 'doutor',
  dra: 'doutora',
  sr: 'senhor',
  sra: 'senhora',
  okay: 'ok',
  okey: 'ok',
};

const phrases: readonly (readonly [readonly string[], string])[] = [
  [['por', 'cento'], 'porcento'],
  [['milimetros', 'de', 'mercurio'], 'mmhg'],
  [['mm', 'de', 'mercurio'], 'mmhg'],
  [['mm', 'hg'], 'mmhg'],
  [['batimentos', 'por', 'minuto'], 'bpm'],
  [['unidades', 'internacionais'], 'ui'],
  [['graus', 'celsius'], 'graus'],
  [['graus', 'centigrados'], 'graus'],
];

function expandSpeech(words: string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phrases.find(([said]) => said.every((word, k) => words[at + k] === word));
    const word = words[at] ?? '';
    out.push(...(phrase ? [phrase[1]] : (spokenForms[word] ?? word).split(' ')));
    at += phrase ? phrase[0].length : 1;
  }
  return out;
}

/** Numbers in words to figures. A lone "um" or "uma" is left: it is an article as often as a number. */
function joinNumbers(words: string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const number = figure.test(word) && word.includes(',') ? null : readSpokenNumber(words, at);
    if (!number) {
      out.push(word);
      at += 1;
      continue;
    }
    at += number.length;
    const mark = words[at];
    const fraction =
      mark === 'virgula' || mark === 'ponto' ? readSpokenFraction(words, at + 1) : null;
    if (fraction) {
      out.push(plainFigure(`${number.value},${fraction.digits}`));
      at += 1 + fraction.length;
    } else {
      out.push(number.length === 1 && isOne(word) ? word : String(number.value));
    }
  }
  return out;
}

function isHalf(words: readonly string[], at: number): boolean {
  return words[at] === 'e' && (words[at + 1] === 'meio' || words[at + 1] === 'meia');
}

function andHalf(number: string): string {
  return `${isOne(number) ? '1' : number},5`;
}

/** Units behind a number to their symbol, and "e meio" into the number. */
function nameUnits(words: string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const previous = out.at(-1);
    if (!isNumber(word)) {
      // "mg por dl": a unit behind "por" behind a unit is a unit too.
      const rate = previous === 'por' && unitOf(out.at(-2) ?? '') !== undefined;
      out.push(rate ? (unitOf(word) ?? word) : word);
      at += 1;
      continue;
    }
    const next = words[at + 1] ?? '';
    if (isHalf(words, at + 1) && !word.includes(',')) {
      const clock = isClockWord(previous);
      out.push(...(clock ? [word, 'hora', '30', 'minuto'] : [andHalf(word)]));
      at += 3;
    } else if (canBeHalved(next) && isHalf(words, at + 2) && !word.includes(',')) {
      out.push(...halved(word, unitOf(next) ?? next));
      at += 4;
    } else if (unitOf(next) !== undefined) {
      out.push(...measured(word, unitOf(next) ?? next));
      at += 2;
    } else {
      out.push(word);
      at += 1;
    }
  }
  return out;
}

function halved(number: string, unit: string): string[] {
  return unit === 'hora' ? [number, 'hora', '30', 'minuto'] : [andHalf(number), unit];
}

function measured(number: string, unit: string): string[] {
  return unit === 'hora' && number.endsWith(',5')
    ? [number.slice(0, -2), 'hora', '30', 'minuto']
    : [number, unit];
}

/** Words before a time of day: "às oito", "das oito", "pelas oito". */
function isClockWord(word: string | undefined): boolean {
  return word === 'as' || word === 'das' || word === 'pelas';
}

/**
 * Times: "8 horas e 30" and "8h30" alike; and after "às", where "horas" may be said or not,
 * "às oito", "às 8h" and "às oito horas" alike.
 */
function tellTimes(words: string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const clock = isClockWord(out.at(-1)) && isHour(word);
    const hasHour = isNumber(word) && words[at + 1] === 'hora';
    if (!clock && !hasHour) {
      out.push(word);
      at += 1;
      continue;
    }
    at += hasHour ? 2 : 1;
    const joined = words[at] === 'e';
    const minutes = hasHour || joined ? minutesAt(words, at + (joined ? 1 : 0)) : undefined;
    out.push(word);
    if (!clock) out.push('hora');
    if (minutes === undefined) continue;
    at += joined ? 2 : 1;
    if (words[at] === 'minuto') at += 1;
    out.push(minutes);
    if (!clock) out.push('minuto');
  }
  return out;
}

function isHour(word: string): boolean {
  return isOne(word) || (/^\d{1,2}$/.test(word) && Number(word) <= 24);
}

/** Minutes said behind an hour: two figures ("8 e 15"), or any with the word behind ("8 horas e 5 minutos"). */
function minutesAt(words: readonly string[], at: number): string | undefined {
  const word = words[at] ?? '';
  if (!/^\d{1,2}$/.test(word) || Number(word) > 59) return undefined;
  const next = words[at + 1];
  if (next === 'minuto') return word;
  return Number(word) >= 10 && unitOf(next ?? '') === undefined ? word : undefined;
}
