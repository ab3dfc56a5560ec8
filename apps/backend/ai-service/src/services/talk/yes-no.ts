import { foldedOf, type Token } from './statement.ts';

const words = (text: string) => new Set(text.split(/\s+/));

const yes = words(
  'sim tenho tive tem teve sinto senti uso tomo isso exato exatamente aham uhum claro certeza positivo estou fumo bebo faco fiz fez ja',
);
const no = words('nao nunca nada nenhum nenhuma negativo nem');
const filler = words(
  'senhor senhora doutor doutora dr dra mesmo mesma com que eu e ah ai bom olha entao disso dele dela deles isso gracas deus ne viu assim de jeito nem',
);
/** What is not sure is not settled. */
const doubt = words('acho sei talvez lembro parece quase pouco vezes saiba impressao deve');

/** Of the words that answer, those that name nothing: "fumo" is a yes and says what to. */
const says = words(
  'sim ja tenho tive tem teve sinto senti fiz fez estou isso exato exatamente aham uhum claro certeza positivo nunca nada nenhum nenhuma negativo nem nao e ta certo ok okay ah hum pode ser bem tudo bom todos todas pois',
);

/** True when folded words say yes, no or nothing in particular, and mean nothing without their question. */
export function isBareAnswer(said: readonly string[]): boolean {
  return said.every((word) => says.has(word) || filler.has(word) || doubt.has(word));
}

export type Answer = 'yes' | 'no';

/** "Já tive" tells what is over: no answer to "Tem asma?". */
const over = words('tive teve fiz fez senti');
const pastVerb =
  /^(?:teve|fez|foi|houve|esteve|tinha|estava|tava|deu|veio|(?!estou$)[a-z]{2,}(?:ou|eu|iu))$/;
const presentVerb = words(
  'tem tenho ha existe esta ta sente apresenta anda faz fuma bebe toma usa consegue dorme acorda mora passa coca arde doi piora melhora trabalha pratica',
);

/** True when a question is about what was: its first verb is past, or "tem" goes on with a participle. */
function asksOfThePast(asked: readonly string[]): boolean {
  const verb = asked.findIndex((word) => pastVerb.test(word) || presentVerb.has(word));
  return pastVerb.test(asked[verb] ?? '') || /^(?:tido|sentido|feito)$/.test(asked[verb + 1] ?? '');
}

/** True when words that tell of the past, or "já", answer another question than the one asked. */
function missesTime(said: readonly string[], asked: readonly string[]): boolean {
  if (asksOfThePast(asked)) return false;
  if (said.some((word) => over.has(word))) return true;
  return said.includes('ja') && !said.includes('sim') && !asked.includes('ja');
}

/**
 * Yes or no, when the words say that and nothing else. "Acho que não" is neither, nor is "já tive" to
 * "tem asma?".
 * @param asked words of the question; without them nothing past affirms
 */
export function plainAnswer(tokens: readonly Token[], asked: readonly Token[]): Answer | undefined {
  const said = foldedOf(tokens);
  if (said.length === 0 || said.some((word) => doubt.has(word))) return undefined;
  const denies = said.some((word) => no.has(word));
  const sides = said.filter((word) => !filler.has(word));
  if (denies) {
    // "Não tenho", "não, nada disso", "não, não uso": what is denied is the question's.
    const rest = sides.filter(
      (word) =>
        !no.has(word) && !yes.has(word) && !(word.endsWith('o') && echoes(word, foldedOf(asked))),
    );
    // "Não, já tive" denies the present alone.
    const turned = said.includes('sim') || said.includes('ja');
    return rest.length === 0 && !turned ? 'no' : undefined;
  }
  if (missesTime(said, foldedOf(asked))) return undefined;
  const affirms =
    sides.length > 0 && sides.every((word) => yes.has(word) || echoes(word, foldedOf(asked)));
  return affirms || said.join(' ') === 'isso mesmo' || said.join(' ') === 'isso'
    ? 'yes'
    : undefined;
}

const root = 3;

/** "Mora sozinha?" – "Moro, sim": the question's verb, said of oneself; one that is past answers what was. */
function echoes(word: string, asked: readonly string[]): boolean {
  if (word.length <= root || !/(?:o|ei|i)$/.test(word)) return false;
  if (!word.endsWith('o') && !asksOfThePast(asked)) return false;
  return asked.some(
    (one) => one !== word && one.length > root && one.slice(0, root) === word.slice(0, root),
  );
}

const turns = words('mas porem sim ja exceto menos agora antes quando vezes raramente pouco acho');

/**
 * Yes or no in front of more words: "Não, fica só nas costas". The remainder may go on, not turn round.
 * @param asked words of the question
 * @returns the answer and the words behind it
 */
export function leadingAnswer(
  tokens: readonly Token[],
  asked: readonly Token[],
): { answer: Answer; rest: Token[] } | undefined {
  const first = tokens[0];
  if (!first?.endsClause || tokens.length < 2) return undefined;
  const rest = tokens.slice(1);
  const said = foldedOf(rest);
  if (first.folded === 'nao' && !said.some((word) => turns.has(word))) {
    return { answer: 'no', rest };
  }
  if (['sim', 'tenho', 'tive', 'tem', 'teve', 'sinto', 'senti'].includes(first.folded)) {
    const turned = said.some((word) => no.has(word) || doubt.has(word));
    // "Tenho, já faz dois anos": what leads has said yes by itself.
    const all = foldedOf(tokens).filter((word) => word !== 'ja');
    return turned || missesTime(all, foldedOf(asked)) ? undefined : { answer: 'yes', rest };
  }
  return undefined;
}
