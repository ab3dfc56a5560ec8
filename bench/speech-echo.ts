/**
 * What echo suppression takes out and what it leaves: `node bench/speech-echo.ts [--audio DIR] [folder …]`.
 *
 * The doctor's track is mixed into the patient's as a loudspeaker and a room give it back, at several
 * levels and delays. Counted: the doctor's sentences that come out as the patient's, and the patient's
 * word errors beside those without echo.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { normalise } from '@medcall/utils/eval/normalise';
import { countWordErrors } from '@medcall/utils/eval/word-errors';
import { z } from 'zod';
import { loadVad } from '../apps/backend/realtime-service/src/speech/vad.ts';
import { lastTexts } from './speech/last-texts.ts';
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
    off: { type: 'boolean', default: false },
    revisions: { type: 'boolean', default: false },
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

interface Sum {
  errors: number;
  words: number;
  leaks: number;
  doctorErrors: number;
  doctorWords: number;
}

async function listen(
  folder: string,
  reference: Turn[],
  streams: { medico: Int16Array; paciente: Int16Array },
): Promise<Sum> {
  const options = flags.off ? { echo: undefined } : {};
  const heard = await play(streams, new SimulatedEngine(recogniser), vadFactory, {
    partials: false,
    revisions: flags.revisions,
    ...options,
  });
  const errorsOf = (stream: 'medico' | 'paciente', speaker: string) => {
    const said = reference.filter((turn) => turn.speaker === speaker).map((turn) => turn.text);
    const texts = lastTexts(heard, stream).map((event) => event.text);
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
  const patient = errorsOf('paciente', 'PACIENTE');
  const doctor = errorsOf('medico', 'MEDICO');
  return {
    ...patient,
    leaks: leaks.length,
    doctorErrors: doctor.errors,
    doctorWords: doctor.words,
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

async function row(name: string, echo: ((voice: Int16Array) => Float32Array) | null) {
  const total: Sum = { errors: 0, words: 0, leaks: 0, doctorErrors: 0, doctorWords: 0 };
  for (const { folder, medico, paciente, reference } of sounds) {
    const patient = echo === null ? paciente : mixed(paciente, echo(medico));
    const one = await listen(folder, reference, { medico, paciente: patient });
    for (const key of ['errors', 'words', 'leaks', 'doctorErrors', 'doctorWords'] as const) {
      total[key] += one[key];
    }
  }
  const percent = (errors: number, words: number) => ((100 * errors) / words).toFixed(2);
  console.log(
    `${name.padEnd(18)} patient WER ${percent(total.errors, total.words)} % | doctor WER ${percent(total.doctorErrors, total.doctorWords)} % | doctor's sentences as the patient's: ${total.leaks}`,
  );
}

await row('no echo', null);
for (const levelDb of flags.levels.split(',').map(Number)) {
  for (const delayMs of flags.delays.split(',').map(Number)) {
    await row(`${levelDb} dB, ${delayMs} ms`, (voice) => roomEcho(voice, { levelDb, delayMs }));
  }
}
await recogniser.release();
