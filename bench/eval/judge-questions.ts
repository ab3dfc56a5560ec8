import type { GuidelineLibrary } from '../../apps/backend/ai-service/src/services/guidelines/library.ts';
import type { QuestionEngine } from '../../apps/backend/ai-service/src/services/questions/question-engine.ts';
import { readTalk } from '../../apps/backend/ai-service/src/services/questions/read-talk.ts';
import type { EvalConsultation } from '../../tests/eval/eval-format.ts';
import { onFile } from './consultations.ts';
import { type EngineOffer, playEngine } from './play-engine.ts';

export interface QuestionCounts {
  /** Questions on the screen at the checkpoints: at most three each. */
  shown: number;
  /** … whose topic is pertinent and open there. */
  pertinent: number;
  /** … whose topic was asked or told before. */
  covered: number;
  /** … whose topic the reference leaves to taste. */
  neutral: number;
  offers: number;
  /** Offered, and asked by the doctor himself in the seconds that followed. */
  askedSoon: number;
  /** Topics that were offered a second time. */
  repeats: number;
  redFlags: number;
  redFlagsMet: number;
  /** Utterances past the moment at which a flag was due, for each flag that was met. */
  delays: number[];
  citations: number;
  citationsValid: number;
  missedFlags: string[];
  /** Answers that the embedded engine gave in another's place. */
  fallbacks: number;
}

/** Plays a consultation and compares what was on the doctor's screen with the reference. */
export async function judgeQuestions(
  engine: QuestionEngine,
  consultation: EvalConsultation,
  library: GuidelineLibrary,
): Promise<QuestionCounts> {
  const { id, utterances, checkpoints, red_flags } = consultation;
  const place = new Map(utterances.map(({ id }, at) => [id, at]));
  const { fallbacks, offers, screens } = await playEngine(
    engine,
    id,
    utterances,
    onFile(consultation),
  );
  const counts: QuestionCounts = {
    shown: 0,
    pertinent: 0,
    covered: 0,
    neutral: 0,
    offers: offers.length,
    askedSoon: offers.filter((offer) => isAskedSoon(offer, consultation)).length,
    repeats: offers.length - new Set(offers.map(({ topic }) => topic)).size,
    redFlags: red_flags.length,
    redFlagsMet: 0,
    delays: [],
    citations: offers.length,
    citationsValid: offers.filter((offer) => isPassage(library, offer)).length,
    missedFlags: [],
    fallbacks,
  };
  for (const { after, asked, unasked } of checkpoints) {
    for (const topic of screens[place.get(after) ?? 0] ?? []) {
      counts.shown += 1;
      if (unasked.some((one) => one === topic)) counts.pertinent += 1;
      else if (asked.some((one) => one === topic)) counts.covered += 1;
      else counts.neutral += 1;
    }
  }
  for (const flag of red_flags) {
    const from = place.get(flag.raised_by) ?? 0;
    const due = place.get(flag.should_be_asked_after) ?? 0;
    // A question that was on the screen before stays there: it meets a flag that is raised later.
    const at = screens.findIndex((topics, when) => when >= from && topics.includes(flag.topic));
    const offered = offers.find(({ after, topic }) => after >= from && topic === flag.topic);
    const met = offered ? Math.min(offered.after, at === -1 ? offered.after : at) : at;
    if (met === -1) {
      counts.missedFlags.push(`${consultation.id}/${flag.key}`);
      continue;
    }
    counts.redFlagsMet += 1;
    counts.delays.push(Math.max(0, met - due));
  }
  return counts;
}

/** The doctor's next turn or two: what he asks there he would have asked anyway. */
const soon = 4;

function isAskedSoon({ after, topic }: EngineOffer, consultation: EvalConsultation): boolean {
  const soFar = consultation.utterances.slice(0, after + 1 + soon);
  const { coverage } = readTalk(onFile(consultation), soFar);
  return coverage.get(topic)?.askedIn !== undefined;
}

function isPassage(library: GuidelineLibrary, { source }: EngineOffer): boolean {
  const passage = library
    .document(source.documentId)
    ?.sections.find(({ heading }) => heading === source.section);
  return passage !== undefined && source.excerpt !== '' && passage.text.includes(source.excerpt);
}
