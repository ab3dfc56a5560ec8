import { access } from 'node:fs/promises';
import path from 'node:path';
import {
  exchanged,
  type SpeakerSpan,
  type SpeakerTime,
  speakerTime,
} from '@medcall/utils/eval/speaker-time';
import { countWordErrors, type WordErrors } from '@medcall/utils/eval/word-errors';
import {
  enrolVoice,
  type VoiceProfile,
} from '../../../apps/backend/realtime-service/src/speakers/enrolment.ts';
import type { SpeakerEmbedder } from '../../../apps/backend/realtime-service/src/speakers/voice-features.ts';
import type { VadFactory } from '../../../apps/backend/realtime-service/src/speech/ports.ts';
import { type Recogniser, remembered } from '../../../bench/speech/recogniser.ts';
import { type Labelled, type PlayedRoom, playRoom } from '../../../bench/speech/room.ts';
import { SimulatedEngine } from '../../../bench/speech/simulated-engine.ts';
import { readWav } from '../client/wav.ts';
import type { Dialogue, Reference } from '../demo/dialogue.ts';
import { type RoomCondition, worse } from '../demo/in-person-dialogue.ts';
import { turnsOf } from '../demo/measure.ts';
import { samplesOf } from './corpus.ts';
import { reachLags } from './reach-lags.ts';

/** The recording as it is, and as worse rooms and microphones would give it. */
export const ROOMS = {
  'as-is': { noiseDb: null, gain: 1, reverb: false },
  noise: { noiseDb: 15, gain: 1, reverb: false },
  half: { noiseDb: null, gain: 0.5, reverb: false },
  reverb: { noiseDb: null, gain: 1, reverb: true },
} as const satisfies Record<string, RoomCondition>;
export type Room = keyof typeof ROOMS;

/** Labelled speech time at three moments. */
export interface LabelTimes {
  last: SpeakerTime;
  firstFinal: SpeakerTime;
  /** Of the first text of each utterance, partials included. */
  firstShown: SpeakerTime;
}

/** A dialogue as one microphone in a room heard it. */
export interface InPersonFigures {
  room: Room;
  /** The doctor's voice was known; without it, names are exchanged for the whole dialogue where that fits better. */
  enrolled: boolean;
  labels: LabelTimes;
  /** Of the last revision, whoever a text is labelled as. */
  wordErrors: WordErrors;
  /** Seconds from the end of each reference turn to the first final that reaches it. */
  firstLags: number[];
  /** Decode time divided by the length of the dialogue; with the voice known, what was decoded before counts again. */
  decoderBusy: number;
}

export interface InPersonParts {
  recogniser: Recogniser;
  vadFactory: VadFactory;
  embedder: SpeakerEmbedder;
  correct: (text: string) => string;
}

/** Plays a dialogue's room without an enrolled voice and, where there is a recording of it, with one. */
export async function evaluateInPerson(
  { folder, reference }: Dialogue,
  room: Room,
  parts: InPersonParts,
): Promise<InPersonFigures[]> {
  const file = path.join(folder, 'sala.wav');
  if (!(await exists(file))) return [];
  const sound = samplesOf(worse(await readWav(file), ROOMS[room]).bytes);
  // A voice that is known changes names and no sound: nothing is decoded twice.
  const recogniser = remembered(parts.recogniser);
  const figures: InPersonFigures[] = [];
  for (const enrolled of [null, await profileOf(folder, parts.embedder)]) {
    if (enrolled === null && figures.length > 0) continue;
    const engine = new SimulatedEngine(recogniser);
    const played = await playRoom(sound, engine, { ...parts, enrolled });
    figures.push({
      room,
      ...inPersonFigures(played, reference, enrolled !== null),
      decoderBusy: engine.decodeMs / 1_000 / (sound.length / 16_000),
    });
  }
  return figures;
}

async function profileOf(folder: string, embedder: SpeakerEmbedder): Promise<VoiceProfile | null> {
  const file = path.join(folder, 'enrol.wav');
  if (!(await exists(file))) return null;
  const enrolment = await enrolVoice(samplesOf((await readWav(file)).bytes), embedder);
  return enrolment.ok ? enrolment.profile : null;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function inPersonFigures({ given, rows }: PlayedRoom, reference: Reference, enrolled: boolean) {
  const turns = turnsOf(reference);
  const finals = given.filter((text) => text.isFinal);
  const textOf = (spans: readonly { text: string }[]) => spans.map(({ text }) => text).join(' ');
  return {
    enrolled,
    labels: labelTimes(given, rows, turns, { exchanges: !enrolled }),
    wordErrors: countWordErrors(textOf(turns), textOf(rows)),
    firstLags: turns.flatMap((turn) => reachLags(turn, finals)?.first ?? []),
  };
}

/**
 * @param given texts in the order in which people got them
 * @param how whether the names may be exchanged for the whole dialogue
 */
export function labelTimes(
  given: readonly Labelled[],
  rows: readonly SpeakerSpan[],
  turns: readonly SpeakerSpan[],
  how: { exchanges: boolean },
): LabelTimes {
  const finals = given.filter((event) => event.isFinal);
  const times = {
    last: speakerTime(rows, turns),
    firstFinal: speakerTime(firstLabels(finals), turns),
    firstShown: speakerTime(firstLabels(given), turns),
  };
  if (!how.exchanges || times.last.swappedMs <= times.last.rightMs) return times;
  return {
    last: exchanged(times.last),
    firstFinal: exchanged(times.firstFinal),
    firstShown: exchanged(times.firstShown),
  };
}

/** Each utterance's first label, over the time of its first final: a partial does not know where it will end. */
function firstLabels(given: readonly Labelled[]): SpeakerSpan[] {
  const first = new Map<string, string>();
  const spans = new Map<string, SpeakerSpan>();
  for (const { endMs, id, isFinal, speaker, startMs } of given) {
    const label = first.get(id) ?? speaker;
    first.set(id, label);
    if (isFinal && !spans.has(id)) spans.set(id, { speaker: label, startMs, endMs });
  }
  return [...spans.values()];
}
