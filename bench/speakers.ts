/**
 * How well two people on one microphone are told apart, live:
 * `node bench/speakers.ts [--audio DIR] [--only CONDITION] [--show] [--without-takeovers]`.
 *
 * Each recording is heard as it is and through worse rooms (packages/utils/src/eval/sound-conditions.ts), cut by the real
 * voice activity detector, split and labelled as it comes. Counted is the time of the reference
 * turns that lies in labelled pieces. Without enrolment the labels count by the better assignment,
 * and once more by name, with roles guessed from the words; the words are the reference's, since
 * the transcript's own errors are not what is measured here.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { enrolVoice } from '../apps/backend/realtime-service/src/speakers/enrolment.ts';
import { portugueseRoleCue } from '../apps/backend/realtime-service/src/speakers/role-cues.ts';
import {
  createSpeakerSeparator,
  type SeparatorOptions,
} from '../apps/backend/realtime-service/src/speakers/speaker-separator.ts';
import { createMfccEmbedder } from '../apps/backend/realtime-service/src/speakers/voice-features.ts';
import { loadVad } from '../apps/backend/realtime-service/src/speech/vad.ts';
import { percentile } from '../packages/utils/src/eval/lag.ts';
import {
  CONDITIONS,
  quantised,
  underCondition,
} from '../packages/utils/src/eval/sound-conditions.ts';
import { type Dialogue, type SpokenTurn, syntheticDialogues } from './speakers/synthetic.ts';
import { framesOf, type JudgedFrame, utterancesOf } from './speakers/utterances.ts';
import { readWav } from './speech/wav.ts';

const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: {
    audio: { type: 'string', default: join(root, 'tests/fixtures/audio') },
    models: { type: 'string', default: process.env.MODELS_DIR ?? join(root, 'models') },
    only: { type: 'string' },
    show: { type: 'boolean', default: false },
    /** For comparison: an utterance ends at a pause alone. */
    'without-takeovers': { type: 'boolean', default: false },
  },
});

const referenceSchema = z.object({
  turns: z.array(
    z.object({ speaker: z.string(), start: z.number(), end: z.number(), text: z.string() }),
  ),
});

async function readFloat(path: string): Promise<Float32Array> {
  return Float32Array.from(await readWav(path), (sample) => sample / 32_768);
}

async function recordedDialogues(): Promise<Dialogue[]> {
  const found: Dialogue[] = [];
  for (const entry of await readdir(flags.audio, { withFileTypes: true })) {
    const folder = join(flags.audio, entry.name);
    const json = await readFile(join(folder, 'reference.json'), 'utf8').catch(() => null);
    if (json === null) continue;
    found.push({
      name: entry.name,
      room: await readFloat(join(folder, 'sala.wav')),
      enrol: await readFloat(join(folder, 'enrol.wav')),
      turns: referenceSchema.parse(JSON.parse(json)).turns,
    });
  }
  return found;
}

interface Shown {
  readonly start: number;
  readonly end: number;
  /** Seconds of the recording when the piece's end was known. */
  readonly known: number;
  readonly first: string;
  last: string;
}

const shared = (turn: SpokenTurn, start: number, end: number) =>
  Math.max(0, Math.min(turn.end, end) - Math.max(turn.start, start));

async function labelled(
  frames: readonly JudgedFrame[],
  turns: readonly SpokenTurn[],
  options: SeparatorOptions,
): Promise<Shown[]> {
  const separator = createSpeakerSeparator(options);
  const shown = new Map<string, Shown>();
  const microphone = {
    takeoverIn: async ({ pcm, startSample }: { pcm: Float32Array; startSample: number }) =>
      flags['without-takeovers'] ? null : separator.takeover(pcm, { startMs: startSample / 16 }),
  };
  for await (const { knownAt, utterance } of utterancesOf(frames, microphone)) {
    const { pcm, startSample } = utterance;
    for (const part of await separator.split(pcm, { startMs: startSample / 16 })) {
      const start = (startSample + part.startSample) / 16_000;
      const end = (startSample + part.endSample) / 16_000;
      const text = turns
        .filter((turn) => shared(turn, start, end) > 0.5 * (turn.end - turn.start))
        .map((turn) => turn.text)
        .join(' ');
      const id = String(startSample + part.startSample);
      const piece = { id, startMs: start * 1_000, endMs: end * 1_000, text };
      const sound = pcm.subarray(part.startSample, part.endSample);
      const { label, revisions } = await separator.add({ ...piece, pcm: sound });
      shown.set(id, { start, end, known: knownAt / 16_000, first: label, last: label });
      for (const revision of revisions) {
        const row = shown.get(revision.id);
        if (row !== undefined) row.last = revision.label;
      }
    }
  }
  return [...shown.values()];
}

