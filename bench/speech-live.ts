/**
 * How well and how fast the speech core writes a consultation, both microphones live on one
 * decoder: `node bench/speech-live.ts [--audio DIR] [--show] [folder …]`.
 *
 * The clock is simulated (see speech/simulated-engine.ts), the decodes are real.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { UtteranceEvent } from '../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import { loadVad } from '../apps/backend/realtime-service/src/speech/vad.ts';
import { loadWhisperEngine } from '../apps/backend/realtime-service/src/speech/whisper/whisper-engine.ts';
import { type Heard, play } from './speech/play.ts';
import { SimulatedEngine } from './speech/simulated-engine.ts';
import { readWav } from './speech/wav.ts';
import { scoringWords, wordErrors } from './speech/words.ts';

const root = join(import.meta.dirname, '..');
const { values: flags, positionals } = parseArgs({
  options: {
    audio: { type: 'string', default: join(root, 'tests/fixtures/audio') },
    models: { type: 'string', default: process.env.MODELS_DIR ?? join(root, 'models') },
    gain: { type: 'string', default: '1' },
    noise: { type: 'string', default: '0' },
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

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** White noise from a fixed seed, so that every run hears the same. */
function disturbed(pcm: Int16Array): Int16Array {
  const gain = Number(flags.gain);
  const noise = Number(flags.noise) * 32_768;
  let seed = 1;
  return pcm.map((value) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const sample = value * gain + (seed / 1_073_741_824 - 1) * noise;
    return Math.max(-32_768, Math.min(32_767, Math.round(sample)));
  });
}

/** Texts per stream in order of time: of the first finals, or of the last revisions. */
function finals(heard: Heard[], stream: string, last: boolean): UtteranceEvent[] {
  const rows = new Map<string, UtteranceEvent>();
  for (const { stream: of, event } of heard) {
    if (of !== stream || event.type !== 'utterance' || !event.isFinal) continue;
    if (!last && event.revision > 0) continue;
    rows.set(event.id, event);
    for (const id of event.replaces ?? []) rows.delete(id);
  }
  return [...rows.values()].sort((a, b) => a.startMs - b.startMs);
}

const speakerOf = { medico: 'MEDICO', paciente: 'PACIENTE' } as const;

/** From the end of each reference turn to the first final that reaches it. */
function lags(heard: Heard[], stream: keyof typeof speakerOf, turns: Turn[]): number[] {
  return turns
    .filter((turn) => turn.speaker === speakerOf[stream])
    .flatMap((turn) => {
      const first = heard.find(
        ({ stream: of, event }) =>
          of === stream &&
          event.type === 'utterance' &&
          event.isFinal &&
          event.startMs < turn.end * 1_000 &&
          event.endMs > turn.end * 1_000 - 400,
      );
      return first === undefined ? [] : [first.atMs / 1_000 - turn.end];
    });
}

const whisper = await loadWhisperEngine(join(flags.models, 'whisper-base'));
const vadFactory = await loadVad(flags.models);
const folders =
  positionals.length > 0
    ? positionals
    : (await readdir(flags.audio, { withFileTypes: true }))
        .filter((entry) => entry.isDirectory() && entry.name !== 'nao-fala')
        .map((entry) => entry.name);

const total = { words: 0, first: 0, last: 0, lag: [] as number[] };
for (const folder of folders) {
  const reference = referenceSchema.parse(
    JSON.parse(await readFile(join(flags.audio, folder, 'reference.json'), 'utf8')),
  );
  const engine = new SimulatedEngine(whisper);
  const streams = {
    medico: disturbed(await readWav(join(flags.audio, folder, 'medico.wav'))),
    paciente: disturbed(await readWav(join(flags.audio, folder, 'paciente.wav'))),
  };
  const heard = await play(streams, engine, vadFactory);
  const score = { words: 0, first: 0, last: 0, lag: [] as number[] };
  for (const stream of ['medico', 'paciente'] as const) {
    const said = reference.turns.filter((turn) => turn.speaker === speakerOf[stream]);
    const words = scoringWords(said.map((turn) => turn.text).join(' '));
    const textOf = (last: boolean) =>
      finals(heard, stream, last)
        .map((event) => event.text)
        .join(' ');
    score.words += words.length;
    score.first += wordErrors(words, scoringWords(textOf(false)));
    score.last += wordErrors(words, scoringWords(textOf(true)));
    score.lag.push(...lags(heard, stream, reference.turns));
  }
  if (flags.show) {
    for (const { stream, event, atMs } of heard) {
      if (event.type === 'utterance' && !event.isFinal) continue;
      const text = event.type === 'utterance' ? event.text : `${event.type}: ${event.reason}`;
      const mark = event.type === 'utterance' ? `r${event.revision}` : '--';
      console.log(
        `${(atMs / 1_000).toFixed(1)} ${stream.padEnd(8)} ${mark} ${event.startMs}–${event.endMs} ${text}`,
      );
    }
  }
  const seconds = streams.medico.length / 16_000;
  const pct = (errors: number) => ((100 * errors) / score.words).toFixed(1);
  console.log(
    `${folder.padEnd(16)} WER first ${pct(score.first)} last ${pct(score.last)} | lag median ${quantile(score.lag, 0.5).toFixed(2)} p95 ${quantile(score.lag, 0.95).toFixed(2)} (${score.lag.length} turns) | decoder busy ${(engine.decodeMs / 10 / seconds).toFixed(0)} % ${JSON.stringify(engine.done)}`,
  );
  total.words += score.words;
  total.first += score.first;
  total.last += score.last;
  total.lag.push(...score.lag);
}
console.log(
  `pooled           WER first ${((100 * total.first) / total.words).toFixed(2)} last ${((100 * total.last) / total.words).toFixed(2)} | lag median ${quantile(total.lag, 0.5).toFixed(2)} p95 ${quantile(total.lag, 0.95).toFixed(2)}`,
);

if (positionals.length === 0) {
  for (const file of await readdir(join(flags.audio, 'nao-fala')).catch(() => [])) {
    if (!file.endsWith('.wav')) continue;
    const pcm = disturbed(await readWav(join(flags.audio, 'nao-fala', file)));
    const heard = await play({ [file]: pcm }, new SimulatedEngine(whisper), vadFactory);
    const shown = heard.flatMap(({ event }) => (event.type === 'utterance' ? [event.text] : []));
    const dropped = heard.flatMap(({ event }) =>
      event.type === 'dropped' ? [`${event.reason}: ${event.rawText}`] : [],
    );
    console.log(
      `${file.padEnd(16)} words ${scoringWords(shown.join(' ')).length} ${shown.join(' | ')} dropped ${JSON.stringify(dropped)}`,
    );
  }
}
await whisper.release();
