import { loadVad } from '../../apps/backend/realtime-service/src/speech/vad.ts';
import { play } from '../speech/play.ts';
import { embeddedRecogniser } from '../speech/recogniser.ts';
import { SimulatedEngine } from '../speech/simulated-engine.ts';
import { nonSpeech } from './speech-sound.ts';

export interface InventedWords {
  clips: number;
  minutes: number;
  /** Words a minute that the engine writes when it is given the sound in pieces of 5 s… */
  ungated: number;
  /** …and that come out of the service. */
  gated: number;
}

const CLIPS = ['silencio', 'ventilador', 'teclado', 'musica', 'respiracao'] as const;
const PIECE_SAMPLES = 5 * 16_000;

/** Words that nobody said, with and without what stands between microphone and transcript. Counted, not timed. */
export async function inventedWords(modelsDir: string): Promise<InventedWords> {
  const recogniser = await embeddedRecogniser(modelsDir);
  const vadFactory = await loadVad(modelsDir);
  let samples = 0;
  let ungated = 0;
  let gated = 0;
  for (const clip of CLIPS) {
    const pcm = await nonSpeech(clip);
    samples += pcm.length;
    for (let at = 0; at + PIECE_SAMPLES <= pcm.length; at += PIECE_SAMPLES) {
      const piece = pcm.subarray(at, at + PIECE_SAMPLES);
      const { transcript } = await recogniser.recognise({
        pcm: Float32Array.from(piece, (sample) => sample / 32_768),
        language: 'pt',
        effort: 'careful',
      });
      ungated += wordsIn(transcript.text);
    }
    const heard = await play({ clip: pcm }, new SimulatedEngine(recogniser), vadFactory);
    for (const { event } of heard) if (event.type === 'utterance') gated += wordsIn(event.text);
  }
  await recogniser.release();
  const minutes = samples / 16_000 / 60;
  return { clips: CLIPS.length, minutes, ungated: ungated / minutes, gated: gated / minutes };
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
