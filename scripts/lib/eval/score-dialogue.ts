import {
  type SpeakerAccuracy,
  type SpokenSpan,
  speakerAccuracy,
} from '@medcall/utils/eval/speaker-accuracy';
import { countWordErrors, poolWordErrors, type WordErrors } from '@medcall/utils/eval/word-errors';
import { firstTexts, lastTexts } from '../../../bench/speech/last-texts.ts';
import type { Heard } from '../../../bench/speech/play.ts';
import type { Reference } from '../demo/dialogue.ts';
import { turnsOf } from '../demo/measure.ts';
import type { InPersonFigures } from './in-person.ts';
import {
  addRecall,
  dosesIn,
  namesIn,
  nothingSaid,
  type Recall,
  recallOf,
} from './medical-recall.ts';
import { countRawErrors } from './raw-words.ts';
import { reachLags } from './reach-lags.ts';

export const channels = [
  { stream: 'medico', speaker: 'MEDICO' },
  { stream: 'paciente', speaker: 'PACIENTE' },
] as const;
export type Speaker = (typeof channels)[number]['speaker'];

/** The texts of one way to write a dialogue down, by speaker. */
export type Texts = Readonly<Record<Speaker, string>>;

export interface TextFigures {
  normalised: WordErrors;
  raw: WordErrors;
  drugs: Recall;
  doses: Recall;
}

export interface DialogueFigures {
  dialogue: string;
  audioSeconds: number;
  /** Every reference turn decoded alone, cut by the reference's times, corrected like the rest. */
  turnByTurn: TextFigures;
  firstFinal: TextFigures;
  lastRevision: TextFigures;
  /** The last revision as the engine wrote it, before the medical vocabulary. */
  uncorrected: TextFigures;
  /** Seconds from the end of each reference turn to the first final that reaches it. */
  firstLags: number[];
  /** The same to the last revision. */
  settledLags: number[];
  speakers: { online: SpeakerAccuracy; inPerson: InPersonFigures[] };
  /** Decode time divided by the length of the dialogue. */
  decoderBusy: number;
}

/** Scores a dialogue that was played, and what its turns give alone. */
export function scoreDialogue(options: {
  reference: Reference;
  audioSeconds: number;
  heard: readonly Heard[];
  turnByTurn: Texts;
  inPerson: InPersonFigures[];
  decodeMs: number;
  drugNames: ReadonlySet<string>;
}): DialogueFigures {
  const { audioSeconds, decodeMs, drugNames, heard, inPerson, reference, turnByTurn } = options;
  const turns = turnsOf(reference);
  const figures = (texts: Texts) => figuresOf(turns, texts, drugNames);
  const textsOf = (pick: typeof lastTexts, text: 'text' | 'rawText'): Texts => {
    const of = (stream: string) =>
      pick(heard, stream)
        .map((event) => event[text])
        .join(' ');
    return { MEDICO: of('medico'), PACIENTE: of('paciente') };
  };
  return {
    dialogue: reference.id,
    audioSeconds,
    turnByTurn: figures(turnByTurn),
    firstFinal: figures(textsOf(firstTexts, 'text')),
    lastRevision: figures(textsOf(lastTexts, 'text')),
    uncorrected: figures(textsOf(lastTexts, 'rawText')),
    ...lagsOf(heard, turns),
    speakers: {
      online: speakerAccuracy(spansOf(heard), turns),
      inPerson,
    },
    decoderBusy: decodeMs / 1_000 / audioSeconds,
  };
}

export function addFigures(all: readonly TextFigures[]): TextFigures {
  return {
    normalised: poolWordErrors(all.map((one) => one.normalised)),
    raw: poolWordErrors(all.map((one) => one.raw)),
    drugs: all.reduce((sum, one) => addRecall(sum, one.drugs), nothingSaid),
    doses: all.reduce((sum, one) => addRecall(sum, one.doses), nothingSaid),
  };
}

function figuresOf(
  turns: readonly SpokenSpan[],
  texts: Texts,
  drugNames: ReadonlySet<string>,
): TextFigures {
  return addFigures(
    channels.map(({ speaker }) => {
      const said = turns
        .filter((turn) => turn.speaker === speaker)
        .map((turn) => turn.text)
        .join(' ');
      const written = texts[speaker];
      return {
        normalised: countWordErrors(said, written),
        raw: countRawErrors(said, written),
        drugs: recallOf(namesIn(said, drugNames), namesIn(written, drugNames)),
        doses: recallOf(dosesIn(said), dosesIn(written)),
      };
    }),
  );
}

function spansOf(heard: readonly Heard[]): SpokenSpan[] {
  return channels.flatMap(({ stream, speaker }) =>
    lastTexts(heard, stream).map(({ startMs, endMs, text }) => ({ speaker, startMs, endMs, text })),
  );
}

function lagsOf(heard: readonly Heard[], turns: readonly SpokenSpan[]) {
  const lags = turns.flatMap((turn) => {
    const stream = channels.find((channel) => channel.speaker === turn.speaker)?.stream;
    const finals = heard.flatMap(({ atMs, event, stream: of }) =>
      of === stream && event.type === 'utterance' && event.isFinal ? { ...event, atMs } : [],
    );
    return reachLags(turn, finals) ?? [];
  });
  return {
    firstLags: lags.map(({ first }) => first),
    settledLags: lags.map(({ last }) => last),
  };
}
