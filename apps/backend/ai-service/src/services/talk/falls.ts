import type { Span } from '../text/phrase.ts';
import type { Sentence } from '../text/sentences.ts';

/** What falls and is nobody: figures, parts that one loses, lines and devices. */
const things = new Set(
  (
    'pressao glicose glicemia acucar dextro saturacao oxigenacao temperatura febre peso imunidade hemoglobina plaquetas ' +
    'plaqueta hematocrito colesterol frequencia batimento batimentos libido rendimento producao renda venda vendas ' +
    'cabelo cabelos pelo pelos cilio cilios unha unhas dente dentes obturacao restauracao casca cascas umbigo coto pele ' +
    'ligacao chamada video imagem audio som internet sinal conexao rede linha energia luz sistema telefone celular ' +
    'aparelho bateria comprimido comprimidos remedio prato copo chuva'
  ).split(' '),
);
const falling = new Set(['cai', 'caiu']);
/** Between the thing and its verb: "a pressão dele também caiu", "o açúcar no sangue só cai". */
const between = new Set(
  'dele dela deles delas tambem ja sempre nao so as vezes de arterial alta baixa no do da sangue que toda hora logo'.split(
    ' ',
  ),
);
const determiners = new Set(
  'o a os as um uma meu minha meus minhas seu sua nosso nossa esse essa do da dos das'.split(' '),
);
/** "Baixou a pressão caí", "fui pegar o remédio caí": the thing belongs to the verb in front of it. */
const verb = /^(?!(?:aqui|ali|dai|ai)$)[a-z]+(?:ou|[eiu]u|i|[aei]r)$/;

/** True when what "caiu" at the beginning of `span` is a thing: "a pressão caiu", "caiu a ligação". */
export function fallsOfThing({ clauses, words }: Sentence, { start }: Span): boolean {
  if (!falling.has(words[start] ?? '')) return false;
  return thingBefore(words, clauses, start) || thingBehind(words, clauses, start);
}

function thingBefore(
  words: readonly string[],
  clauses: ReadonlySet<number>,
  place: number,
): boolean {
  let at = place;
  while (at > 0 && !clauses.has(at) && between.has(words[at - 1] ?? '')) at -= 1;
  if (at === 0 || clauses.has(at) || !things.has(words[at - 1] ?? '')) return false;
  at -= 1;
  while (at > 0 && !clauses.has(at) && determiners.has(words[at - 1] ?? '')) at -= 1;
  return at === 0 || clauses.has(at) || !verb.test(words[at - 1] ?? '');
}

function thingBehind(
  words: readonly string[],
  clauses: ReadonlySet<number>,
  place: number,
): boolean {
  const noun = determiners.has(words[place + 1] ?? '') ? place + 2 : place + 1;
  if (clauses.has(place + 1) || clauses.has(noun)) return false;
  // "Caiu da rede": from a hammock.
  const from = /^d[ao]s?$/.test(words[place + 1] ?? '');
  return !from && things.has(words[noun] ?? '');
}
