import type { Complaint } from '../../bank/complaint.ts';
import { termsIn } from '../../bank/complaint-terms.ts';
import { topicWording } from '../../bank/topics/all-topics.ts';
import { companionSpeaks } from '../talk/companion.ts';
import { isOfSpeakerHimself, speaksOfThird } from '../talk/whose.ts';
import { findIn } from '../text/find-in.ts';
import { isNegatedBefore, isNegatedBehind } from '../text/negation.ts';
import type { Span } from '../text/phrase.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import { concerns, type PatientContext } from './patient-context.ts';

/** A complaint that the talk is about, with how much it is (1 for the chief one). */
export interface ActiveComplaint {
  complaint: Complaint;
  share: number;
}

const openingStatements = 3;
const weights = { opening: 1, later: 0.5, background: 0.15, doctor: 0.35 } as const;
const enough = 0.9;
const vagueness = 0.6;
/** Below this part of the chief complaint's score it is a side remark. */
const sideRemark = 0.34;

/**
 * Complaints of the talk, chief one first. What the patient says first weighs most; what answers a
 * question about old diseases or family hardly counts; what is denied does not.
 */
export function detectComplaints(
  complaints: readonly Complaint[],
  utterances: readonly Utterance[],
  patient: PatientContext,
): ActiveComplaint[] {
  const eligible = complaints.filter((complaint) => concerns(complaint.audience, patient));
  const scores = new Map<Complaint, number>();
  let statements = 0;
  const companion = companionSpeaks(utterances);
  let background = false;
  let ofPatient = false;
  for (const utterance of utterances) {
    const said = sentences(utterance.text);
    if (utterance.speaker === 'MEDICO') {
      background = said.some(asksBackground);
      ofPatient = said.some(speaksOfThird);
      score(eligible, said, weights.doctor, scores, isDenied);
      presume(eligible, said, scores);
      continue;
    }
    if (said.reduce((count, sentence) => count + sentence.words.length, 0) >= 5) statements += 1;
    const opening = statements <= openingStatements ? weights.opening : weights.later;
    // Asked how the patient is, the companion tells of his own illness beside it.
    const aside =
      companion && ofPatient
        ? (sentence: Sentence, span: Span) =>
            isDenied(sentence, span) || isOfSpeakerHimself(sentence, span)
        : isDenied;
    score(eligible, said, background ? weights.background : opening, scores, aside);
    background = false;
  }
  return ranked(scores);
}

function isDenied(sentence: Sentence, span: Span): boolean {
  return isNegatedBefore(sentence, span) || isNegatedBehind(sentence, span);
}

function asksBackground(sentence: Sentence): boolean {
  return (
    sentence.isQuestion &&
    !sentence.isInvitation &&
    [topicWording.antecedentes, topicWording.historia_familiar, topicWording.medicacoes].some(
      (wording) => findIn(wording.asked, sentence) !== undefined,
    )
  );
}

function score(
  complaints: readonly Complaint[],
  said: readonly Sentence[],
  weight: number,
  scores: Map<Complaint, number>,
  leftOut: (sentence: Sentence, span: Span) => boolean,
): void {
  for (const sentence of said) {
    if (sentence.isAdvice) continue;
    const named = complaints.map((complaint) => ({
      complaint,
      spans: termsIn(complaint, sentence).filter((span) => !leftOut(sentence, span)),
    }));
    const exact = named.flatMap(({ complaint, spans }) => (complaint.vague ? [] : spans));
    for (const { complaint, spans } of named) {
      // "Uma ferida no pênis" is what the exact complaint says it is, and no skin trouble beside it.
      const hits = complaint.vague ? spans.filter((span) => !exact.some(within(span))) : spans;
      // A second hit in the same sentence is often the same words read twice.
      if (hits.length === 0) continue;
      const gain = weight * (hits.length > 1 ? 1.25 : 1);
      scores.set(complaint, (scores.get(complaint) ?? 0) + gain);
    }
  }
}

/** True of a longer span that holds this one. */
function within(short: Span): (long: Span) => boolean {
  return (long) =>
    long.start <= short.start &&
    long.end >= short.end &&
    long.end - long.start > short.end - short.start;
}

/** Asked so, it is known to be there, whatever the patient came with. */
function presume(
  complaints: readonly Complaint[],
  said: readonly Sentence[],
  scores: Map<Complaint, number>,
): void {
  for (const complaint of complaints) {
    const { presumed } = complaint;
    if (!presumed || !said.some((sentence) => findIn(presumed, sentence) !== undefined)) continue;
    scores.set(complaint, Math.max(weights.opening, scores.get(complaint) ?? 0));
  }
}

function ranked(scores: ReadonlyMap<Complaint, number>): ActiveComplaint[] {
  const found = [...scores]
    .filter(([, value]) => value >= enough)
    .map(([complaint, value]) => [complaint, complaint.vague ? value * vagueness : value] as const)
    .sort((a, b) => b[1] - a[1]);
  const best = found[0]?.[1] ?? 1;
  return found
    .map(([complaint, value]) => ({ complaint, share: value / best }))
    .filter(({ share }) => share >= sideRemark);
}
