/**
 * What echo suppression takes out and what it leaves: `node bench/speech-echo.ts [--audio DIR] [--shifts N,…] [--json FILE] [folder …]`.
 *
 * The doctor's track is mixed into the patient's as a loudspeaker and a room give it back, at several
 * levels and delays. Counted: the doctor's sentences that come out as the patient's, and both people's
 * word errors in the first finals and in the last revisions. Each condition has a control: the same
 * loudspeaker and room while the doctor says nothing. Noise that nobody hears changes what a recogniser
 * writes by a word in a hundred; what the doctor's voice does is the difference to that. `--shifts 0,77,…`
 * does all of it again with both tracks that many samples later: the A/A control of the whole way.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { normalise } from '@medcall/utils/eval/normalise';
import { countWordErrors } from '@medcall/utils/eval/word-errors';
import { z } from 'zod';
import type { UtteranceEvent } from '../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import { loadVad } from '../apps/backend/realtime-service/src/speech/vad.ts';
import { loadVocabulary } from '../apps/backend/realtime-service/src/vocabulary/correct.ts';
import { firstTexts, lastTexts } from './speech/last-texts.ts';
import { type Heard, play } from './speech/play.ts';
import { embeddedRecogniser, remembered } from './speech/recogniser.ts';
import { mixed, roomEcho } from './speech/room-echo.ts';
import { SimulatedEngine } from './speech/simulated-engine.ts';
import { readWav } from './speech/wav.ts';

const root = join(import.meta.dirname, '..');
const { values: flags, positionals } = parseArgs({
  options: {
    audio: { type: 'string', default: join(root, 'tests/fixtures/audio') },
    models: { type: 'string', default: process.env.MODELS_DIR ?? join(root, 'models') },
    levels: { type: 'string', default: '-12,-20' },
    delays: { type: 'string', default: '80,180,300' },
    shifts: { type: 'string', default: '0' },
    json: { type: 'string' },
    off: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const referenceSchema = z.object({
  turns: z.array(
    z.object({ speaker: z.string(), start: z.number(), end: z.number(), text: z.string() }),
  ),
});
type Turn = z.infer<typeof referenceSchema>['turns'][number];

const recogniser = remembered(await embeddedRecogniser(flags.models));
const vadFactory = await loadVad(flags.models);
const vocabulary = loadVocabulary(join(root, 'apps/backend/realtime-service/data'));
const folders =
  positionals.length > 0
    ? positionals
    : (await readdir(flags.audio, { withFileTypes: true }))
        .filter((entry) => entry.isDirectory() && entry.name !== 'nao-fala')
        .map((entry) => entry.name);

/** Texts of the patient's stream that hold half of what the doctor said then, and the patient did not. */
function leaked(heard: Heard[], turns: Turn[]): string[] {
  return lastTexts(heard, 'paciente')
    .filter(({ startMs, endMs, text }) => {
      const then = turns.filter(
        (turn) => turn.end * 1_000 > startMs - 1_500 && turn.start * 1_000 < endMs + 1_500,
      );
      const own = new Set(
        then.flatMap((turn) => (turn.speaker === 'PACIENTE' ? normalise(turn.text) : [])),
      );
      const foreign = new Set(normalise(text).filter((word) => !own.has(word)));
      return then.some((turn) => {
        if (turn.speaker !== 'MEDICO') return false;
        const said = normalise(turn.text).filter((word) => !own.has(word));
        const found = said.filter((word) => foreign.has(word)).length;
        return found >= Math.max(2, said.length / 2);
      });
    })
    .map(({ text }) => text);
}

/** Word errors of one speaker in one state of the transcript. */
interface Errors {
  errors: number;
  words: number;
}
const figures = ['patientFirst', 'patientLast', 'doctorFirst', 'doctorLast'] as const;
interface EchoFigures extends Record<(typeof figures)[number], Errors> {
  leaks: number;
}
interface Listened extends EchoFigures {
  /** The patient's transcript in the end. */
  texts: UtteranceEvent[];
}

async function listen(
  folder: string,
  reference: Turn[],
  streams: { medico: Int16Array; paciente: Int16Array },
): Promise<Listened> {
  const options = flags.off ? { echo: undefined } : {};
  const heard = await play(streams, new SimulatedEngine(recogniser), vadFactory, {
    partials: false,
    correct: (text) => vocabulary.correct(text).text,
    ...options,
  });
  const errorsOf = (
    stream: 'medico' | 'paciente',
    speaker: string,
    pick: typeof lastTexts,
  ): Errors => {
    const said = reference.filter((turn) => turn.speaker === speaker).map((turn) => turn.text);
    const texts = pick(heard, stream).map((event) => event.text);
    const errors = countWordErrors(said.join(' '), texts.join(' '));
    return {
      errors: errors.substitutions + errors.deletions + errors.insertions,
      words: errors.words,
    };
  };
  const leaks = leaked(heard, reference);
  if (flags.show) {
    for (const event of lastTexts(heard, 'paciente')) {
      console.log(`  ${folder} ${event.startMs}–${event.endMs} ${event.text}`);
    }
    for (const leak of leaks) console.log(`  LEAK ${leak}`);
  }
  return {
    leaks: leaks.length,
    texts: lastTexts(heard, 'paciente'),
    patientFirst: errorsOf('paciente', 'PACIENTE', firstTexts),
    patientLast: errorsOf('paciente', 'PACIENTE', lastTexts),
    doctorFirst: errorsOf('medico', 'MEDICO', firstTexts),
    doctorLast: errorsOf('medico', 'MEDICO', lastTexts),
  };
}

