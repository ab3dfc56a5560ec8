import type { SpeechEngine, SpeechJob, Transcript } from '../speech/ports.ts';

/** An engine that answers every utterance with its length: for tests about everything but speech. */
export function scriptedEngine(
  textOf: (job: SpeechJob) => string = (job) => `fala de ${Math.round(job.pcm.length / 1600)}`,
): SpeechEngine {
  const zeros = { final: 0, speculative: 0, partial: 0, revision: 0, deferred: 0 };
  return {
    name: 'scripted',
    capabilities: {
      logprobs: false,
      noSpeechProbability: false,
      segments: false,
      prompt: false,
      longestSeconds: 30,
      remote: false,
    },
    start: async () => undefined,
    stop: async () => undefined,
    async transcribe(job): Promise<Transcript> {
      return { text: textOf(job), avgLogprob: null, noSpeechProb: null, engine: 'scripted' };
    },
    stats: () => ({
      engine: 'scripted',
      decoders: { total: 1, ready: 1, busy: 0 },
      queued: zeros,
      queuedSeconds: 0,
      done: zeros,
      shed: zeros,
      cancelled: 0,
      setAside: 0,
      restarts: 0,
      audioSeconds: 0,
      decodeSeconds: 0,
      lastError: null,
    }),
  };
}

/** Speech is whatever is loud. */
export function loudnessVad() {
  return {
    async probability(frame: Float32Array) {
      let energy = 0;
      for (const sample of frame) energy += sample * sample;
      return energy / frame.length > 0.001 ? 0.99 : 0.01;
    },
    reset() {},
  };
}
