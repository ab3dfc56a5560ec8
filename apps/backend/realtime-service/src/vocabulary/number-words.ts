/** Words that carry a figure; a dose must never be changed, not even by joining it to its neighbour. */
const NUMBER_WORDS = new Set(
  `zero um uma dois duas tres quatro cinco seis meia sete oito nove dez onze doze treze quatorze catorze quinze
  dezesseis dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento
  duzentos duzentas trezentos trezentas quatrocentos quatrocentas quinhentos quinhentas seiscentos seiscentas
  setecentos setecentas oitocentos oitocentas novecentos novecentas mil milhao milhoes meio metade virgula ponto
  primeiro primeira segundo segunda terceiro terceira mg ml mcg ui kg`.split(/\s+/),
);

/** @param folded word in lower case without accents */
export function isNumberWord(folded: string): boolean {
  return NUMBER_WORDS.has(folded);
}
