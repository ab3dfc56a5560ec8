/**
 * `npm run verify:traces`: the whole system with OpenTelemetry on, sending to a small collector that takes the
 * protocol; one consultation is held through the public interface, and what came is written to
 * docs/reports/verify-traces.md: the trace of a sentence, of a request, and the figures of /metrics. A minute.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startWorld } from '../../tests/e2e/support/world.ts';
import { startFakeCollector } from '../../tests/fakes/otlp-collector/fake-collector.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { ApiClient } from '../lib/client/api.ts';
import { fillRoom } from '../lib/client/fill-room.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir, serviceNames } from '../lib/system/settings.ts';
import { waitUntil } from '../lib/system/wait-until.ts';
import { play } from './lib/consultation.ts';
import { stretches } from './lib/sound.ts';
import { aVoice } from './lib/voice.ts';
import { reportOfTraces } from './traces/report.ts';

const seconds = 40;
/** As the doctor's page makes it. */
const traceId = 'd0c70ad0c70ad0c70ad0c70ad0c70a01';
const say = (line: string) => process.stdout.write(`${line}\n`);

let requests = 0;
function traceparent(): string {
  requests += 1;
  return `00-${traceId}-${requests.toString(16).padStart(16, '0')}-01`;
}

runScript(async () => {
  const collector = await startFakeCollector();
  const firstPort = await freePort();
  const world = await startWorld({
    frontend: false,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, METRICS_PORT: String(firstPort) },
  });
  let metrics: Record<string, string> = {};
  try {
    const stage = { ...(await world.stage('medico@aurora.demo')), traceparent };
    const room = await fillRoom(stage);
    const { roomId } = room.consultation;
    const [sound] = await stretches(1, seconds);
    if (!sound) throw new Error('there is no sound');
    await room.doctor.request('start-transcription', { roomId });
    say('A consultation is held.');
    let questions = 0;
    room.doctor.socket.on('suggestion', () => {
      questions += 1;
    });
    const voice = (connection: typeof room.doctor, captureId: 'doctor' | 'patient') =>
      aVoice({ connection, roomId, captureId, pcm: sound[captureId], speed: 1 });
    await play([voice(room.doctor, 'doctor'), voice(room.patient, 'patient')]);
    await waitUntil('a question came', () => questions > 0, { timeoutMs: 60_000, everyMs: 100 });
    await room.doctor.request('end-consultation', { roomId });
    const api = new ApiClient(stage.gateway, await stage.doctorToken(), traceparent);
    await api.request('GET', `/api/consultations/${room.consultation.id}/transcript`);
    await api.request('GET', `/api/rooms/${roomId}`);
    metrics = await scrape(firstPort);
    room.doctor.close();
    room.patient.close();
  } finally {
    // Each service sends what it still has when it is told to stop.
    await world.stop();
    await collector.close();
  }
  const { passed, text } = reportOfTraces({ spans: collector.spans, traceId, metrics });
  say(text);
  await mkdir(path.join(rootDir, 'docs/reports'), { recursive: true });
  await writeFile(path.join(rootDir, 'docs/reports/verify-traces.md'), text);
  if (!passed) process.exitCode = 1;
});

/** Of each service that has figures. */
async function scrape(firstPort: number): Promise<Record<string, string>> {
  const texts = serviceNames.map(async (name, index): Promise<[string, string]> => {
    if (name === 'frontend') return [name, ''];
    const answer = await fetch(`http://127.0.0.1:${firstPort + index}/metrics`);
    return [name, await answer.text()];
  });
  return Object.fromEntries(await Promise.all(texts));
}
