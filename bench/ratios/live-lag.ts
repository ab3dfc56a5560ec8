import { segmenterSettings } from '../../apps/backend/realtime-service/src/speech/segmenter-settings.ts';
import { loadVad } from '../../apps/backend/realtime-service/src/speech/vad.ts';
import { play } from '../speech/play.ts';
import { embeddedRecogniser } from '../speech/recogniser.ts';
import { SimulatedEngine } from '../speech/simulated-engine.ts';
import { compare, type RatioResult } from './compare.ts';
import { hear, rememberedVad, track, utterancesOf } from './speech-sound.ts';

/** One frame of 32 ms. */
const FRAME_MS = 32;
const SECONDS = 30;

/**
 * Lag of the first final of an utterance, live with partials, over what waiting for silence and then
 * decoding would take. Below 1, decoding has begun while the silence was waited for. The clock is
 * simulated; decodes take their processor time.
 */
export async function lagOfFirstFinal(modelsDir: string, rounds: number): Promise<RatioResult> {
  const recogniser = await embeddedRecogniser(modelsDir);
  const pcm = (await track('cefaleia', 'paciente')).subarray(0, SECONDS * 16_000);
  const vadFactory = await loadVad(modelsDir);
  const vad = rememberedVad(await hear(pcm, vadFactory));
  const utterances = await utterancesOf(pcm, vadFactory);
  const silenceMs = segmenterSettings({}).endFrames * FRAME_MS;
  let clock = 0;
  const result = await compare({
    name: 'lag of first final ÷ (silence + solo decode)',
    unit: 'utterance',
    async base() {
      for (const utterance of utterances) {
        const { tookMs } = await recogniser.recognise({
          pcm: utterance.pcm,
          language: 'pt',
          effort: 'careful',
        });
        clock += (silenceMs + tookMs) * 1_000;
      }
      return utterances.length;
    },
    async tested() {
      const heard = await play({ patient: pcm }, new SimulatedEngine(recogniser), vad, {
        revisions: false,
      });
      const finals = heard.filter(({ event }) => event.type === 'utterance' && event.isFinal);
      for (const { atMs, event } of finals) clock += (atMs - event.endMs) * 1_000;
      return finals.length;
    },
    meter: { base: () => clock, tested: () => clock },
    rounds,
  });
  await recogniser.release();
  return result;
}
