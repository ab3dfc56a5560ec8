/**
 * A decoder without a model that speaks the real protocol: the text is a name of the samples, so that one
 * sample lost, doubled or moved gives another text.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { decoderRequestSchema } from '../../../apps/backend/realtime-service/src/speech/pool/decoder-protocol.ts';

/** By default as long as it takes to be killed in the middle of it. */
const decodeMs = Number(process.env.MEDCALL_STUB_DECODE_MS ?? 30);

let line: Promise<void> = Promise.resolve();
const cancelled = new Set<number>();

/** Fourteen letters at most pass the filter of texts that are too long for their sound. */
export function nameOf(pcm: Int16Array): string {
  const sum = crc32(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength));
  let rest = sum;
  let name = '';
  for (let i = 0; i < 5; i++) {
    name += 'bcdfglmnprst'[rest % 12];
    rest = Math.floor(rest / 12);
    name += 'aeiou'[rest % 5];
    rest = Math.floor(rest / 5);
  }
  return name + 'aeiou'[rest % 5];
}

if (process.send) {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (raw) => {
    const request = decoderRequestSchema.parse(raw);
    if (request.type === 'cancel') {
      cancelled.add(request.id);
      return;
    }
    line = line.then(async () => {
      await delay(decodeMs);
      if (cancelled.delete(request.id)) {
        process.send?.({ type: 'cancelled', id: request.id });
        return;
      }
      process.send?.({
        type: 'done',
        id: request.id,
        milliseconds: decodeMs,
        transcript: {
          text: nameOf(request.pcm),
          avgLogprob: -0.1,
          noSpeechProb: 0,
          degenerate: false,
          engine: 'stub',
        },
      });
    });
  });
  process.send({ type: 'ready', engine: 'stub' });
}
