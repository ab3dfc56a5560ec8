import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadVad } from '../../apps/backend/realtime-service/src/speech/vad.ts';
import { loadWhisperEngine } from '../../apps/backend/realtime-service/src/speech/whisper/whisper-engine.ts';
import { compare, type RatioResult } from './compare.ts';
import { track, utterancesOf } from './speech-sound.ts';

/** Decoding an utterance in a window of its own length, over decoding it in Whisper's 30 s. */
export async function adaptiveWindow(modelsDir: string, rounds: number): Promise<RatioResult> {
  const weights = join(modelsDir, 'whisper-base');
  // Without the file that says otherwise, weights are taken for a usual export with a fixed window.
  const usual = await mkdtemp(join(tmpdir(), 'whisper-'));
  try {
    for (const name of await readdir(weights)) {
      if (name !== 'medcall.json') await symlink(join(weights, name), join(usual, name));
    }
    const [adaptive, fixed] = [await loadWhisperEngine(weights), await loadWhisperEngine(usual)];
    const heard = await utterancesOf(await track('cefaleia', 'paciente'), await loadVad(modelsDir));
    const utterances = heard.slice(0, 2);
    const decode = (engine: typeof adaptive) => async () => {
      for (const { pcm } of utterances) {
        await engine.transcribe({ pcm, language: 'pt', effort: 'careful' });
      }
      return utterances.length;
    };
    const result = await compare({
      name: 'adaptive window ÷ 30 s window',
      unit: 'utterance',
      base: decode(fixed),
      tested: decode(adaptive),
      rounds,
    });
    await Promise.all([adaptive.release(), fixed.release()]);
    return result;
  } finally {
    await rm(usual, { recursive: true });
  }
}
