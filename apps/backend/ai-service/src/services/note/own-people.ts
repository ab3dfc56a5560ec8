import type { Complaint } from '../../bank/complaint.ts';
import type { Statement } from '../talk/statement.ts';
import { addresses, persons } from '../talk/whose.ts';
import { isBareAnswer } from '../talk/yes-no.ts';
import { findAll, findPhrase, phrases } from '../text/phrase.ts';
import { type Asked, type Reply, topicsOf } from './turns.ts';

/** The questions of a turn without those about the doctor's own people; `last`: the last one stands. */
export function askedOfPatient(
  { asked, statements }: Reply,
  complaints: readonly Complaint[],
): { asked: Asked | undefined; last: boolean } {
  if (!asked?.questions.some(speaksOfOwnPeople)) return { asked, last: true };
  const questions = asked.questions.filter((question) => !speaksOfOwnPeople(question));
  const last = questions.at(-1) === asked.questions.at(-1);
  const bare = statements.every(({ sentence }) => isBareAnswer(sentence.words));
  if (questions.length === 0 || (!last && bare)) return { asked: undefined, last };
  return { asked: { questions, topics: topicsOf(questions, complaints) }, last };
}

/** The doctor's own brother, told by way of a question, is nothing for the patient's record. */
function speaksOfOwnPeople(question: Statement): boolean {
  if (question.speaker !== 'MEDICO') return false;
  const { sentence } = question;
  const { words } = sentence;
  if (findAll(ownRelative, words).some((span) => !addresses(sentence, span))) return true;
  return findPhrase(hadRelative, words) !== undefined && !words.some((w) => secondPerson.has(w));
}

const ownRelative = phrases(`meu|minha|meus|minhas ${persons}`);
const hadRelative = phrases(`tive|tenho|tinha um|uma|dois|duas|tres? ${persons}`);
const secondPerson = new Set('seu sua seus suas senhor senhora voce dele dela'.split(' '));
