import { findingNouns } from '../talk/finding-words.ts';
import { givesOrder, takesThere } from '../talk/orders.ts';
import type { Statement } from '../talk/statement.ts';
import { findPhrase, phrases } from '../text/phrase.ts';
import type { DraftSentence, NoteSection } from './draft-sentence.ts';
import { onlyExamines, tellsFinding } from './examination.ts';
import { quote } from './rewrite.ts';
import { asSentence } from './third-person.ts';
import type { DoctorTurn } from './turns.ts';

const judged = phrases(`
  parece|parecem
  provavel|provavelmente|possivelmente
  isso|isto e|seria uma|um
  e|sao um|uma ~ crise|quadro|episodio|infeccao|virose|gripe|resfriado|inflamacao|caso|tipo
  isso|quadro|sintomas ~ sugere|sugerem|compativel|compativeis|indica|indicam
  trata|tratando se de
  pelo|pelos que voce|o|a ~
  diagnostico ~ e|de
  hipotese|impressao|suspeita|suspeito|desconfio|acredito
  penso|pensando ~ em|que
  acho que e|sao|seja|foi|voce|pode|isso|temos
  deve|pode ser ~
  voce|senhor|senhora|ele|ela esta|ta com
  caracteristico|tipico|sem sinal|sinais de ~
`);

/** What the patient is told to do, beside the advice that ends the anamnesis (`isAdvice`). */
const ordered = phrases(`
  ofereca|reduza|diminua|fique|corte|coma|durma|lave|coloque|anote|meca|traga|observe|hidrate|descanse|interrompa|pare|comece|inicie|passe|retorne|venha|ligue|troque|aumente|suspenda|complete|caminhe|evite|procure|volte|tome|use|faca|mantenha|continue|beba|repouse
  voce|senhor|senhora|mae|ele|ela vai|volta|toma|corta|fica|usa|faz|para|continua|pode|deve|precisa|procura ~ #|em|o|a|os|as|com|de|para|tomar|voltar|fazer|parar|usar|evitar|ao|por|todo
  toma|fica|volta|procura|evita|bebe|corta|faz ~ bastante|dias|em|casa|hospital|pronto|liquido|agua|repouso|se
  quero|queria|gostaria ~ pedir|que|solicitar|ver|examinar
  a gente vai|volta|repete|marca
  precisa|precisamos ~ de|fazer|investigar
  nao de|tome|use|faca|pare
  va|vai|chame|chama ~ ao|a|para|no|na|o|pro|direto hospital|pronto|emergencia|upa|maternidade|posto|192|samu|ambulancia
`);

const openers = /^(?:então|bom|certo|ok|olha|entendi|perfeito|tá|está bem|ótimo)[,.]?\s+/i;
const intention =
  /^(?:(?:eu|nós|a gente)\s+)?(?:vou|vamos|vai)\s+(?:te\s+|lhe\s+)?(pedir|solicitar|receitar|prescrever|passar|encaminhar|fazer|iniciar|começar|manter|aumentar|ajustar|trocar|suspender|marcar|investigar|colher|repetir|reduzir|diminuir|renovar|recomeçar|reiniciar|retomar|agendar|internar)\s+(.+)$/iu;
const addressed = /\b(?:você|voce|senhora?|seu|sua|seus|suas|te|lhe|meu|minha|eu|gente)\b/i;

const thinks = phrases(`
  acho|acredito|penso que o|a|os|as|essa|esse|essas|esses|sua|seu
`);
/** "É uma urticária." */
const namesIt = /^(?:e|sao|seria|seriam) (?:um|uma|uns|umas) /;
const announces = new Set(['vou', 'vamos', 'precisamos']);
/** "Então eu vou …". */
const beforeVerb = new Set('entao bom certo ok olha ta bem e ai eu nos'.split(' '));
/** "Precisamos ver os exames", "vou te perguntar": no step that anybody could follow. */
const onlyThinks = phrases(`
  vou|vamos|precisamos te|lhe? ver|saber|entender|perguntar|anotar
  vou|vamos te|lhe? fazer ~ pergunta|perguntas
`);
const leastPlanWords = 3;

/** What the doctor found, thought and decided aloud, in his own words. What he asked is none of it. */
export function doctorSentences(turn: DoctorTurn): DraftSentence[] {
  return turn.statements.flatMap((statement): DraftSentence[] => {
    if (statement.sentence.hasMark && !statement.sentence.isAdvice) return [];
    const said = statement.sentence.words;
    const drafted: DraftSentence[] = [];
    if (tellsFinding(statement.sentence, turn.examining.has(statement))) {
      drafted.push(inSection('objetivo', `Dito pelo médico: ${quote(statement.raw)}.`, statement));
    } else if (judges(said)) {
      const text = `Impressão dita pelo médico: ${quote(statement.raw)}.`;
      drafted.push(inSection('avaliacao', text, statement));
    }
    if (said.length < leastPlanWords) return drafted;
    const told =
      !statement.sentence.isQuestion &&
      (findPhrase(ordered, said) ?? findPhrase(takesThere, said)) !== undefined;
    // "Vou escutar o pulmão" is done at once and plans nothing.
    if (onlyExamines(statement.sentence)) return drafted;
    const decided =
      announces.has(said.find((word) => !beforeVerb.has(word)) ?? '') &&
      findPhrase(onlyThinks, said) === undefined;
    if (statement.sentence.isAdvice || told || decided || givesOrder(statement.sentence)) {
      drafted.push(inSection('plano', planText(statement.raw), statement));
    }
    return drafted;
  });
}

function judges(said: readonly string[]): boolean {
  if (findPhrase(judged, withoutTag(said)) || namesIt.test(said.join(' '))) return true;
  // "Acho que o inchaço é do remédio"; "acho que a senhora volta na terça" is none.
  const thought = findPhrase(thinks, said);
  return thought !== undefined && findingNouns.has(said[thought.end] ?? '');
}

/** "…, pode ser?" asks for agreement and judges nothing. */
function withoutTag(said: readonly string[]): readonly string[] {
  return said.slice(-2).join(' ') === 'pode ser' ? said.slice(0, -2) : said;
}

/** "Vou pedir um hemograma." → "Pedir um hemograma."; an order to the patient is quoted. */
function planText(raw: string): string {
  const said = raw.replace(openers, '').replace(/[\s.]+$/u, '');
  const [, verb = '', rest = ''] = intention.exec(said) ?? [];
  // A later verb ("… e marcar retorno") keeps its form after the infinitive; "você" would not.
  if (verb !== '' && !addressed.test(rest) && !/[?;]/.test(rest))
    return asSentence(`${verb} ${rest}`);
  return `Orientação dita pelo médico: ${quote(raw)}.`;
}

function inSection(section: NoteSection, text: string, statement: Statement): DraftSentence {
  return { section, text, transcriptionIds: [statement.utteranceId] };
}
