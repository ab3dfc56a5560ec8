import { createLogger, type RunningTracing } from '@medcall/service-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectPcm } from '../../../../../tests/clients/pcm-client.ts';
import {
  type FakeCollector,
  startFakeCollector,
} from '../../../../../tests/fakes/otlp-collector/fake-collector.ts';
import { tracedBy } from '../../../../../tests/fakes/otlp-collector/traced.ts';
import { ask, soundChunk } from '../testing/client.ts';
import { bothIn } from '../testing/people.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

const traceId = 'facade00facade00facade00facade00';
let collector: FakeCollector;
let tracing: RunningTracing;

beforeAll(async () => {
  collector = await startFakeCollector();
  tracing = await tracedBy(collector, {
    service: 'realtime-service',
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
});
afterAll(async () => {
  await tracing.stop();
  await collector.close();
});

it('puts the handshake, the decodes and the rows of a native socket under its sender’s trace', async () => {
  const consultation = await world.aConsultation();
  const { doctor, invitation } = await bothIn(service, world, consultation);
  const started = await ask(doctor, 'start-transcription', { roomId: consultation.roomId });
  const client = await connectPcm({
    url: service.url,
    sessionId: String(started.sessionId),
    userId: invitation.sub,
    token: await service.tokens.forInvited(consultation, invitation),
    traceparent: `00-${traceId}-0123456789abcdef-01`,
  });
  for (let seq = 0; seq < 30; seq += 1) {
    client.send(seq, new Int16Array(soundChunk(seq, seq < 10 ? 'loud' : 'quiet').data));
  }
  await client.next((frame) => frame.type === 'transcription' && frame.isFinal);
  client.close();
  const own = async () => {
    await tracing.flush();
    return collector.spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
  };
  for (const name of ['socket pcm-transcription', 'decode', 'transcription']) {
    await expect.poll(own, { timeout: 30_000 }).toContain(name);
  }
});
