import type { Expander } from '../knowledge/synonyms.ts';
import { holdsForAll } from '../talk/alternative-question.ts';
import { statementsOf, type Token } from '../talk/statement.ts';
import { leadingAnswer, plainAnswer } from '../talk/yes-no.ts';
import { words } from '../text/fold.ts';
import { sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import type { DraftSentence } from './draft-sentence.ts';

/** Why a generated sentence is not written, beside what holds for every sentence. */
export type Ungenerated = 'form' | 'not_the_doctor' | 'not_the_patient' | 'words' | 'polarity';

const longest = 400;
/** Speaks to somebody, points somewhere, or is no sentence of a note. */
const foreign = /[?<>{}[\]|@#`*_\\]|https?:|www\.|\b(?:você|voce|vocês|te|seu|sua|seus|suas)\b/iu;
/** How what somebody reported is worded; anything else would read as the doctor's own word. */
const reported =
  /^(?:queixa|refere|relata|nega|informa|descreve|conta|diz|apresenta|paciente|acompanhante|mae|pai|familiar|toma|tomou|usa|usou|faz|fez|fuma|fumou|bebe|tem|teve|sem|nao|inicio|duracao|dor|em uso|ja|antecedente|antecedentes|historia|alergia|alergias|mora|trabalha|dorme|come|sente|sentiu|piora|melhora)\b/;

/**
 * What a text generator must hold beyond the check of every sentence: the form of a note, each word said
 * by the person whose word it would be (as it is, in another form, or as the lay word of a clinical one),
 * and the polarity of the very clauses that it shares words with. Nothing of it looks for attacks: what
 * was not said cannot be written, whoever asked for it.
 */
export function whyUngenerated(
  { section, text, transcriptionIds }: DraftSentence,
  utterances: ReadonlyMap<string, Utterance>,
  expand: Expander,
): Ungenerated | undefined {
  const claim = text.replace(/"[^"]*"/g, ' ');
  const said = words(claim).join(' ');
  if (text.length > longest || foreign.test(claim)) return 'form';
  const cited = transcriptionIds.flatMap((id) => utterances.get(id) ?? []);
  const patients = section === 'subjetivo';
  if (patients && (!reported.test(said) || sentences(claim).some((one) => one.isAdvice))) {
    return 'form';
  }
  const own = cited.filter(({ speaker }) => (speaker === 'MEDICO') !== patients);
  if (own.length === 0) return patients ? 'not_the_patient' : 'not_the_doctor';
  // In a patient's report the doctor's questions lend their words to the answer; elsewhere only the
  // doctor's own words count.
  const clauses = clausesOf(patients ? cited : own);
  const known = new Set(clauses.flatMap((clause) => clause.words));
  const clinical = expand([...known]);
  const content = contentOf(claim);
  const unsaid = content.some((word) => !isSaid(word, known) && !clinical.has(word));
  if (unsaid) return 'words';
  return agrees(claim, clauses, expand) ? undefined : 'polarity';
}

/** Words that a note is made of and that nobody has to say. They carry no finding. */
const frame = new Set(
  (
    'nega refere relata paciente queixa principal acompanhante informa descreve relatou referiu negou conta apresenta ' +
    'impressao dita pelo medico orientacao dito orientado orientada orientacoes solicitado solicitada solicitar prescrito ' +
    'prescrita prescrever inicio duracao frequencia localizacao carater intensidade fatores antecedentes historia familiar ' +
    'quadro associado associada evolui desde para como pelo pela quando uso tomar toma usa faz cerca'
  ).split(' '),
);
const shortWord = 3;

function contentOf(text: string): string[] {
  return words(text).filter(
    (word) => word.length > shortWord && !frame.has(word) && !denials.has(word) && !/\d/.test(word),
  );
}

/** The word itself, or a form of it: the same beginning, and an ending of at most four letters. */
function isSaid(word: string, said: ReadonlySet<string>): boolean {
  if (said.has(word)) return true;
  const root = word.slice(0, Math.max(4, word.length - 4));
  return [...said].some(
    (other) =>
      other.length >= 4 && other.startsWith(root) && Math.abs(other.length - word.length) <= 4,
  );
}

interface Clause {
  words: string[];
  /** Undefined for what was asked and not settled by yes or no: it lends words and claims nothing. */
  denied: boolean | undefined;
}

const denials = new Set(
  'nao nega negou negam sem nunca nem nenhum nenhuma jamais ninguem nada'.split(' '),
);
const parts = /[,;:]|\s+(?:mas|porém|porem|só que)\s+/iu;

/** What was said, clause by clause; a question takes the polarity of its answer. */
function clausesOf(cited: readonly Utterance[]): Clause[] {
  const found: Clause[] = [];
  let asked: Clause[] = [];
  let inQuestion: readonly Token[] = [];
  for (const utterance of cited) {
    for (const statement of statementsOf(utterance)) {
      const question = utterance.speaker === 'MEDICO' && statement.sentence.isQuestion;
      const here = statement.raw.split(parts).map((part): Clause => {
        const said = words(part);
        const denied = said.some((word) => denials.has(word));
        return { words: said, denied: question ? undefined : denied };
      });
      if (question) {
        asked = here;
        inQuestion = statement.tokens;
      } else {
        const { tokens } = statement;
        const answer = plainAnswer(tokens, inQuestion) ?? leadingAnswer(tokens, inQuestion)?.answer;
        if (answer !== undefined && holdsForAll(inQuestion, answer)) {
          for (const clause of asked) clause.denied = answer === 'no';
        }
        carryDenial(here);
        if (answer !== undefined) asked = [];
      }
      found.push(...here);
    }
  }
  return found;
}

const turns = new Set('mas tenho tem estou esta so apenas refere relata com sinto'.split(' '));

/** "Não tenho febre, tosse, nem dor": the denial goes on until something is affirmed. */
function carryDenial(clauses: readonly Clause[]): void {
  let denied = false;
  for (const clause of clauses) {
    if (clause.denied) denied = true;
    else if (turns.has(clause.words[0] ?? '')) denied = false;
    else clause.denied = denied;
  }
}

/** Each part of a claim denies or affirms as at least one clause does that it shares words with. */
function agrees(claim: string, said: readonly Clause[], expand: Expander): boolean {
  const claimed = claim.split(parts).map((part): Clause => {
    const own = words(part);
    return { words: contentOf(part), denied: own.some((word) => denials.has(word)) };
  });
  carryDenial(claimed);
  return claimed
    .filter((part) => part.words.length > 0)
    .every((part) => {
      const about = said.filter((clause) => {
        const known = new Set(clause.words);
        const clinical = expand(clause.words);
        return part.words.some((word) => isSaid(word, known) || clinical.has(word));
      });
      return about.some((clause) => clause.denied === part.denied);
    });
}
