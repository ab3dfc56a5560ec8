const numberWords = new Set(
  (
    'um uma dois duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quatorze ' +
    'quinze dezesseis dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta ' +
    'oitenta noventa cem cento duzentos duzentas trezentos trezentas quatrocentos quinhentos ' +
    'seiscentos setecentos oitocentos novecentos mil meia meio'
  ).split(' '),
);

/** A folded word that says a number: digits, with or without a unit glued on, or a numeral. */
export function isNumberWord(word: string): boolean {
  return /^\d+([a-z]{1,3})?$/.test(word) || numberWords.has(word);
}
