import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import { questionBank } from '../../bank/question-bank.ts';
import { sectionOf, type TopicSection } from '../../bank/topic-sections.ts';
import { type Coverage, readCoverage } from '../coverage.ts';
import { words } from '../text/fold.ts';
import { sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import { type ActiveComplaint, detectComplaints } from './detect-complaints.ts';
import { sectionsInRun } from './doctor-run.ts';
import { isChild, type PatientContext, patientInTalk } from './patient-context.ts';

const statementWords = 6;

/** Everything that the embedded engine understands of a talk so far. */
export interface TalkState {
  patient: PatientContext;
  complaints: ActiveComplaint[];
  coverage: Coverage;
  planning: boolean;
  /** Sections of the anamnesis that the doctor is asking about himself just now. */
  inRun: ReadonlySet<TopicSection>;
  /** Sections in which he has asked something so far. */
  visited: ReadonlySet<TopicSection>;
}

/** Reads a transcript: whom it is about, what for, what was covered, and whether the doctor plans already. */
export function readTalk(onFile: PatientContext, utterances: readonly Utterance[]): TalkState {
  const patient = patientInTalk(onFile, utterances);
  const found = detectComplaints(questionBank.complaints, utterances, patient);
  const known = found.map(({ complaint }) => complaint);
  const coverage = readCoverage(utterances, known, isChild(patient), onFile.sex);
  const planning = isPlanning(utterances);
  const complaints =
    found.length > 0 || !(planning || hasSubstance(utterances))
      ? found
      : [{ complaint: questionBank.fallback, share: 1 }];
  return {
    patient,
    complaints,
    coverage,
    planning,
    inRun: sectionsInRun(utterances, known),
    visited: sectionsAsked(coverage),
  };
}

function sectionsAsked(coverage: Coverage): Set<TopicSection> {
  const asked = [...coverage].filter(([, { askedIn }]) => askedIn !== undefined);
  return new Set(asked.map(([topic]) => sectionOf(topic)));
}

/** Greetings and sound checks call for no question yet. */
function hasSubstance(utterances: readonly Utterance[]): boolean {
  const statements = utterances.filter(
    ({ speaker, text }) => speaker !== 'MEDICO' && words(text).length >= statementWords,
  );
  return statements.length >= 2;
}

function isPlanning(utterances: readonly Utterance[]): boolean {
  return utterances
    .slice(2)
    .some(
      ({ speaker, text }) =>
        speaker === 'MEDICO' && sentences(text).some((sentence) => sentence.isAdvice),
    );
}

/** Topics that the complaints of this talk call for. */
export function wantedTopics(complaints: readonly ActiveComplaint[]): Set<AnamnesisTopic> {
  return new Set(
    complaints.flatMap(({ complaint }) => complaint.questions.map((question) => question.topic)),
  );
}
