import { type Spread, spreadOf } from '@medcall/utils/eval/lag';
import {
  type SpeakerAccuracy,
  type SpokenSpan,
  speakerAccuracy,
  turnOf,
} from '@medcall/utils/eval/speaker-accuracy';
import {
  countWordErrors,
  poolWordErrors,
  type WordErrors,
  wordErrorRate,
} from '@medcall/utils/eval/word-errors';
import type { Reference } from './dialogue.ts';
import type { PlayedConsultation } from './play-consultation.ts';

export type Pertinence = 'unasked' | 'asked' | 'other';

export interface DialogueReport {
  dialogue: string;
  consultationId: string;
  engine: string | null;
  speed: number;
  audioSeconds: number;
  utterances: number;
  wer: number | null;
  wordErrors: WordErrors;
  bySpeaker: { speaker: string; wer: number | null; wordErrors: WordErrors }[];
  speakers: SpeakerAccuracy;
  /** End of speech to the first final text, see `lagsOf`. */
  lag: Spread | null;
  /** End of speech to the last revision of the same utterance. */
  settledLag: Spread | null;
  questions: { topic: string; question: string; pertinence: Pertinence; sources: number }[];
  /** Wall time from the first sample to the last final text, divided by the length of the audio. */
  realTimeFactor: number | null;
  pendingSecondsAtEnd: number | null;
  reconnections: number;
  leakedToPatient: number;
}

const speakers = ['MEDICO', 'PACIENTE'] as const;

/** Everything that the closing table says about one dialogue. */
export function measure(
  played: PlayedConsultation,
  reference: Reference,
  durationMs: number,
): DialogueReport {
  const offsetMs = played.startedAtMs - played.zeroAtMs;
  const turns = turnsOf(reference);
  const spans = played.transcript.map((item) => ({
    speaker: item.speaker,
    startMs: item.start_ms - offsetMs,
    endMs: item.end_ms - offsetMs,
    text: item.text,
  }));
  const bySpeaker = speakers.map((speaker) => {
    const wordErrors = countWordErrors(textOf(turns, speaker), textOf(spans, speaker));
    return { speaker, wer: wordErrorRate(wordErrors), wordErrors };
  });
  // What carries neither label was said by nobody in the reference: all of it counts as inserted.
  const unlabelled = countWordErrors('', textOf(spans, 'UNKNOWN'));
  const wordErrors = poolWordErrors([...bySpeaker.map((one) => one.wordErrors), unlabelled]);
  const lags = lagsOf(played, turns);
  const lastFinalMs = Math.max(
    ...played.transcriptions.filter(({ event }) => event.isFinal).map(({ atMs }) => atMs),
  );
  return {
    dialogue: reference.id,
    consultationId: played.consultation.id,
    engine: played.engine,
    speed: played.speed,
    audioSeconds: durationMs / 1000,
    utterances: spans.length,
    wer: wordErrorRate(wordErrors),
    wordErrors,
    bySpeaker,
    speakers: speakerAccuracy(spans, turns),
    lag: spreadOf(lags.first),
    settledLag: spreadOf(lags.settled),
    questions: played.suggestions.map(({ event }) => ({
      topic: event.topic,
      question: event.question,
      pertinence: pertinenceOf(event.topic, reference),
      sources: event.sources.length,
    })),
    realTimeFactor: Number.isFinite(lastFinalMs)
      ? (lastFinalMs - played.startedAtMs) / durationMs
      : null,
    pendingSecondsAtEnd: played.pendingSecondsAtEnd,
    reconnections: played.reconnections,
    leakedToPatient: played.leakedToPatient,
  };
}

export function turnsOf(reference: Reference): SpokenSpan[] {
  return reference.turns.map((turn) => ({
    speaker: turn.speaker,
    startMs: turn.start * 1000,
    endMs: turn.end * 1000,
    text: turn.text,
  }));
}

function textOf(spans: readonly SpokenSpan[], speaker: string): string {
  return spans
    .filter((span) => span.speaker === speaker)
    .sort((a, b) => a.startMs - b.startMs)
    .map((span) => span.text)
    .join(' ');
}

function pertinenceOf(topic: string, reference: Reference): Pertinence {
  if (reference.unasked_keys.includes(topic)) return 'unasked';
  return reference.asked_keys.includes(topic) ? 'asked' : 'other';
}

/** An utterance that ends this close to its turn's end is the turn's last: the turn says when speech ended. */
const turnEndToleranceMs = 1000;

/**
 * Seconds from end of speech to text on the doctor's socket, for each utterance that was not merely
 * a merger of earlier ones. Speech ends where the reference turn ends when the utterance closes the
 * turn; when it was cut inside the turn, at the utterance's own `endMs`. Both are on the sender's
 * clock, and so is the arrival: no clock of the server enters.
 */
export function lagsOf(
  played: PlayedConsultation,
  turns: readonly SpokenSpan[],
): { first: number[]; settled: number[] } {
  const offsetMs = played.startedAtMs - played.zeroAtMs;
  const first = new Map<string, number>();
  const settled = new Map<string, number>();
  for (const { event, atMs } of played.transcriptions) {
    if (!event.isFinal || (event.replaces?.length ?? 0) > 0) continue;
    const span = {
      speaker: event.speaker,
      startMs: event.startMs - offsetMs,
      endMs: event.endMs - offsetMs,
      text: event.text,
    };
    const own = turns.filter((turn) => turn.speaker === span.speaker);
    const seconds = arrivalLagSeconds(played, atMs, span, turnOf(span, own));
    if (!first.has(event.id)) first.set(event.id, seconds);
    settled.set(event.id, seconds);
  }
  return { first: [...first.values()], settled: [...settled.values()] };
}

/** Seconds from the end of speech to a text's arrival. @param turn the reference turn it is from */
export function arrivalLagSeconds(
  played: Pick<PlayedConsultation, 'startedAtMs' | 'speed'>,
  atMs: number,
  span: SpokenSpan,
  turn: SpokenSpan | null,
): number {
  const closes = turn !== null && span.endMs >= turn.endMs - turnEndToleranceMs;
  const speechEndMs = closes ? turn.endMs : span.endMs;
  return (atMs - (played.startedAtMs + speechEndMs / played.speed)) / 1000;
}

export interface PooledReport {
  wer: number | null;
  wordErrors: WordErrors;
  rightSpeakerShare: number | null;
  lag: Spread | null;
  questions: number;
  dialogues: DialogueReport[];
}

/** Sums of several dialogues. Lags are pooled over utterances, so the raw ones are needed. */
export function pool(reports: readonly DialogueReport[], allLags: readonly number[]): PooledReport {
  const wordErrors = poolWordErrors(reports.map((report) => report.wordErrors));
  const utterances = reports.reduce((sum, r) => sum + r.speakers.utterances, 0);
  const right = reports.reduce((sum, r) => sum + r.speakers.rightUtterances, 0);
  return {
    wer: wordErrorRate(wordErrors),
    wordErrors,
    rightSpeakerShare: utterances === 0 ? null : right / utterances,
    lag: spreadOf(allLags),
    questions: reports.reduce((sum, r) => sum + r.questions.length, 0),
    dialogues: [...reports],
  };
}
