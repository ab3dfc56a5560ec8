import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import { isChild, type PatientContext } from '../questions/patient-context.ts';
import { readTalk } from '../questions/read-talk.ts';
import { companionSpeaks } from '../talk/companion.ts';
import type { Utterance } from '../utterance.ts';
import { doctorSentences } from './doctor-words.ts';
import type { DraftSentence } from './draft-sentence.ts';
import { lastNamed, type NamedPerson } from './spoken-of.ts';
import { subjectiveOf } from './subjective.ts';
import { readTurns } from './turns.ts';

/** What brought the patient is said among the first replies; later it is a detail. */
const openingReplies = 4;

/**
 * A note from nothing but the transcript's words: sentences are taken over, turned into the third person
 * where their whole form is understood, and quoted where it is not. Nothing is concluded.
 */
export function extractNote(
  onFile: PatientContext,
  utterances: readonly Utterance[],
): DraftSentence[] {
  const talk = readTalk(onFile, utterances);
  const complaints = talk.complaints.map(({ complaint }) => complaint);
  const patientIsChild = isChild(talk.patient);
  const companion = !patientIsChild && companionSpeaks(utterances);
  const drafted: DraftSentence[] = [];
  let planning = false;
  let replies = 0;
  let named: NamedPerson | undefined;
  for (const turn of readTurns(utterances, complaints)) {
    if (turn.kind === 'doctor') {
      planning ||= turn.statements.some((statement) => statement.sentence.isAdvice);
      drafted.push(...doctorSentences(turn));
    } else {
      const opening = replies < openingReplies && !drafted.some((sentence) => sentence.opening);
      replies += 1;
      const context = { complaints, patientIsChild, companion, planning, opening };
      drafted.push(...subjectiveOf(turn, named === undefined ? context : { ...context, named }));
      named = lastNamed([...(turn.asked?.questions ?? []), ...turn.statements]) ?? named;
    }
  }
  return inOrder(onlyOnce(drafted));
}

/** The same sentence said twice is one sentence that rests on both. */
function onlyOnce(drafted: readonly DraftSentence[]): DraftSentence[] {
  const kept = new Map<string, DraftSentence>();
  for (const sentence of drafted) {
    const key = `${sentence.section} ${sentence.text}`;
    const before = kept.get(key);
    const ids = [...(before?.transcriptionIds ?? []), ...sentence.transcriptionIds];
    kept.set(key, { ...(before ?? sentence), transcriptionIds: [...new Set(ids)] });
  }
  return [...kept.values()];
}

/** After the history of what brought the patient: what he brings along, in the order of a chart. */
const background: readonly AnamnesisTopic[] = [
  'antecedentes',
  'medicacoes',
  'adesao',
  'efeitos_adversos',
  'medidas_em_casa',
  'alergias',
  'habitos',
  'gestacao',
  'vacinas',
  'rastreios',
  'historia_familiar',
  'contatos',
  'rede_apoio',
];

function inOrder(drafted: readonly DraftSentence[]): DraftSentence[] {
  const place = ({ opening, section, topic }: DraftSentence) =>
    opening ? -2 : section === 'subjetivo' && topic !== undefined ? background.indexOf(topic) : -1;
  return drafted
    .map((sentence, at) => ({ sentence, at }))
    .sort((a, b) => place(a.sentence) - place(b.sentence) || a.at - b.at)
    .map(({ sentence }) => sentence);
}
