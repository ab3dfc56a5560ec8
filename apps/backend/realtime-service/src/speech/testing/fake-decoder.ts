/**
 * A decoder process without a model, for tests of the pool. It speaks the real protocol; what it
 * does is written in the first sample of the sound.
 */
import { decoderRequestSchema } from '../pool/decoder-protocol.ts';
import { COMMANDS } from './fake-decoder-commands.ts';

const held = new Map<number, NodeJS.Timeout>();

process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => {
  const request = decoderRequestSchema.parse(raw);
  if (request.type === 'cancel') {
    const timer = held.get(request.id);
    if (timer === undefined) return;
    clearTimeout(timer);
    process.send?.({ type: 'cancelled', id: request.id });
    return;
  }
  const command = request.pcm[0];
  const answer = () => {
    held.delete(request.id);
    process.send?.({
      type: 'done',
      id: request.id,
      milliseconds: 5,
      transcript: {
        text: `sample ${request.pcm[1]}`,
        avgLogprob: -0.1,
        noSpeechProb: 0,
        degenerate: false,
        engine: 'fake',
      },
    });
  };
  if (command === COMMANDS.die) process.exit(9);
  else if (command === COMMANDS.fail) {
    process.send?.({ type: 'failed', id: request.id, message: 'as asked' });
  } else if (command === COMMANDS.hold) held.set(request.id, setTimeout(answer, 60_000));
  else if (command === COMMANDS.hang)
    held.set(
      request.id,
      setInterval(() => undefined, 60_000),
    );
  else answer();
});
process.send?.({ type: 'ready', engine: 'fake' });
