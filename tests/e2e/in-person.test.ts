import path from 'node:path';
import { consultation } from '@medcall/shared-types';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { demoPassword } from '../../scripts/lib/system/ready-table.ts';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { type FakeCollector, startFakeCollector } from '../fakes/otlp-collector/fake-collector.ts';
import { type Person, sitDown } from './support/browser.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// Doctor and patient in one room: one browser, one microphone that hears both.
let world: World;
let doctor: Person;
let collector: FakeCollector;
/** `traceparent` of what the page asked the gateway while it showed a consultation in person. */
const asked: string[] = [];

beforeAll(async () => {
  collector = await startFakeCollector();
  world = await startWorld({
    frontend: true,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  doctor = await sitDown({
    voice: path.join(audioDir, 'dor-toracica', 'sala.wav'),
    origin: world.urls.frontend,
  });
  doctor.page.on('request', (request) => {
    const { traceparent } = request.headers();
    const isHere = doctor.page.url().includes('/consulta-presencial/');
    if (isHere && traceparent && request.url().startsWith(world.urls.gateway)) {
      asked.push(traceparent);
    }
  });
}, 600_000);

afterAll(async () => {
  await doctor?.close();
  await world?.stop();
  await collector?.close();
});

it('a consultation in person is heard after the consent, split by voice, corrected by a tap and ended', async () => {
  const { page } = doctor;
  onTestFailed(async () => {
    console.error(page.url(), await page.locator('body').innerText(), doctor.complaints.slice(-10));
    console.error(world.recentLog());
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  await page.goto(`${world.urls.frontend}/login`);
  await page.getByLabel('E-mail').fill('medico@aurora.demo');
  await page.getByLabel('Senha').fill(demoPassword);
  await button('Entrar').click();
  await page.waitForURL(/\/dashboard/);

  await button('Nova consulta').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('listitem').first().getByRole('button').click();
  await dialog.getByText('Presencial').click();
  await dialog.getByRole('button', { name: 'Criar consulta' }).click();
  await dialog.getByRole('link', { name: 'Atender agora' }).click();
  await page.waitForURL(/\/consulta-presencial\//);

  // Nothing is heard before the patient agrees.
  await button('Começar a ouvir').click();
  await page.getByText('o paciente precisa autorizar a transcrição').waitFor();
  await page.getByRole('checkbox', { name: /Transcrição com inteligência artificial/ }).click();
  await button('Começar a ouvir').click();
  await page.getByText('Ouvindo a sala').waitFor();

  const said = (speaker: string) =>
    page.locator(`[data-testid="utterance"][data-speaker="${speaker}"][data-final="true"]`);
  await waitUntil(
    'both voices',
    async () => (await said('MEDICO').count()) >= 2 && (await said('PACIENTE').count()) >= 2,
    { timeoutMs: 120_000, everyMs: 500 },
  );

  // The first row of the patient, whatever it says, becomes the doctor's by one tap.
  const wrong = said('PACIENTE').first();
  const words = (await wrong.innerText()).split('\n').at(-1) ?? '';
  await wrong.getByRole('button', { name: /Trocar: fui eu/ }).click();
  await said('MEDICO').filter({ hasText: words }).first().waitFor();

  await button('Encerrar').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Encerrar consulta' }).click();
  await page.waitForURL(/\/consulta\/[0-9a-f-]+$/, { timeout: 60_000 });
  await page.getByTestId('utterance').first().waitFor();
  expect(
    await page.locator('[data-testid="utterance"][data-speaker="PACIENTE"]').count(),
  ).toBeGreaterThanOrEqual(1);
  expect(doctor.complaints).toEqual([]);
});

it('what that page asked for is one trace with what the services did for it', async () => {
  const parts = asked.map((one) => one.split('-'));
  const [traceId] = new Set(parts.map(([, id]) => id));
  expect(parts.length).toBeGreaterThan(0);
  expect(new Set(parts.map(([, id]) => id)).size).toBe(1);
  const trace = () => collector.spans.filter((span) => span.traceId === traceId);
  const continued = () => {
    const edges = trace().filter(({ kind, service }) => service === 'gateway' && kind === 'server');
    const parents = new Set(edges.map(({ parentId }) => parentId));
    return parts.every(([, , parent = '']) => parents.has(parent));
  };
  const named = (service: string, name: string) =>
    trace().some((span) => span.service === service && span.name === name);
  await waitUntil(
    'the spans of the page',
    () =>
      continued() &&
      named('gateway', 'transaction') &&
      named('realtime-service', 'socket join-presential') &&
      named('realtime-service', 'transcription'),
    { timeoutMs: 60_000, everyMs: 200 },
  );
});

it('a consent that was not stored is not taken for given: the doctor reads why, and nothing is heard', async () => {
  const { page } = doctor;
  onTestFailed(async () => {
    console.error(page.url(), await page.locator('body').innerText(), doctor.complaints.slice(-10));
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const [chosen] = await world.query<{ id: string }>(
    `select c.id from consultations c
     join members m on m.medico_id = c.doctor_id join auth_embedded.users u on u.id = m.user_auth
     where u.email = 'medico@aurora.demo' and c.status = 'WAITING' limit 1`,
  );
  const api = await world.api('medico@aurora.demo');
  const { patient_id } = consultation.parse(
    await api.request('GET', `/api/consultations/${chosen?.id}`),
  );
  const { id } = consultation.parse(
    await api.request('POST', '/api/consultations', { patient_id, type: 'PRESENCIAL' }),
  );
  const stored = () =>
    world.query<{ type: string; accepted: boolean; signer_name: string }>(
      `select type, accepted, signer_name from consents where consultation_id = '${id}' order by position`,
    );
  await page.goto(`${world.urls.frontend}/consulta-presencial/${id}`);
  const ai = page.getByRole('checkbox', { name: /Transcrição com inteligência artificial/ });
  await ai.click();

  // Nobody is named as the guardian.
  await page.getByRole('radio', { name: 'Responsável' }).click();
  await button('Começar a ouvir').click();
  await page.getByText('Informe o nome e o parentesco de quem autorizou.').waitFor();
  expect(await stored()).toEqual([]);
  await page.getByLabel('Nome do responsável').fill('Ana Responsável');
  await page.getByLabel('Parentesco ou função').fill('mãe');

  // The answer does not come through, then the server has trouble: the choice stays, nothing listens.
  const consents = '**/api/consultations/*/consents';
  const told = (words: string) => page.getByRole('alert').filter({ hasText: words }).waitFor();
  await page.route(consents, (route) =>
    route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue(),
  );
  await button('Começar a ouvir').click();
  await told('O serviço não respondeu');
  await page.unroute(consents);
  await page.route(consents, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 503,
          contentType: 'application/json',
          headers: { 'access-control-allow-origin': world.urls.frontend },
          body: JSON.stringify({
            error: {
              code: 'unavailable',
              message: 'Este serviço está fora do ar agora. Tente em instantes.',
              details: null,
              requestId: 'r',
            },
          }),
        })
      : route.continue(),
  );
  await button('Começar a ouvir').click();
  await told('Este serviço está fora do ar agora');
  expect(await ai.isChecked()).toBe(true);
  expect(await page.getByText('Ouvindo a sala').count()).toBe(0);
  expect(await stored()).toEqual([]);

  // Asked again, it is stored once, with who gave it.
  await page.unroute(consents);
  await button('Começar a ouvir').click();
  await page.getByText('Ouvindo a sala').waitFor();
  expect(await stored()).toEqual([
    { type: 'ai', accepted: true, signer_name: 'Ana Responsável' },
    { type: 'recording', accepted: false, signer_name: 'Ana Responsável' },
  ]);
}, 120_000);
