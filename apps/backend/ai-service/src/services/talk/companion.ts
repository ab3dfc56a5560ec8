import type { Speaker } from '@medcall/shared-types/roles';
import { isNegatedBefore } from '../text/negation.ts';
import { findPhrase, phrases } from '../text/phrase.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import { findingNouns } from './finding-words.ts';
import { persons, speaksOfThird } from './whose.ts';

const kin = `${persons}|sobrinho|sobrinha|afilhado|afilhada`;
const carers = 'cuidador|cuidadora|acompanhante';

/**
 * "Sou a Célia, esposa dele", "aqui quem fala é o filho da dona Irene", "eu cuido dele". "Quem me trouxe é a filha da
 * vizinha" and "sou cuidadora de idosos" introduce nobody who speaks for the patient.
 */
const introduces = phrases(`
  sou a|o|um|uma? ${kin} do|da
  sou ~~ ${kin}|${carers} dele|dela
  sou|falo o|a acompanhante|responsavel
  aqui|falando e a|o ~ ${kin}|${carers} dele|dela|do|da
  quem fala|falando aqui? e a|o ~ ${kin}|${carers} dele|dela|do|da
  quem esta|ta falando|aqui e a|o ~ ${kin}|${carers} dele|dela|do|da
`);
/** "Quem está aí com ele?", asked by the doctor. */
const asksWho = phrases(`
  quem ~ fala|falando|falo|comigo|ai|acompanha|acompanhando|veio|responde
`);
/** "É a filha dela", "com a esposa dele": who it is, in answer to that. */
const answersWho = phrases(`
  com|e|sou? a|o ~ ${kin}|${carers} dele|dela
`);

/** "Estou com dor", "machuquei": what somebody comes for himself. */
const feels = phrases(`
  estou|to|tou|ando|fiquei|comecei|acordei|sinto|senti
  tenho ~ dor|dores|tosse|febre|falta|tontura|coceira|ardencia|enjoo
`);
const ownTrouble = phrases(`
  me machuquei|cortei|queimei
  me doi|coca|arde
  doi|doendo|coca|cocando|arde|ardendo ~ meu|minha
  meu|minha ~ doi|doendo|coca|cocando|arde|ardendo|inchou|inchado|inchada
`);
const nearFinding = 4;
/** "Minha mãe …": the speaker's people, of whom "ela" goes on. */
const ownPeople = phrases(`
  meu|minha|meus|minhas ~ ${kin}
`);
const anyPerson = phrases(`
  ${kin}
`);
const caresFor = phrases('eu cuido dele|dela');
const pronouns = new Set(['ele', 'ela', 'dele', 'dela']);

const onPatientsChannel: ReadonlySet<Speaker> = new Set<Speaker>(['PACIENTE']);
export const besideDoctor: ReadonlySet<Speaker> = new Set<Speaker>(['PACIENTE', 'UNKNOWN']);

/**
 * True when somebody says that he speaks for the patient, and does not come for himself.
 * @param heard whose words are read; in person a companion mostly is UNKNOWN
 */
export function companionSpeaks(
  utterances: readonly Utterance[],
  heard: ReadonlySet<Speaker> = onPatientsChannel,
): boolean {
  const follow = followCompanion(heard);
  return utterances.reduce((_, utterance) => follow(utterance), false);
}

/** Gives after one utterance and another whether a companion speaks by now. */
export function followCompanion(heard: ReadonlySet<Speaker>): (utterance: Utterance) => boolean {
  let introduced = false;
  let asked = false;
  let named = false;
  let own: boolean | undefined;
  return ({ speaker, text }) => {
    const said = sentences(text);
    if (speaker === 'MEDICO') {
      asked = said.some(({ words }) => findPhrase(asksWho, words) !== undefined);
    } else if (heard.has(speaker)) {
      for (const sentence of said) {
        named ||= findPhrase(ownPeople, sentence.words) !== undefined;
        introduced ||= introducesSpeaker(sentence, asked, named);
        // Whoever tells first of "eu" what is the matter is the patient, whomever else he cares for.
        own ??= comesForHimself(sentence, named && !introduced);
      }
      asked = false;
    }
    return introduced && own !== true;
  };
}

/** "Ela está", not "a senhora atendeu ela". */
function isSubject(word: string, at: number, said: readonly string[]): boolean {
  return (word === 'ele' || word === 'ela') && at + 1 < said.length;
}

/** "Sou o filho dela, ela está com tosse": the person named is the one who speaks. */
export function introducesCompanion({ words }: Sentence): boolean {
  return findPhrase(introduces, words) !== undefined;
}

function introducesSpeaker(sentence: Sentence, asked: boolean, named: boolean): boolean {
  const { words } = sentence;
  if (introducesCompanion(sentence)) return true;
  // "Minha mãe é acamada, eu cuido dela" tells of the patient's own household.
  if (!named && findPhrase(caresFor, words)) return true;
  return asked && findPhrase(answersWho, words)?.start === 0;
}

/** Whose trouble a sentence tells: the speaker's (true), that of "ele" who is nobody of his own (false), or none. */
function comesForHimself(sentence: Sentence, named: boolean): boolean | undefined {
  const { words } = sentence;
  if (words.some((word) => pronouns.has(word))) {
    const introduces = introducesCompanion(sentence);
    const ofThird = introduces ? words.some(isSubject) : speaksOfThird(sentence);
    return !named && ofThird ? false : undefined;
  }
  if (findPhrase(ownPeople, words)) return undefined;
  if (findPhrase(ownTrouble, words)) return true;
  const verb = findPhrase(feels, words);
  if (!verb || isNegatedBefore(sentence, verb)) return undefined;
  const near = words.slice(verb.start, verb.end + nearFinding);
  return near.some((word) => findingNouns.has(word)) ? true : undefined;
}

/**
 * True when what was told first, behind a question of the doctor's, is the trouble of an "ele" whom nobody has named:
 * whoever answers so tells of the patient.
 */
export function opensWithThird(utterances: readonly Utterance[]): boolean {
  const first = utterances.findIndex(
    ({ speaker, text }) => speaker !== 'MEDICO' && sentences(text).some(namesFinding),
  );
  if (!utterances.slice(0, Math.max(first, 0)).some(({ speaker }) => speaker === 'MEDICO'))
    return false;
  const told = sentences(utterances[first]?.text ?? '').find(namesFinding);
  return told !== undefined && speaksOfPatient(told);
}

/** "Como ele está?", "ele tem asma": of a third person whom the sentence itself does not name. */
export function speaksOfPatient(sentence: Sentence): boolean {
  return speaksOfThird(sentence) && !findPhrase(anyPerson, sentence.words);
}

function namesFinding({ words }: Sentence): boolean {
  return words.some((word) => findingNouns.has(word));
}