interface Score {
  right: number;
  swapped: number;
  unknown: number;
  total: number;
}

function scoreOf(
  shown: readonly Shown[],
  turns: readonly SpokenTurn[],
  of: 'first' | 'last',
): Score {
  const score = { right: 0, swapped: 0, unknown: 0, total: 0 };
  for (const turn of turns) {
    for (const piece of shown) {
      const seconds = shared(turn, piece.start, piece.end);
      score.total += seconds;
      if (piece[of] === 'UNKNOWN') score.unknown += seconds;
      else if (piece[of] === turn.speaker) score.right += seconds;
      else score.swapped += seconds;
    }
  }
  return score;
}

/** Seconds from each turn's end until the end of its last piece was known, decoding not counted. */
function waitsOf(shown: readonly Shown[], turns: readonly SpokenTurn[]): number[] {
  return turns.flatMap((turn) => {
    const closing = shown.find((piece) => piece.start < turn.end && piece.end > turn.end - 0.4);
    return closing ? [closing.known - turn.end] : [];
  });
}

const MODES = ['better assignment', 'by words', 'enrolled'] as const;
const embedder = createMfccEmbedder();
const vadFactory = await loadVad(flags.models);

async function measure(title: string, dialogues: readonly Dialogue[]): Promise<void> {
  for (const condition of CONDITIONS) {
    if (flags.only !== undefined && flags.only !== condition) continue;
    const heard = await Promise.all(
      dialogues.map(async (dialogue) => {
        const others = dialogues.filter((other) => other !== dialogue).map(({ room }) => room);
        const pcm = quantised(underCondition(dialogue.room, condition, others));
        return { dialogue, frames: await framesOf(pcm, vadFactory) };
      }),
    );
    for (const mode of MODES) {
      const sums = {
        first: 0,
        last: 0,
        unknownFirst: 0,
        unknownLast: 0,
        total: 0,
        turns: 0,
        worst: 1,
      };
      const waits: number[] = [];
      for (const { dialogue, frames } of heard) {
        const enrolment = await enrolVoice(dialogue.enrol, embedder);
        if (!enrolment.ok) throw new Error(`${dialogue.name}: ${enrolment.problems.join(', ')}`);
        const shown = await labelled(frames, dialogue.turns, {
          embedder,
          enrolled: mode === 'enrolled' ? enrolment.profile : null,
          ...(mode === 'by words' && { roleCue: portugueseRoleCue }),
        });
        const rightOf = ({ right, swapped }: Score) =>
          mode === 'better assignment' ? Math.max(right, swapped) : right;
        const first = scoreOf(shown, dialogue.turns, 'first');
        const last = scoreOf(shown, dialogue.turns, 'last');
        waits.push(...waitsOf(shown, dialogue.turns));
        sums.first += rightOf(first);
        sums.last += rightOf(last);
        sums.unknownFirst += first.unknown;
        sums.unknownLast += last.unknown;
        sums.total += last.total;
        sums.turns += dialogue.turns.reduce((sum, { start, end }) => sum + end - start, 0);
        sums.worst = Math.min(sums.worst, rightOf(last) / last.total);
        if (flags.show) {
          const share = (seconds: number) => ((100 * seconds) / last.total).toFixed(1);
          console.log(
            `  ${dialogue.name}: ${shown.length} pieces, first ${share(rightOf(first))} last ${share(rightOf(last))}`,
          );
        }
      }
      const share = (seconds: number) => ((100 * seconds) / sums.total).toFixed(1).padStart(5);
      console.log(
        `${title.padEnd(9)} ${condition.padEnd(7)} ${mode.padEnd(18)} first ${share(sums.first)} % | last ${share(sums.last)} % | UNKNOWN ${share(sums.unknownFirst)} → ${share(sums.unknownLast)} % | worst dialogue ${(100 * sums.worst).toFixed(1)} % | of the turns' time heard ${((100 * sums.total) / sums.turns).toFixed(1)} % | end known after ${[0.5, 0.9, 0.95, 1].map((at) => percentile(waits, at)?.toFixed(2)).join(' / ')} s`,
      );
    }
  }
}

await measure('recorded', await recordedDialogues());
const synthetic = syntheticDialogues();
if (synthetic.length === 0) console.log('espeak-ng is not installed: no other voices were tried');
else await measure('espeak-ng', synthetic);
