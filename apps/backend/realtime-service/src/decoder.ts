import { join } from 'node:path';
import { toFloat } from './speech/pcm.ts';
import { type DecoderReply, decoderRequestSchema } from './speech/pool/decoder-protocol.ts';
import { loadWhisperEngine } from './speech/whisper/whisper-engine.ts';

/**
 * A decoder process: `node decoder.ts <models folder>`, forked by the decoder pool. It holds the
 * weights, works on one utterance at a time, opens no socket and reads no network. A native crash
 * here costs one restart and no call.
 */
const WARM_UP_SECONDS = 2;

function reply(message: DecoderReply): void {
  process.send?.(message);
}

async function main(modelsFolder: string): Promise<void> {
  const engine = await loadWhisperEngine(join(modelsFolder, 'whisper-base'));
  // The first run plans memory and compiles kernels: better here than in somebody's first sentence.
  await engine.transcribe({
    pcm: Float32Array.from({ length: WARM_UP_SECONDS * 16_000 }, (_, i) => 0.01 * Math.sin(i)),
    language: 'pt',
    effort: 'careful',
  });

  const cancelled = new Set<number>();
  let line: Promise<void> = Promise.resolve();

  process.on('message', (raw) => {
    const request = decoderRequestSchema.parse(raw);
    if (request.type === 'cancel') {
      cancelled.add(request.id);
      return;
    }
    line = line.then(async () => {
      const started = performance.now();
      try {
        const transcript = await engine.transcribe({
          pcm: toFloat(request.pcm),
          language: request.language,
          effort: request.effort,
          cancelled: () => cancelled.has(request.id),
          ...(request.prompt === undefined ? {} : { prompt: request.prompt }),
        });
        reply({
          type: 'done',
          id: request.id,
          transcript,
          milliseconds: performance.now() - started,
        });
      } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') {
          reply({ type: 'cancelled', id: request.id });
        } else {
          reply({ type: 'failed', id: request.id, message: String(error) });
        }
      } finally {
        cancelled.clear();
      }
    });
  });
  reply({ type: 'ready', engine: engine.name });
}

const modelsFolder = process.argv[2];
if (modelsFolder === undefined || process.send === undefined) {
  console.error('decoder.ts is forked by the decoder pool with the models folder as its argument');
  process.exit(2);
}
// Whoever forked this process is gone: nobody reads the answers.
process.on('disconnect', () => process.exit(0));
// Ctrl+C reaches the whole group; the service lets its decoders finish and disconnects them.
process.on('SIGINT', () => undefined);
await main(modelsFolder);
