import type { Audience } from '../../bank/complaint.ts';
import { besideDoctor, companionSpeaks } from '../talk/companion.ts';
import { withoutAddress } from '../talk/whose.ts';
import { words } from '../text/fold.ts';
import { findAll, findPhrase, phrases, type Span } from '../text/phrase.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';

/** What is known of the person who is being cared for; undefined means unknown. */
export interface PatientContext {
  ageYears?: number;
  sex?: 'F' | 'M';
}

const childUntilYears = 12;

/** True when a companion speaks for a child: then "eu" on the patient's channel is not the patient. */
export function isChild({ ageYears }: PatientContext): boolean {
  return ageYears !== undefined && ageYears < childUntilYears;
}

const guardianToDoctor = phrases(`
  meu|minha|nosso|nossa filho|filha|filhinho|filhinha|bebe|nenem|neto|neta|menino|menina|pequeno|pequena ~ esta|ta|tem|teve|comecou|nao|ficou|anda|vem|com|de|que|acordou
  o nenem
  a crianca
  # aninhos|mesinhos
`);
const ageOfChild = phrases(`
  ele|ela|filho|filha|bebe|neto|neta|menino|menina ~ # anos|ano|meses|mes|aninhos
`);
/** "Ela tem diabetes há dez anos", "teve um derrame dois anos atrás": no age. */
const sinceWhen = new Set('ha faz fazem durante por desde teve operou tomou'.split(' '));
const doctorToGuardian = phrases(`
  mae|pai|avo|responsavel|mamae|papai|vovo do|da|de|dele|dela
  a|da|essa crianca
  quantos anos|meses ~ ele|ela|tem|crianca
  quanto ele|ela|crianca ~ pesa|pesando
`);
const pregnancy = phrases(`
  gravid*|gestante|gestacao
  pre natal
  prenatal
`);
/** "Como foi a gravidez dela?", "tive pressão alta na gravidez dele": a pregnancy that is over, part of a child's history. */
const pastPregnancy = phrases(`
  gravid*|gestacao|natal|prenatal ~ dele|dela|deles|delas
  como foi|correu ~~ gravid*|gestacao|natal|prenatal
  fez|fiz|fizeram|teve|tive|estava|foi|era|tomou|tomei ~~ gravid*|gestacao|natal|prenatal
  gravid*|gestacao|natal|prenatal ~ foi|correu|teve|tive|normal|tranquil*|completo
`);
/** What makes a speaker the patient: what he has, feels or takes. */
const tellsOfSelf = phrases(`
  sinto|senti|tomo|durmo|desmaiei|escorreguei|tusso|urino|vomitei
  eu cai|bati
  tenho|tive ~ dor|tosse|febre|falta|tontura|pressao|diabet*|asma
  estou|to|tou|ando|fiquei com dor|febre|tosse|falta|tontura|enjoo
  meu|minha peito|cabeca|barriga|joelho|perna|coluna|pressao|braco|pe|garganta|pescoco|costas
  me doi
  doi|doendo meu|minha
`);
/** "Moro com a minha filha, que me ajuda": of the speaker's household. */
const livesWith = phrases(`
  moro|morando|vivo|vivendo com
`);
/** "O bebê não mexeu" is said of the unborn, "mexe na orelha" of a child: less than an age that is told. */
const unbornAsked = phrases(`
  bebe ~ mexe*|mexendo|mexeu
  de quantas semanas a? voce|senhora|esta
  quantas semanas a? voce|senhora esta agora|hoje
  voce|senhora|esta de quantas semanas
`);
const unbornTold = phrases(`
  bebe nao ~ mexendo|mexeu
  bebe parou ~ mexer
  bebe ~ mexe*|mexendo|mexeu menos|pouco|normal|desde
  bebe ~ mexe*|mexendo|mexeu ~ barriga
`);
const yearsOf = phrases(`
  tem # anos|ano|aninhos
`);

const numerals: Record<string, number> = {
  um: 1,
  uma: 1,
  dois: 2,
  duas: 2,
  tres: 3,
  quatro: 4,
  cinco: 5,
  seis: 6,
  sete: 7,
  oito: 8,
  nove: 9,
  dez: 10,
  onze: 11,
  doze: 12,
};
const presumedChildYears = 4;

/**
 * Who the talk is about. A guardian speaks on the patient's channel, and the card on file may be the
 * guardian's: what is said in the room outweighs the card.
 */
export function patientInTalk(
  onFile: PatientContext,
  utterances: readonly Utterance[],
): PatientContext {
  // The card of a child is the child's; how its guardian is addressed says nothing of it.
  if (isChild(onFile)) return onFile;
  const child = childYears(utterances);
  if (child !== undefined) return { ageYears: child };
  // Where a companion listens, the doctor says "o senhor" to him.
  const addressed = companionSpeaks(utterances, besideDoctor)
    ? undefined
    : sexByAddress(utterances);
  const sex = addressed ?? onFile.sex;
  return {
    ...(onFile.ageYears === undefined ? {} : { ageYears: onFile.ageYears }),
    ...(sex === undefined ? {} : { sex }),
  };
}

