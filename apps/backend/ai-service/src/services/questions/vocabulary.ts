import { questionBank } from '../../bank/question-bank.ts';
import type { GuidelineLibrary } from '../guidelines/library.ts';
import { words } from '../text/fold.ts';

/** Words of which a question of a model may consist. */
export interface Vocabulary {
  /** The first word of the text that is not among them. */
  foreignWord(text: string): string | undefined;
}

const stemLength = 6;

/**
 * The words of the common corpus, the question bank, names of medicines and some small words of talk. A question made of
 * other words is none that a guideline can support, and whoever speaks to the model cannot widen it:
 * neither the transcript nor a clinic's own documents add to it.
 */
export function createVocabulary(
  library: GuidelineLibrary,
  drugNames: ReadonlySet<string>,
): Vocabulary {
  const texts = [
    ...library.documents.flatMap(({ head, sections }) => [
      head.title,
      ...sections.flatMap((section) => [section.heading, section.text]),
    ]),
    ...[...questionBank.complaints, questionBank.fallback].flatMap(({ label, questions }) => [
      label,
      ...questions.flatMap((question) => [question.ask, question.why]),
    ]),
    smallWords,
    ...drugNames,
  ];
  const known = new Set(texts.flatMap((text) => words(text).map(stem)));
  return {
    foreignWord: (text) => words(text).find((word) => !isFigure(word) && !known.has(stem(word))),
  };
}

/** Endings are number, gender and tense; short words stand for themselves. */
function stem(word: string): string {
  return word.slice(0, stemLength);
}

function isFigure(word: string): boolean {
  return /^\d{1,3}$/.test(word);
}

/** How one asks in Portuguese, beside what the bank happens to use. */
const smallWords = `
a o as os um uma uns umas de da do das dos em na no nas nos num numa ao aos e ou se que com sem por para pelo pela
pelos pelas entre sobre desde ate durante antes depois agora hoje ontem semana semanas mes meses ano anos dia dias
noite manha tarde hora horas minuto minutos vez vezes sempre nunca ja ainda mais menos muito muita pouco bem mal so
tambem assim quando quanto quanta quantos quantas onde como qual quais quem ha faz fez foi era esta estao estava
estavam tem teve tinha ter tido tendo fica ficou ficar anda andou vem veio vai ir vir ser sido seu sua seus suas ele
ela eles elas voce voces senhor senhora isso esse essa esses essas este esta aquilo algo algum alguma alguns algumas
outro outra outros outras nenhum nenhuma alguem ninguem tudo todo toda todos todas cada mesmo mesma lado direito
esquerdo direita esquerda lugar parte corpo familia pessoa pessoas casa trabalho filho filha mae pai crianca bebe
consegue conseguiu pode poderia costuma percebe percebeu notou nota sente sentiu sentir sentindo comeca comecou
comecar aparece apareceu melhora melhorou melhorar piora piorou piorar aumenta aumentou diminui diminuiu muda mudou
toma tomou tomar tomando usa usou usar usando come comeu bebe bebeu dorme dormiu acorda acordou chegou passou durou
dura demora acontece aconteceu incomoda atrapalha doi doeu doendo forte fraca leve nesse nessa nesses nessas neste nesta nestes nestas nisso naquele naquela desse dessa desses dessas deste desta disso
daquele daquela dele dela deles delas isto outrora atualmente ultimamente alguma algumas me te lhe nos se eu meu minha nosso nossa pra pro la aqui ali esta estas aquele aquela
bastante demais quase logo enquanto depois novo nova recente recentemente frequencia normalmente geralmente sabe saber
lembra lembrar pensa pensou acha diria daria descreve descrever mostra mostrar conta contar fala falar explicar fazendo
ficado andado viajou viajar sofreu pegou carrega carregou corre correu tiveram tivesse houve alem caso primeira ultimo
ultima ultimos ultimas proximo proxima roxa roxo vermelha amarela escura clara colateral colaterais adaptou tremedeira
evacuou evacuar evacua urina urinou xixi coco fezes barriga peito costas pescoco braco perna pe mao cabeca garganta
mexe mexeu mexer mexendo movimenta
`;
