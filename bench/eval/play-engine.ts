import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { GuidelineSource } from '@medcall/shared-types/suggestion';
import type { PatientContext } from '../../apps/backend/ai-service/src/services/questions/patient-context.ts';
import {
  type OfferedQuestion,
  openQuestions,
  placeQuestions,
} from '../../apps/backend/ai-service/src/services/questions/place-questions.ts';
import type { QuestionEngine } from '../../apps/backend/ai-service/src/services/questions/question-engine.ts';
import { readTalk } from '../../apps/backend/ai-service/src/services/questions/read-talk.ts';
import { waits } from '../../apps/backend/ai-service/src/services/questions/select-questions.ts';
import type { Utterance } from '../../apps/backend/ai-service/src/services/utterance.ts';

export interface EngineOffer {
  topic: AnamnesisTopic;
  source: GuidelineSource;
  /** Index of the utterance after which it was offered. */
  after: number;
}

export interface EnginePlay {
  offers: EngineOffer[];
  /** Topics on the doctor's screen after each utterance. */
  screens: string[][];
  /** Answers that the embedded engine gave in the measured one's place. */
  fallbacks: number;
}

/** Feeds a consultation to an engine utterance by utterance, and places its questions as the service does. */
export async function playEngine(
  engine: QuestionEngine,
  consultationId: string,
  utterances: readonly Utterance[],
  patient: PatientContext,
): Promise<EnginePlay> {
  const played: EnginePlay = { offers: [], screens: [], fallbacks: 0 };
  const offered: OfferedQuestion[] = [];
  for (const [at, utterance] of utterances.entries()) {
    const sofar = utterances.slice(0, at + 1);
    const talk = readTalk(patient, sofar);
    for (const one of offered) one.age += 1;
    if (utterance.speaker !== 'MEDICO' || talk.planning) {
      const request = { consultationId, talk, utterances: sofar, offered, passages: [] };
      const proposal = await engine.propose(request);
      if (proposal.run.fallbackReason !== null) played.fallbacks += 1;
      const state = { ...talk, offered, utterances: sofar.length };
      const ranked = proposal.rank(state).map((one) => ({ ...one, waits: waits(one, state) }));
      const { chosen, retired } = placeQuestions(ranked, state);
      for (const one of retired) one.status = 'dismissed';
      for (const { question, redFlag, source, topic } of chosen) {
        played.offers.push({ topic, source: source(), after: at });
        offered.push({ id: `${at}-${topic}`, topic, question, redFlag, status: 'shown', age: 0 });
      }
    }
    played.screens.push(openQuestions(offered, talk.coverage).map(({ topic }) => topic));
  }
  return played;
}
