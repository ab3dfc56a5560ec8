import { cpus } from 'node:os';
import path from 'node:path';
import type { SpeakerEmbedder } from '../../../apps/backend/realtime-service/src/speakers/voice-features.ts';
import type { VadFactory } from '../../../apps/backend/realtime-service/src/speech/ports.ts';
import { play } from '../../../bench/speech/play.ts';
import type { Recogniser } from '../../../bench/speech/recogniser.ts';
import { SimulatedEngine } from '../../../bench/speech/simulated-engine.ts';
import { readWav } from '../client/wav.ts';
import type { Dialogue } from '../demo/dialogue.ts';
import { type Corpus, samplesOf } from './corpus.ts';
import { readFingerprints } from './fingerprints.ts';
import { evaluateInPerson, type Room } from './in-person.ts';
import { foldText } from './raw-words.ts';
import { type EvalReport, type NonSpeechFigures, poolDialogues } from './report.ts';
import { channels, type DialogueFigures, scoreDialogue, type Texts } from './score-dialogue.ts';

export interface EvalParts {
  recogniser: Recogniser;
  vadFactory: VadFactory;
  /** The medical vocabulary, as the service applies it. */
  correct: (text: string) => string;
  drugNames: ReadonlySet<string>;
  /** Tells the voices of `sala.wav` apart. */
  embedder: SpeakerEmbedder;
  /** Told of each dialogue when it is done. */
  onDialogue: (figures: DialogueFigures) => void;
}

/** Plays a corpus through the speech core, live on a simulated clock, and scores what comes out. */
export async function evaluate(corpus: Corpus, parts: EvalParts): Promise<EvalReport> {
  const dialogues: DialogueFigures[] = [];
  for (const dialogue of corpus.dialogues) {
    const figures = await evaluateDialogue(dialogue, parts);
    dialogues.push(figures);
    parts.onDialogue(figures);
  }
  const nonSpeech: NonSpeechFigures[] = [];
  for (const file of corpus.nonSpeech) nonSpeech.push(await listenToNobody(file, parts));
  const [cpu] = cpus();
  return {
    format: 'medcall-eval/1',
    date: new Date().toISOString(),
    engine: parts.recogniser.name,
    fingerprints: await readFingerprints(),
    machine: `${cpu?.model.trim() ?? 'unknown'} × ${cpus().length}, Node ${process.version}`,
    dialogues,
    nonSpeech,
    pooled: poolDialogues(dialogues),
  };
}

/** The report with the same dialogues in other rooms. */
export async function inOtherRooms(
  report: EvalReport,
  corpus: Corpus,
  rooms: readonly Room[],
  parts: EvalParts,
): Promise<EvalReport> {
  const dialogues: DialogueFigures[] = [];
  for (const [i, figures] of report.dialogues.entries()) {
    const { inPerson, online } = figures.speakers;
    const all = [...inPerson];
    for (const room of rooms) {
      all.push(...(await evaluateInPerson(corpus.dialogues[i] as Dialogue, room, parts)));
    }
    const inRooms = { ...figures, speakers: { online, inPerson: all } };
    dialogues.push(inRooms);
    parts.onDialogue(inRooms);
  }
  return { ...report, dialogues, pooled: poolDialogues(dialogues) };
}

async function evaluateDialogue(dialogue: Dialogue, parts: EvalParts): Promise<DialogueFigures> {
  const { correct, drugNames, recogniser, vadFactory } = parts;
  const tracks = {
    medico: samplesOf(dialogue.doctor.bytes),
    paciente: samplesOf(dialogue.patient.bytes),
  };
  const engine = new SimulatedEngine(recogniser);
  const heard = await play(tracks, engine, vadFactory, { correct });
  return scoreDialogue({
    reference: dialogue.reference,
    audioSeconds: dialogue.durationMs / 1_000,
    heard,
    turnByTurn: await decodeTurns(dialogue, tracks, parts),
    inPerson: await evaluateInPerson(dialogue, 'as-is', parts),
    decodeMs: engine.decodeMs,
    drugNames,
  });
}

/** The yardstick: every turn alone, where the reference says that it is, decoded once. */
async function decodeTurns(
  { reference }: Dialogue,
  tracks: Readonly<Record<'medico' | 'paciente', Int16Array>>,
  { correct, recogniser }: EvalParts,
): Promise<Texts> {
  const texts: Record<keyof Texts, string[]> = { MEDICO: [], PACIENTE: [] };
  for (const { stream, speaker } of channels) {
    for (const turn of reference.turns.filter((one) => one.speaker === speaker)) {
      const sound = tracks[stream].subarray(
        Math.round(turn.start * 16_000),
        Math.round(turn.end * 16_000),
      );
      const { transcript } = await recogniser.recognise({
        pcm: Float32Array.from(sound, (sample) => sample / 32_768),
        language: 'pt',
        effort: 'careful',
      });
      texts[speaker].push(correct(transcript.text));
    }
  }
  return { MEDICO: texts.MEDICO.join(' '), PACIENTE: texts.PACIENTE.join(' ') };
}

async function listenToNobody(file: string, parts: EvalParts): Promise<NonSpeechFigures> {
  const { bytes, durationMs } = await readWav(file);
  const engine = new SimulatedEngine(parts.recogniser);
  const heard = await play({ microphone: samplesOf(bytes) }, engine, parts.vadFactory, {
    correct: parts.correct,
  });
  const texts = heard.flatMap(({ event }) => (event.type === 'utterance' ? [event.text] : []));
  return {
    file: path.basename(file),
    seconds: durationMs / 1_000,
    words: texts.reduce((sum, text) => sum + foldText(text).length, 0),
    texts,
  };
}
