import { createLogger, type RunningTracing } from '@medcall/service-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiOf, signIn } from '../../apps/backend/gateway/src/testing/world.ts';
import { ask, next, soundChunk } from '../../apps/backend/realtime-service/src/testing/client.ts';
import { scriptedEngine } from '../../apps/backend/realtime-service/src/testing/scripted-engine.ts';
import {
  type FakeCollector,
  type ReceivedSpan,
  startFakeCollector,
} from '../fakes/otlp-collector/fake-collector.ts';
import { tracedBy } from '../fakes/otlp-collector/traced.ts';
import { threeScenes } from './scene.ts';
import { aSystem, type TestSystem } from './system.ts';

/** What must be in no log of any service. */
const canary = {
  name: 'Canarina Rouxinol Sabiá',
  cpf: '52998224725',
  email: 'canario@pacientes.test',
  spoken: 'Minha canarinha dói desde o alpendre azul',
  corrected: 'Minha garganta dói desde o alpendre verde',
  written: 'Refere pio agudo no poleiro',
  reason: 'motivo-canario-sigiloso',
};

/** As a page makes it: one trace for what a screen causes. */
const traceId = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const traceparent = `00-${traceId}-0123456789abcdef-01`;

let system: TestSystem;
let collector: FakeCollector;
let tracing: RunningTracing;
const logs = new Map<string, string>();

beforeAll(async () => {
  collector = await startFakeCollector();
  tracing = await tracedBy(collector, {
    // The three of them are one process here; each span's scope says whose it is.
    service: 'medcall',
    logger: createLogger({ service: 'tracing', level: 'warn' }),
  });
  system = await aSystem({
    engine: scriptedEngine(() => canary.spoken),
    questions: true,
    loggerOf: (service) =>
      createLogger({
        service,
        level: 'trace',
        destination: {
          write: (line: string) => {
            logs.set(service, (logs.get(service) ?? '') + line);
          },
        },
      }),
  });
});
afterAll(async () => {
  await system?.stop();
  await tracing?.stop();
  await collector?.close();
});

it('no log and no trace of any service holds a person, a sentence or a secret of a whole consultation, and one request id runs through', async () => {
  const { own } = await threeScenes(system);
  const token = await signIn(system.gateway, own.doctor);
  const doctor = apiOf(system.gateway, token, { traceparent });
  const { cpf, email, name } = canary;
  const patient = await doctor('POST', '/api/patients', { name, cpf, email });
  await doctor('POST', '/api/patients', { name, cpf });
  await doctor('GET', `/api/patients?search=${encodeURIComponent(name)}`);
  const made = await doctor('POST', '/api/consultations', {
    patient_id: patient.body.id,
    type: 'PRESENCIAL',
  });
  const { id, roomId } = made.body as { id: string; roomId: string };
  const one = `/api/consultations/${id}`;
  for (const type of ['care', 'ai']) {
    const signer = { name, relation: canary.reason };
    await doctor('POST', `${one}/consents`, { type, accepted: true, signer });
  }

  const socket = await system.realtime.connect(token, { traceparent });
  await ask(socket, 'join-presential', { consultationId: id });
  await ask(socket, 'start-recording', { consultationId: id });
  const said = next(socket, 'transcription-update', (event) => event.isFinal);
  for (let seq = 0; seq < 30; seq += 1) {
    const kind = seq < 15 ? 'loud' : 'quiet';
    await ask(socket, 'audio-data', { consultationId: id, ...soundChunk(seq, kind) });
  }
  const utterance = await said;
  expect(utterance.text).toBe(canary.spoken);
  // The utterance is what the two services' lines about its questions have in common.
  for (const service of ['realtime-service', 'ai-service']) {
    await expect
      .poll(() => logs.get(service) ?? '', { timeout: 30_000 })
      .toContain(`"requestId":"${utterance.id}"`);
  }
  await doctor('PATCH', `/api/transcription/utterances/${utterance.id}`, {
    text: canary.corrected,
  });
  await ask(socket, 'end-presential', { consultationId: id });

  const suggested = await doctor('POST', '/api/suggestions', {
    roomId,
    transcription: canary.spoken,
  });
  const sentence = { text: canary.written, origin: 'doctor' };
  const saved = await doctor('PUT', `${one}/note`, { sections: { subjetivo: [sentence] } });
  expect(saved.status).toBe(200);
  await doctor('POST', `${one}/note/draft`, {});
  expect((await doctor('GET', `${one}/transcript`)).text).toContain(canary.corrected);

  const requestId = suggested.headers.get('x-request-id') ?? '';
  for (const service of ['gateway', 'ai-service']) expect(logs.get(service)).toContain(requestId);
  expect([...logs.keys()].toSorted()).toEqual(['ai-service', 'gateway', 'realtime-service']);
  for (const [service, written] of logs) {
    expect(written.length, service).toBeGreaterThan(200);
    for (const mark of [...Object.values(canary), token, own.doctor.email, own.doctor.name]) {
      expect(written.includes(mark), `${service} wrote ${mark}`).toBe(false);
    }
  }

  await tracing.flush();
  expect(collector.spans.length).toBeGreaterThan(50);
  const identifiers = [id, roomId, utterance.id, patient.body.id as string, own.doctor.sub];
  for (const mark of [...Object.values(canary), token, own.doctor.email, ...identifiers]) {
    expect(collector.raw().includes(mark), `a trace holds ${mark}`).toBe(false);
  }
});

it('one trace leads from the page through gateway and rooms to the questions and the database', () => {
  const here = collector.spans.filter((span) => span.traceId === traceId);
  const children = (parent: ReceivedSpan) => here.filter((s) => s.parentId === parent.spanId);
  const named = (name: string, scope: string) => {
    const found = here.filter((span) => span.name === name && span.scope === scope);
    expect(found, `${name} of ${scope}`).not.toEqual([]);
    return found;
  };
  // A request of the page, sent on by the gateway.
  const [asked] = named('POST /api/suggestions', 'gateway') as [ReceivedSpan];
  expect(asked.parentId).toBe('0123456789abcdef');
  expect(children(asked).map(({ name, scope }) => `${scope}: ${name}`)).toContain(
    'ai-service: POST /api/suggestions',
  );
  // A sentence, from the socket to the doctor's questions.
  named('socket start-recording', 'realtime-service');
  named('decode', 'medcall');
  const [sentence] = named('transcription', 'medcall') as [ReceivedSpan];
  expect(sentence.attributes['medcall.outcome']).toBe('shown');
  const inside = children(sentence);
  const written = inside.find(({ name }) => name === 'transaction');
  expect(written && children(written).map(({ name }) => name)).toContain('INSERT transcriptions');
  const question = inside.find(({ name }) => name === 'suggestion');
  const answered = question && children(question);
  expect(answered).toMatchObject([{ name: 'POST /api/suggestions', scope: 'ai-service' }]);
  expect(answered?.flatMap(children).map(({ name }) => name)).toContain('transaction');
});
