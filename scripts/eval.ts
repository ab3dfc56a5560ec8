/** `npm run eval -- --audio DIR…`: the clinical benchmark of transcription; see bench/README.md. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readEnv } from '@medcall/service-kit';
import { realtimeEnv } from '../apps/backend/realtime-service/src/config/env.ts';
import { remoteSpeech } from '../apps/backend/realtime-service/src/engines/choose-engine.ts';
import { chooseEmbedder } from '../apps/backend/realtime-service/src/speakers/choose-embedder.ts';
import { loadVad } from '../apps/backend/realtime-service/src/speech/vad.ts';
import { loadVocabulary } from '../apps/backend/realtime-service/src/vocabulary/correct.ts';
import { readLexicon } from '../apps/backend/realtime-service/src/vocabulary/lexicon.ts';
import {
  embeddedRecogniser,
  type Recogniser,
  remoteRecogniser,
} from '../bench/speech/recogniser.ts';
import { readCorpus } from './lib/eval/corpus.ts';
import { evaluate, inOtherRooms } from './lib/eval/evaluate.ts';
import { lexiconPath } from './lib/eval/fingerprints.ts';
import { inPersonTable } from './lib/eval/in-person-report.ts';
import { parseEvalOptions, usage } from './lib/eval/options.ts';
import { foldText } from './lib/eval/raw-words.ts';
import { type EvalReport, reportTable } from './lib/eval/report.ts';
import type { DialogueFigures } from './lib/eval/score-dialogue.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { runScript } from './lib/system/run-script.ts';

const root = path.join(import.meta.dirname, '..');
const print = (text: string) => process.stdout.write(`${text}\n`);

/** Of the service's variables, those that choose an engine. */
const engineEnv = realtimeEnv.pick({
  STT_PROVIDER: true,
  MODELS_DIR: true,
  SPEAKER_MODEL_PATH: true,
  AZURE_OPENAI_ENDPOINT: true,
  AZURE_OPENAI_API_KEY: true,
  AZURE_OPENAI_API_VERSION: true,
  AZURE_OPENAI_WHISPER_DEPLOYMENT: true,
  OPENAI_BASE_URL: true,
  OPENAI_API_KEY: true,
  OPENAI_STT_MODEL: true,
});

async function run(): Promise<void> {
  if (process.argv.includes('--help')) {
    print(usage);
    return;
  }
  loadEnvFile();
  const options = parseEvalOptions(process.argv.slice(2));
  const corpus = await readCorpus(options.audio);
  const env = readEnv(engineEnv, process.env);
  const modelsDir = path.resolve(root, env.MODELS_DIR);
  const recogniser: Recogniser =
    env.STT_PROVIDER === 'embedded'
      ? await embeddedRecogniser(modelsDir)
      : remoteRecogniser(remoteSpeech(env.STT_PROVIDER, env));
  const vocabulary = loadVocabulary(path.dirname(path.dirname(lexiconPath)));
  const drugs = readLexicon(lexiconPath).filter((entry) => entry.kind === 'drug');
  const embedder = await chooseEmbedder(env.SPEAKER_MODEL_PATH);
  const parts = {
    recogniser,
    vadFactory: await loadVad(modelsDir),
    correct: (text: string) => vocabulary.correct(text).text,
    drugNames: new Set(drugs.map((entry) => foldText(entry.term).join(' '))),
    embedder,
    onDialogue: ({ dialogue }: DialogueFigures) => print(`… ${dialogue}`),
  };
  let report = await evaluate(corpus, parts);
  print(`\n${reportTable(report)}`);
  await save(report, options.json);
  if (options.otherRooms && (report.pooled?.inPerson.length ?? 0) > 0) {
    report = await inOtherRooms(report, corpus, ['noise', 'half', 'reverb'], parts);
    print(`\n${inPersonTable(report.pooled?.inPerson ?? [])}`);
    await save(report, options.json);
  }
  await recogniser.release();
}

async function save(report: EvalReport, file: string | null): Promise<void> {
  if (file !== null) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}

runScript(run);
