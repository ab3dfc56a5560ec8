import { join } from 'node:path';
import { countWordErrors, poolWordErrors, wordErrorRate } from '@medcall/utils/eval/word-errors';
import { loadVad } from '../../apps/backend/realtime-service/src/speech/vad.ts';
import { readDialogue } from '../../scripts/lib/demo/dialogue.ts';
import { firstTexts, lastTexts } from '../speech/last-texts.ts';
import { type PlayedStream, playAll } from '../speech/play.ts';
import { embeddedRecogniser, type Recogniser, remembered } from '../speech/recogniser.ts';
import { SimulatedEngine } from '../speech/simulated-engine.ts';
import { LEAST_ROUNDS, quantile } from './compare.ts';
import { dialogueTracks, hear, rememberedVad, track, utterancesOf } from './speech-sound.ts';

export interface RoomsHeld {
  /** Rooms that one decoder could do if each utterance were decoded once and nobody waited. */
  offlineLimit: number;
  /** Most rooms of which the p95 of the lag of the first final is at most 3 s. */
  held: number;
  ratio: number;
  p95Seconds: number;
  /** Word errors at that load, and in one room alone. */
  wer: { first: number | null; last: number | null };
  werAlone: { first: number | null; last: number | null };
  /** The solo decodes over themselves. */
  control: number;
  valid: boolean;
}

const DIALOGUE = 'cefaleia';
const MOST_P95_SECONDS = 3;
/** Rooms begin at odd moments, so that they do not speak in unison. */
const STAGGER_MS = 3_700;

interface Sound {
  streams: { name: (typeof dialogueTracks)[number]; pcm: Int16Array; heard: Float32Array }[];
  seconds: number;
  said: Record<(typeof dialogueTracks)[number], string>;
}

/** How many rooms one decoder holds, over how many it could do offline. Decode times are real, the clock is simulated. */
export async function roomsHeld(modelsDir: string): Promise<RoomsHeld> {
  const recogniser = await embeddedRecogniser(modelsDir);
  const vadFactory = await loadVad(modelsDir);
  const sound = await readSound(vadFactory);
  const utterances = (
    await Promise.all(sound.streams.map(({ pcm }) => utterancesOf(pcm, vadFactory)))
  ).flat();
  const solo = async () => {
    let ms = 0;
    for (const { pcm } of utterances) {
      ms += (await recogniser.recognise({ pcm, language: 'pt', effort: 'careful' })).tookMs;
    }
    return ms;
  };
  await solo();
  const rounds: { solo: number; control: number }[] = [];
  for (let round = 0; round < Math.ceil(LEAST_ROUNDS / 2); round += 1) {
    const [a, b, c, d] = [await solo(), await solo(), await solo(), await solo()];
    rounds.push({ solo: (a + b + c + d) / 4, control: (b + c) / (a + d) });
  }
  const soloMs = quantile(
    rounds.map((one) => one.solo),
    0.5,
  );
  const control = quantile(
    rounds.map((one) => one.control),
    0.5,
  );
  const offlineLimit = (sound.seconds * 1_000) / soloMs;

  const known = remembered(recogniser);
  const alone = await hold(1, sound, known);
  let best = { rooms: 1, ...alone };
  for (
    let rooms = Math.max(2, Math.floor(offlineLimit / 2));
    rooms <= 2 * offlineLimit;
    rooms += 1
  ) {
    const load = await hold(rooms, sound, known);
    if (load.p95Seconds > MOST_P95_SECONDS) break;
    best = { rooms, ...load };
  }
  await recogniser.release();
  return {
    offlineLimit,
    held: best.rooms,
    ratio: best.rooms / offlineLimit,
    p95Seconds: best.p95Seconds,
    wer: best.wer,
    werAlone: alone.wer,
    control,
    valid: control >= 0.95 && control <= 1.05,
  };
}

async function readSound(vadFactory: Awaited<ReturnType<typeof loadVad>>): Promise<Sound> {
  const folder = join(import.meta.dirname, '../../tests/fixtures/audio', DIALOGUE);
  const { reference } = await readDialogue(folder);
  const textOf = (speaker: string) =>
    reference.turns
      .filter((turn) => turn.speaker === speaker)
      .map((turn) => turn.text)
      .join(' ');
  const streams = [];
  for (const name of dialogueTracks) {
    const pcm = await track(DIALOGUE, name);
    streams.push({ name, pcm, heard: await hear(pcm, vadFactory) });
  }
  return {
    streams,
    seconds: Math.max(...streams.map(({ pcm }) => pcm.length)) / 16_000,
    said: { medico: textOf('MEDICO'), paciente: textOf('PACIENTE') },
  };
}

async function hold(rooms: number, sound: Sound, recogniser: Recogniser) {
  const streams: PlayedStream[] = Array.from({ length: rooms }, (_, room) =>
    sound.streams.map(({ name, pcm, heard }) => ({
      name: `${room}:${name}`,
      roomId: `room ${room}`,
      pcm,
      vadFactory: rememberedVad(heard),
      startMs: Math.round(((room * STAGGER_MS) % (sound.seconds * 1_000)) / 100) * 100,
    })),
  ).flat();
  const events = await playAll(streams, new SimulatedEngine(recogniser));
  const lags = streams.flatMap(({ name }) => {
    const given = new Set<string>();
    return events.flatMap(({ stream, event, atMs }) => {
      if (stream !== name || event.type !== 'utterance' || !event.isFinal) return [];
      if (event.revision > 0 || given.has(event.id)) return [];
      given.add(event.id);
      return [(atMs - event.endMs) / 1_000];
    });
  });
  const errors = (texts: typeof firstTexts) =>
    wordErrorRate(
      poolWordErrors(
        streams.map(({ name }) =>
          countWordErrors(
            sound.said[name.endsWith('medico') ? 'medico' : 'paciente'],
            texts(events, name)
              .map((event) => event.text)
              .join(' '),
          ),
        ),
      ),
    );
  return {
    p95Seconds: quantile(lags, 0.95),
    wer: { first: errors(firstTexts), last: errors(lastTexts) },
  };
}
