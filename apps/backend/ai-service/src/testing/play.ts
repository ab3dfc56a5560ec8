import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { PatientContext } from '../services/questions/patient-context.ts';
import { type OfferedQuestion, openQuestions } from '../services/questions/place-questions.ts';
import { readTalk } from '../services/questions/read-talk.ts';
import { type ChosenQuestion, selectQuestions } from '../services/questions/select-questions.ts';
import type { Utterance } from '../services/utterance.ts';

export interface PlayedOffer {
  chosen: ChosenQuestion;
  /** Index of the utterance after which it was offered. */
  after: number;
  /** Topics that were covered by then. */
  coveredBefore: Set<AnamnesisTopic>;
}

export interface Played {
  offers: PlayedOffer[];
  /** Most questions that were open at the same time. */
  mostOpen: number;
  /** Topics on the doctor's screen after each utterance. */
  screens: string[][];
}

/** Feeds a dialogue utterance by utterance, as the realtime service does. */
export function play(utterances: readonly Utterance[], patient: PatientContext = {}): Played {
  const offers: PlayedOffer[] = [];
  const offered: OfferedQuestion[] = [];
  const screens: string[][] = [];
  let mostOpen = 0;
  utterances.forEach((utterance, at) => {
    const sofar = utterances.slice(0, at + 1);
    const talk = readTalk(patient, sofar);
    for (const one of offered) one.age += 1;
    if (utterance.speaker === 'MEDICO' && !talk.planning) {
      screens.push(openQuestions(offered, talk.coverage).map(({ topic }) => topic));
      return;
    }
    const selection = selectQuestions({ ...talk, offered, utterances: sofar.length });
    for (const one of selection.retired) one.status = 'dismissed';
    for (const chosen of selection.chosen) {
      const coveredBefore = new Set(talk.coverage.keys());
      offers.push({ chosen, after: at, coveredBefore });
      offered.push({
        id: `${at}-${chosen.question.topic}`,
        topic: chosen.question.topic,
        question: chosen.question.ask,
        redFlag: chosen.question.redFlag ?? false,
        status: 'shown',
        age: 0,
      });
    }
    const open = openQuestions(offered, talk.coverage);
    screens.push(open.map(({ topic }) => topic));
    mostOpen = Math.max(mostOpen, open.length);
  });
  return { offers, mostOpen, screens };
}