function childYears(utterances: readonly Utterance[]): number | undefined {
  let pregnant = false;
  let child = false;
  let ofSelf = false;
  let years: number | undefined;
  for (const { speaker, text } of utterances) {
    const said = sentences(text);
    pregnant ||= said.some(tellsOfPregnancy);
    // "Meu bebê não mexe" is said of the unborn; beside a child whose age was told, the mother is pregnant.
    if (pregnant && years === undefined) return undefined;
    child ||= said.some((sentence) => callsChildPatient(sentence, speaker, ofSelf));
    if (speaker === 'MEDICO') continue;
    ofSelf ||=
      !child && said.some(({ words: told }) => findPhrase(tellsOfSelf, told) !== undefined);
    for (const sentence of said) {
      const told = withoutAddress(sentence);
      const aged = ofSelf || findPhrase(livesWith, told) ? undefined : ageToldIn(told);
      const span = aged ?? (child ? findPhrase(yearsOf, told) : undefined);
      if (!span) continue;
      const age = ageIn(told.slice(span.start, span.end));
      if (age === undefined && aged) return undefined;
      if (age === undefined) continue;
      years = age;
      child ||= aged !== undefined;
    }
  }
  if (!child) return undefined;
  return years ?? (utterances.some(tellsOfUnborn) ? undefined : presumedChildYears);
}

function ageToldIn(told: readonly string[]): Span | undefined {
  return findAll(ageOfChild, told).find(
    ({ start, end }) =>
      told[end] !== 'atras' && !told.slice(start, end).some((word) => sinceWhen.has(word)),
  );
}

function tellsOfPregnancy({ words: said }: Sentence): boolean {
  return findPhrase(pregnancy, said) !== undefined && findPhrase(pastPregnancy, said) === undefined;
}

/** Whether a sentence makes a child the patient: by how the doctor addresses the listener, or by what a guardian tells. */
function callsChildPatient(
  sentence: Sentence,
  speaker: Utterance['speaker'],
  ofSelf: boolean,
): boolean {
  const told = withoutAddress(sentence);
  if (speaker === 'MEDICO' && callsGuardian(sentence)) return true;
  if (speaker !== 'PACIENTE' && findPhrase(doctorToGuardian, told)) return true;
  if (speaker === 'MEDICO' || ofSelf || findPhrase(livesWith, told)) return false;
  return findPhrase(guardianToDoctor, told) !== undefined;
}

function tellsOfUnborn({ speaker, text }: Utterance): boolean {
  return sentences(text).some(
    ({ isQuestion, words: said }) =>
      findPhrase(unbornTold, said) !== undefined ||
      (speaker === 'MEDICO' && isQuestion && findPhrase(unbornAsked, said) !== undefined),
  );
}

const guardians = new Set('mae maezinha mamae pai paizinho papai vovo'.split(' '));

/** "Boa noite, mãe." */
function callsGuardian({ clauses, words: said }: Sentence): boolean {
  return said.some(
    (word, at) =>
      guardians.has(word) && clauses.has(at) && (clauses.has(at + 1) || at + 1 === said.length),
  );
}

/** Years in "tem quatro anos" or "oito meses"; undefined for the age of a grown-up. */
function ageIn(said: readonly string[]): number | undefined {
  const unit = said.at(-1) ?? '';
  const number = said
    .map((word) => numerals[word] ?? (/^\d+$/.test(word) ? Number(word) : undefined))
    .findLast((value) => value !== undefined);
  if (number === undefined) return undefined;
  const years = unit.startsWith('mes') ? number / 12 : number;
  return years < 18 ? years : undefined;
}

/** "O senhor" or "a senhora", as the doctor says it. */
function sexByAddress(utterances: readonly Utterance[]): 'F' | 'M' | undefined {
  let balance = 0;
  for (const { speaker, text } of utterances) {
    if (speaker === 'PACIENTE') continue;
    for (const word of words(text)) {
      if (word === 'senhora' || word === 'dona') balance += 1;
      if (word === 'senhor') balance -= 1;
    }
  }
  if (balance === 0) return undefined;
  return balance > 0 ? 'F' : 'M';
}

/** True unless what is known of the patient rules the audience out. */
export function concerns(audience: Audience | undefined, patient: PatientContext): boolean {
  if (audience === undefined) return true;
  const { ageYears, sex } = patient;
  if (ageYears !== undefined) {
    if (audience.minYears !== undefined && ageYears < audience.minYears) return false;
    if (audience.maxYears !== undefined && ageYears > audience.maxYears) return false;
  }
  return audience.sex === undefined || sex === undefined || audience.sex === sex;
}
