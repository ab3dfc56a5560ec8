import { type Spread, spreadOf } from '@medcall/utils/eval/lag';
import { type SpokenSpan, turnOf } from '@medcall/utils/eval/speaker-accuracy';
import {
  exchanged,
  type SpeakerShares,
  type SpeakerSpan,
  type SpeakerTime,
  sharesOf,
  speakerTime,
  sumOfTimes,
} from '@medcall/utils/eval/speaker-time';
import {
  countWordErrors,
  poolWordErrors,
  type WordErrors,
  wordErrorRate,
} from '@medcall/utils/eval/word-errors';
import type { Reference } from './dialogue.ts';
import type { RoomCondition } from './in-person-dialogue.ts';
import { arrivalLagSeconds, turnsOf } from './measure.ts';
import type { PlayedConsultation } from './play-consultation.ts';

/** Labels of speech time at three moments. */
export interface LabelTimes {
  /** As the transcript ends up. */
  last: SpeakerTime;
  /** Of the first final text of each utterance. */
  firstFinal: SpeakerTime;
  /** Of the first event of each utterance, partials included. */
  firstShown: SpeakerTime;
}

export interface InPersonReport {
  dialogue: string;
  consultationId: string;
  engine: string | null;
  speed: number;
  enrolled: boolean;
  condition: RoomCondition;
  /** Not enrolled, and the voices' names count exchanged because that fits better at the end. */
  namesExchanged: boolean;
  utterances: number;
  labels: LabelTimes;
  shares: Record<keyof LabelTimes, SpeakerShares>;
  wer: number | null;
  wordErrors: WordErrors;
  lag: Spread | null;
  lagsSeconds: number[];
  questions: number;
  pendingSecondsAtEnd: number | null;
  reconnections: number;
}

export function measureInPerson(
  played: PlayedConsultation,
  reference: Reference,
  how: { enrolled: boolean; condition: RoomCondition },
): InPersonReport {
  const offsetMs = played.startedAtMs - played.zeroAtMs;
  const turns = turnsOf(reference);
  const rows = played.transcript
    .map(({ end_ms, speaker, start_ms, text }) => ({
      speaker,
      startMs: start_ms - offsetMs,
      endMs: end_ms - offsetMs,
      text,
    }))
    .sort((a, b) => a.startMs - b.startMs);
  const events = played.transcriptions.filter(({ event }) => event.text !== '');
  const finals = events.filter(({ event }) => event.isFinal);
  const asHeard: LabelTimes = {
    last: speakerTime(rows, turns),
    firstFinal: speakerTime(firstLabels(finals, offsetMs), turns),
    firstShown: speakerTime(firstLabels(events, offsetMs), turns),
  };
  // Without an enrolled voice the names are a guess: one assignment for the whole dialogue.
  const namesExchanged = !how.enrolled && asHeard.last.swappedMs > asHeard.last.rightMs;
  const labels = namesExchanged ? mapTimes(asHeard, exchanged) : asHeard;
  const text = (spans: readonly { text: string }[]) => spans.map((span) => span.text).join(' ');
  const wordErrors = countWordErrors(text(turns), text(rows));
  const lagsSeconds = firstLags(played, turns);
  return {
    dialogue: reference.id,
    consultationId: played.consultation.id,
    engine: played.engine,
    speed: played.speed,
    ...how,
    namesExchanged,
    utterances: rows.length,
    labels,
    shares: sharesOfAll(labels),
    wer: wordErrorRate(wordErrors),
    wordErrors,
    lag: spreadOf(lagsSeconds),
    lagsSeconds,
    questions: played.suggestions.length,
    pendingSecondsAtEnd: played.pendingSecondsAtEnd,
    reconnections: played.reconnections,
  };
}

export interface PooledInPerson {
  shares: Record<keyof LabelTimes, SpeakerShares>;
  wer: number | null;
  lag: Spread | null;
  dialogues: InPersonReport[];
}

export function poolInPerson(reports: readonly InPersonReport[]): PooledInPerson {
  const sum = (of: keyof LabelTimes) => sumOfTimes(reports.map(({ labels }) => labels[of]));
  return {
    shares: sharesOfAll({
      last: sum('last'),
      firstFinal: sum('firstFinal'),
      firstShown: sum('firstShown'),
    }),
    wer: wordErrorRate(poolWordErrors(reports.map((report) => report.wordErrors))),
    lag: spreadOf(reports.flatMap((report) => report.lagsSeconds)),
    dialogues: [...reports],
  };
}

type Arrivals = PlayedConsultation['transcriptions'];

/**
 * The first label of each utterance, over the time of its first final text: a partial does not know
 * yet where its utterance ends.
 */
function firstLabels(arrivals: Arrivals, offsetMs: number): SpeakerSpan[] {
  const labels = new Map<string, { speaker: string; span: SpeakerSpan | null }>();
  for (const { event } of arrivals) {
    const first = labels.get(event.id) ?? { speaker: event.speaker, span: null };
    labels.set(event.id, first);
    if (!event.isFinal || first.span) continue;
    const { endMs, startMs } = event;
    first.span = { speaker: first.speaker, startMs: startMs - offsetMs, endMs: endMs - offsetMs };
  }
  return [...labels.values()].flatMap(({ span }) => span ?? []);
}

/** Lags of first finals, whoever they are labelled as. */
function firstLags(played: PlayedConsultation, turns: readonly SpokenSpan[]): number[] {
  const offsetMs = played.startedAtMs - played.zeroAtMs;
  const lags = new Map<string, number>();
  for (const { atMs, event } of played.transcriptions) {
    if (!event.isFinal || lags.has(event.id)) continue;
    const span = {
      speaker: event.speaker,
      startMs: event.startMs - offsetMs,
      endMs: event.endMs - offsetMs,
      text: event.text,
    };
    lags.set(event.id, arrivalLagSeconds(played, atMs, span, turnOf(span, turns)));
  }
  return [...lags.values()];
}

function mapTimes(times: LabelTimes, change: (time: SpeakerTime) => SpeakerTime): LabelTimes {
  return {
    last: change(times.last),
    firstFinal: change(times.firstFinal),
    firstShown: change(times.firstShown),
  };
}

function sharesOfAll(times: LabelTimes): Record<keyof LabelTimes, SpeakerShares> {
  return {
    last: sharesOf(times.last),
    firstFinal: sharesOf(times.firstFinal),
    firstShown: sharesOf(times.firstShown),
  };
}
