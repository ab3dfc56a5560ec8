import { access } from 'node:fs/promises';
import path from 'node:path';
import {
  exchanged,
  type SpeakerSpan,
  type SpeakerTime,
  speakerTime,
} from '@medcall/utils/eval/speaker-time';
import type { SpeakerEmbedder } from '../../../apps/backend/realtime-service/src/speakers/voice-features.ts';
import type { VadFactory } from '../../../apps/backend/realtime-service/src/speech/ports.ts';
import type { Recogniser } from '../../../bench/speech/recogniser.ts';
import { type Labelled, playRoom } from '../../../bench/speech/room.ts';
import { SimulatedEngine } from '../../../bench/speech/simulated-engine.ts';
import { readWav } from '../client/wav.ts';
import type { Dialogue } from '../demo/dialogue.ts';
import { turnsOf } from '../demo/measure.ts';
import { samplesOf } from './corpus.ts';

/** Labelled speech time at three moments, names exchanged for the whole dialogue where that fits better. */
export interface InPersonFigures {
  last: SpeakerTime;
  firstFinal: SpeakerTime;
  /** Of the first text of each utterance, partials included. */
  firstShown: SpeakerTime;
}

const roomOf = ({ folder }: Dialogue) => path.join(folder, 'sala.wav');

/** Whether there is a recording of the dialogue by one microphone. */
export function hasRoom(dialogue: Dialogue): Promise<boolean> {
  return access(roomOf(dialogue)).then(
    () => true,
    () => false,
  );
}

/** The dialogue as one microphone in the room hears it, without an enrolled voice. */
export async function evaluateInPerson(
  dialogue: Dialogue,
  parts: {
    recogniser: Recogniser;
    vadFactory: VadFactory;
    embedder: SpeakerEmbedder;
    correct: (text: string) => string;
  },
): Promise<InPersonFigures> {
  const { bytes } = await readWav(roomOf(dialogue));
  const { given, rows } = await playRoom(
    samplesOf(bytes),
    new SimulatedEngine(parts.recogniser),
    parts,
  );
  return labelFigures(given, rows, turnsOf(dialogue.reference));
}

/** @param given texts in the order in which people got them */
export function labelFigures(
  given: readonly Labelled[],
  rows: readonly SpeakerSpan[],
  turns: readonly SpeakerSpan[],
): InPersonFigures {
  const finals = given.filter((event) => event.isFinal);
  const times = {
    last: speakerTime(rows, turns),
    firstFinal: speakerTime(firstLabels(finals), turns),
    firstShown: speakerTime(firstLabels(given), turns),
  };
  if (times.last.swappedMs <= times.last.rightMs) return times;
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
