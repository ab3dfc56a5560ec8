import type { SpeechEngine, SpeechJob, Transcript } from '../speech/ports.ts';
import { SpeechError } from '../speech/speech-error.ts';

/**
 * Engines in order: the first that answers wins. What only a later engine can do (partials on a paid
 * first engine, for example) it does; a cancelled job is asked of nobody else.
 */
export function createFallbackEngine(
  engines: readonly [SpeechEngine, ...SpeechEngine[]],
): SpeechEngine {
  const [first] = engines;
  return {
    first,
    name: engines.map((engine) => engine.name).join(' > '),
    capabilities: {
      ...first.capabilities,
      // Windows must fit whichever engine answers.
      longestSeconds: Math.min(...engines.map((engine) => engine.capabilities.longestSeconds)),
    },
    async start() {
      await Promise.all(engines.map((engine) => engine.start()));
    },
    async stop() {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
    stats: () => first.stats(),
    async transcribe(job: SpeechJob): Promise<Transcript> {
      let last: unknown;
      for (const engine of engines) {
        try {
          return await engine.transcribe(job);
        } catch (thrown) {
          last = thrown;
          if (!(thrown instanceof SpeechError)) continue;
          if (thrown.reason === 'cancelled' || thrown.reason === 'stopped') throw thrown;
        }
      }
      throw last;
    },
  };
}