const sounds = await Promise.all(
  folders.map(async (folder) => ({
    folder,
    reference: referenceSchema.parse(
      JSON.parse(await readFile(join(flags.audio, folder, 'reference.json'), 'utf8')),
    ).turns,
    medico: await readWav(join(flags.audio, folder, 'medico.wav')),
    paciente: await readWav(join(flags.audio, folder, 'paciente.wav')),
  })),
);

/** Around a turn the reference is not exact. */
const AROUND_SECONDS = 0.05;

/** The track of a doctor who keeps silent: what the microphone hears between the turns is left. */
function wordless(voice: Int16Array, turns: Turn[]): Int16Array {
  const quiet = voice.slice();
  for (const { end, speaker, start } of turns) {
    if (speaker !== 'MEDICO') continue;
    quiet.fill(0, (start - AROUND_SECONDS) * 16_000, (end + AROUND_SECONDS) * 16_000);
  }
  return quiet;
}

type Echo = (voice: Int16Array, turns: Turn[]) => Float32Array;

/** The same sound some samples later: what is cut where, and what a recogniser makes of it, differs a little. */
function later(sound: Int16Array, samples: number): Int16Array {
  const moved = new Int16Array(sound.length + samples);
  moved.set(sound, samples);
  return moved;
}

interface Row extends EchoFigures {
  readonly kind: 'no echo' | 'wordless' | 'echo';
  readonly name: string;
  readonly texts: { folder: string; startMs: number; endMs: number; text: string }[];
}
const rows: Row[] = [];
const percent = ({ errors, words }: Errors) => (100 * errors) / words;

async function row(kind: Row['kind'], name: string, shift: number, echo: Echo | null) {
  const nothing = () => ({ errors: 0, words: 0 });
  const total: Row = {
    kind,
    name: shift === 0 ? name : `${name}, ${shift} samples later`,
    texts: [],
    leaks: 0,
    patientFirst: nothing(),
    patientLast: nothing(),
    doctorFirst: nothing(),
    doctorLast: nothing(),
  };
  for (const { folder, medico, paciente, reference } of sounds) {
    const patient = echo === null ? paciente : mixed(paciente, echo(medico, reference));
    const one = await listen(folder, reference, {
      medico: later(medico, shift),
      paciente: later(patient, shift),
    });
    total.leaks += one.leaks;
    for (const { endMs, startMs, text } of one.texts) {
      total.texts.push({ folder, startMs, endMs, text });
    }
    for (const figure of figures) {
      total[figure].errors += one[figure].errors;
      total[figure].words += one[figure].words;
    }
  }
  rows.push(total);
  const shown = (errors: Errors) => percent(errors).toFixed(2);
  console.log(
    `${total.name.padEnd(40)} patient WER first ${shown(total.patientFirst)} %, last ${shown(total.patientLast)} % | doctor WER first ${shown(total.doctorFirst)} %, last ${shown(total.doctorLast)} % | doctor's sentences as the patient's: ${total.leaks}`,
  );
}

/** Mean of the patient's errors over all rows of a kind, and how far one row lies from it. */
function summary(kind: Row['kind']): string[] {
  const values = rows.filter((one) => one.kind === kind).map((one) => percent(one.patientLast));
  if (values.length === 0) return [];
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const spread = Math.sqrt(
    values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, values.length - 1),
  );
  return [`${kind}: ${mean.toFixed(2)} % ± ${spread.toFixed(2)} (${values.length} rows)`];
}

for (const shift of flags.shifts.split(',').map(Number)) {
  await row('no echo', 'no echo', shift, null);
  for (const levelDb of flags.levels.split(',').filter(Boolean).map(Number)) {
    for (const delayMs of flags.delays.split(',').map(Number)) {
      const room = { levelDb, delayMs };
      const name = `${levelDb} dB, ${delayMs} ms`;
      await row('wordless', `${name}, wordless`, shift, (voice, turns) =>
        roomEcho(wordless(voice, turns), room),
      );
      await row('echo', name, shift, (voice) => roomEcho(voice, room));
    }
  }
}
const kinds: Row['kind'][] = ['no echo', 'wordless', 'echo'];
console.log(`patient WER, last, mean ± deviation of one row: ${kinds.flatMap(summary).join('; ')}`);
if (flags.json) await writeFile(flags.json, `${JSON.stringify(rows)}\n`);
await recogniser.release();
