/**
 * Two people speak and are transcribed, until the parent process hangs up: the load beside which the
 * questions are measured. A process of its own, as the realtime service is. Sends `ready` once the decoders
 * are loaded and speech flows, and what was decoded in answer to `stats`.
 */
import { join } from 'node:path';
import { createDecoderPool } from '../../apps/backend/realtime-service/src/speech/decoder-pool.ts';
import { EchoGuard } from '../../apps/backend/realtime-service/src/speech/echo/echo-guard.ts';
import { RoomSound } from '../../apps/backend/realtime-service/src/speech/echo/room-sound.ts';
import { createTranscriber } from '../../apps/backend/realtime-service/src/speech/transcriber.ts';
import { loadVad } from '../../apps/backend/realtime-service/src/speech/vad.ts';
import { dialogueTracks, track } from '../ratios/speech-sound.ts';

const root = join(import.meta.dirname, '../..');
const dialogue = 'cefaleia';
const chunkSamples = 1_600;
const chunkMs = 100;

const engine = createDecoderPool({ modelsDir: join(root, 'models') });
await engine.start();
const vadFactory = await loadVad(join(root, 'models'));
const room = new RoomSound();
let finals = 0;
const streams = await Promise.all(
  dialogueTracks.map(async (name) => {
    const joined = room.join(name, 0);
    const transcriber = createTranscriber({
      streamKey: name,
      roomId: 'bench',
      engine,
      vadFactory,
      echo: new EchoGuard(joined),
      onEvent: (event) => {
        if (event.type === 'utterance' && event.isFinal) finals += 1;
      },
      onError: (error) => {
        throw error;
      },
    });
    return { pcm: await track(dialogue, name), joined, transcriber };
  }),
);

const length = Math.max(...streams.map(({ pcm }) => pcm.length));
const began = performance.now();
let position = 0;
/** The dialogue begins anew when it is over, at the pace of speech whatever the machine does. */
const timer = setInterval(() => {
  while ((position / chunkSamples) * chunkMs < performance.now() - began) {
    const from = position % length;
    for (const { joined, pcm, transcriber } of streams) {
      const heard = pcm.subarray(from, from + chunkSamples);
      const chunk = new Int16Array(chunkSamples);
      chunk.set(heard);
      joined.add(chunk, position);
      transcriber.feed(chunk, position);
    }
    position += chunkSamples;
  }
}, chunkMs);

process.on('message', (message) => {
  if (message !== 'stats') return;
  const { audioSeconds, decodeSeconds, decoders } = engine.stats();
  process.send?.({
    spokenSeconds: position / 16_000,
    finals,
    audioSeconds,
    decodeSeconds,
    decoders,
  });
});
process.on('disconnect', () => {
  clearInterval(timer);
  // What a decoder is at work on is waited for: it answers into a channel that must be open.
  void Promise.all(streams.map(({ transcriber }) => transcriber.drain()))
    .then(() => engine.stop())
    .then(() => process.exit(0));
});
process.send?.('ready');
