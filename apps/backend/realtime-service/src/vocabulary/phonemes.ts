import { fold } from './fold.ts';

/**
 * How a Portuguese word sounds, one letter a sound, and a coarse key over it.
 *
 * The idea of a sound key for Brazilian Portuguese is that of Metaphone-pt (C. C. Jordão and M. Rosa, "Metaphone for
 * Brazilian Portuguese", Prefeitura de Várzea Paulista, 2008), itself after L. Philips' Metaphone (1990): spelling rules
 * in order, silent h, "ch/x" one sound, "ss/ç/s" one sound. The rules below are written anew, keep the vowels (drug names
 * differ by them) and merge what a recogniser of speech mixes up.
 *
 * Sounds: vowels a e i o u; S = s, ss, ç, sc, x; Z = z and s between vowels; X = ch, sh; J = j and soft g; L = lh;
 * N = nasal at the end of a syllable (m or n); R = rr and r at the start; the other consonants stand for themselves.
 */
export function phonemes(word: string): string {
  const spelt = word.normalize('NFC').toLowerCase().replace(/ç/g, 'ss');
  // "-ão" and "-am" sound alike, stress apart.
  const nasal = spelt.replace(/ão/g, 'am').replace(/([ãõ])(?![aeo])/g, '$1m');
  const plain = fold(nasal).replace(/[^a-z]/g, '');
  let sounds = plain;
  for (const [spelling, sound] of SPELLINGS) sounds = sounds.replace(spelling, sound);
  return sounds;
}

/** In order: each rule sees what the earlier ones left. Capitals are finished sounds. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/sch|ch|sh/g, 'X'],
  [/lh/g, 'L'],
  [/nh/g, 'n'],
  [/rh/g, 'r'],
  [/h/g, ''],
  [/y/g, 'i'],
  [/w/g, 'v'],
  [/ck|qu(?=[ei])|q/g, 'k'],
  [/gu(?=[ei])/g, 'g'],
  [/x(?=c[ei])|x(?=s)/g, ''],
  [/s(?=c[ei])/g, ''],
  [/ss/g, 'S'],
  [/([aeiou])s(?=[aeiou])/g, '$1Z'],
  [/([aeiou])z(?=[aeiou])/g, '$1Z'],
  [/z$/g, 'S'],
  [/z/g, 'Z'],
  [/c(?=[ei])/g, 'S'],
  [/c/g, 'k'],
  [/g(?=[ei])/g, 'J'],
  [/j/g, 'J'],
  [/^x/g, 'X'],
  [/x/g, 'S'],
  [/s/g, 'S'],
  [/^r|rr/g, 'R'],
  [/[mn](?=[^aeioumn]|$)/g, 'N'],
  [/l(?=[^aeioul]|$)/g, 'u'],
  [/([a-zA-Z])\1+/g, '$1'],
];

const CLASSES: Readonly<Record<string, string>> = {
  b: 'p',
  p: 'p',
  d: 't',
  t: 't',
  g: 'k',
  k: 'k',
  f: 'f',
  v: 'f',
  S: 's',
  Z: 's',
  X: 's',
  J: 's',
  m: 'n',
  n: 'n',
  N: 'n',
  r: 'r',
  R: 'r',
  // Liquids stand for each other ("rosa" for "losa"), and in "-rl-" only one is heard.
  l: 'r',
  L: 'r',
};

/** Consonants of the sounds, voiced and unvoiced and the liquids merged: words of one key may be mistaken for each other. */
export function soundKey(sounds: string): string {
  let key = '';
  for (const sound of sounds) {
    const consonant = CLASSES[sound];
    if (consonant !== undefined && !key.endsWith(consonant)) key += consonant;
  }
  return key;
}
