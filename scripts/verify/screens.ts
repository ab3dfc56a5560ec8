/**
 * `npm run verify:screens`: the production build in a real browser with the demonstration data. How soon
 * the doctor's pages stand and answer on a processor four times slower, what the patient's way costs in
 * JavaScript, how 1,500 utterances scroll, whether the doctor's page grows over a call of 30 minutes.
 * Names of parts (`patient pages record call`) run those only and renew their lines of the report.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import buildFrontend from '../../tests/e2e/support/build-frontend.ts';
import { startWorld, type World } from '../../tests/e2e/support/world.ts';
import { demoPassword } from '../lib/system/ready-table.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { waitUntil } from '../lib/system/wait-until.ts';
import { findOrInstallBrowser } from '../lib/testing/find-browser.ts';
import { tapLine } from './screens/live-utterances.ts';
import {
  countScripts,
  heldBytes,
  inpMs,
  longestTaskMs,
  scrollThrough,
  speedOf,
  throttle,
  watchSpeed,
} from './screens/page-speed.ts';

const slower = 4;
const utterances = 1_500;
/** After so many the page has loaded all its parts: growth is counted from here. */
const warmUp = 150;
const allowed = { lcpMs: 2_500, inpMs: 200, patientKb: 180, rows: 60, taskMs: 50, growth: 1.1 };

const partNames = ['patient', 'pages', 'record', 'call'] as const;
type Part = (typeof partNames)[number];

const reportLine = z.object({
  part: z.enum(partNames),
  what: z.string(),
  figure: z.number(),
  unit: z.string(),
  allowed: z.number(),
  passed: z.boolean(),
});
type Line = z.infer<typeof reportLine>;
const lines: Line[] = [];
let part: Part = 'patient';
const say = (text: string) => process.stdout.write(`${text}\n`);

function note(what: string, figure: number, unit: string, most: number): void {
  const line = { part, what, figure: Math.round(figure * 100) / 100, unit, allowed: most };
  lines.push({ ...line, passed: figure <= most });
  say(`${figure <= most ? '✓' : '✗'} ${what}: ${line.figure} ${unit} (at most ${most})`);
}

runScript(async () => {
  const asked = z.array(z.enum(partNames)).parse(process.argv.slice(2));
  const wanted = asked.length > 0 ? asked : partNames;
  await buildFrontend();
  const world = await startWorld({ frontend: true });
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser(say),
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--disable-background-networking',
    ],
  });
  try {
    const place = await findRoom(world);
    const parts: Record<Part, () => Promise<void>> = {
      patient: () => patientsWay(world, browser, place.id),
      pages: () => doctorsPages(world, browser, place.room),
      record: () => longRecord(world, browser),
      call: () => longCall(world, browser, place.room),
    };
    for (const name of wanted) {
      part = name;
      await parts[name]();
    }
  } finally {
    await browser.close();
    await world.stop();
  }
  await write(wanted);
  if (lines.some(({ passed }) => !passed)) process.exitCode = 1;
});

async function findRoom({ query }: World): Promise<{ id: string; room: string }> {
  const [row] = await query<{ id: string; room: string }>(
    `select c.id, c.room_id as room from consultations c
     join members m on m.medico_id = c.doctor_id join auth_embedded.users u on u.id = m.user_auth
     join patients p on p.id = c.patient_id
     where u.email = 'medico@aurora.demo' and c.status = 'WAITING' and c.type = 'ONLINE'
       -- For a child somebody else consents, by another way.
       and p.birth_date < current_date - interval '18 years' limit 1`,
  );
  if (!row) throw new Error('the demonstration has no waiting consultation');
  return row;
}

async function aPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    locale: 'pt-BR',
    viewport: { width: 1440, height: 900 },
    permissions: ['microphone', 'camera'],
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(watchSpeed);
  return context.newPage();
}

async function signedIn({ urls }: World, browser: Browser): Promise<Page> {
  const page = await aPage(browser);
  await page.goto(`${urls.frontend}/login`);
  await page.getByLabel('E-mail').fill('medico@aurora.demo');
  await page.getByLabel('Senha').fill(demoPassword);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.waitForURL(/\/dashboard/);
  return page;
}

/** From the link to the waiting room, the room's own code included. */
async function patientsWay(world: World, browser: Browser, consultationId: string): Promise<void> {
  const page = await aPage(browser);
  const api = await world.api('medico@aurora.demo');
  const made = (await api.request('POST', '/api/invitations', { consultationId })) as {
    url: string;
  };
  const bytes = await countScripts(page);
  const button = (name: string) => page.getByRole('button', { name });
  await page.goto(made.url);
  await button('Começar').click();
  await page.getByRole('checkbox', { name: /Atendimento por telemedicina/ }).click();
  await button('Continuar').click();
  await button('Ligar câmera e microfone').click();
  await button('Entrar na sala de espera').click();
  await page.getByTestId('waiting').waitFor();
  note('JavaScript of the patient’s way, compressed', bytes() / 1000, 'kB', allowed.patientKb);
  await page.context().close();
}

async function doctorsPages(world: World, browser: Browser, room: string): Promise<void> {
  const page = await signedIn(world, browser);
  await throttle(page, slower);
  const { keyboard } = page;

  await page.goto(`${world.urls.frontend}/dashboard`);
  await page.getByTestId('consultation').first().waitFor();
  note('dashboard, largest paint', (await speedOf(page)).lcpMs, 'ms', allowed.lcpMs);
  await page.getByRole('button', { name: 'Nova consulta' }).first().click();
  await page.getByRole('dialog').getByRole('searchbox').first().pressSequentially('luci');
  await keyboard.press('Escape');
  await keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Paciente, consulta ou tela/ }).pressSequentially('ag');
  await keyboard.press('Escape');
  await settled(page);
  note('dashboard, slowest answer to a press', await inpMs(page), 'ms', allowed.inpMs);

  await page.goto(`${world.urls.frontend}/call/${room}`);
  await page.locator('button[aria-label="Desligar microfone"]:enabled').waitFor();
  await settled(page);
  note('call, largest paint', (await speedOf(page)).lcpMs, 'ms', allowed.lcpMs);
  for (const key of ['m', 'm', 'v', 'v', '?', 'Escape']) {
    await keyboard.press(key);
    await settled(page);
  }
  await page.getByRole('button', { name: 'Encerrar' }).click();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await settled(page);
  note('call, slowest answer to a press', await inpMs(page), 'ms', allowed.inpMs);
  await page.context().close();
}

/** Two frames and an idle moment: what a press began has been painted and counted. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))))',
  );
}

async function longRecord(world: World, browser: Browser): Promise<void> {
  const [row] = await world.query<{ id: string; room: string }>(
    `select c.id, c.room_id as room from consultations c join notes n on n.consultation_id = c.id
     join members m on m.medico_id = c.doctor_id join auth_embedded.users u on u.id = m.user_auth
     where u.email = 'medico@aurora.demo' and n.status = 'assinada' limit 1`,
  );
  if (!row) throw new Error('the demonstration has no signed note');
  await world.query(
    `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
     select $1, case when n % 2 = 0 then 'MEDICO' else 'PACIENTE' end,
            'Fala de número ' || n || repeat(' e mais algumas palavras', n % 7), now(),
            3600000 + n * 1000, 3600900 + n * 1000
     from generate_series(1, $2::int) n`,
    [row.room, utterances],
  );
  const page = await signedIn(world, browser);
  await page.goto(`${world.urls.frontend}/consulta/${row.id}`);
  await page.getByTestId('utterance').first().waitFor();
  await settled(page);
  await measureScroll(page, 'record', '[data-testid="record-transcript"]');
  await page.context().close();
}

async function measureScroll(page: Page, name: string, list: string): Promise<void> {
  let rows = 0;
  const longest = await longestTaskMs(page, async () => {
    await scrollThrough(page, list, 300);
    rows = await page.getByTestId('utterance').count();
  });
  note(`${name}, rows in the page of ${utterances}`, rows, 'rows', allowed.rows);
  note(`${name}, longest task while scrolling`, longest, 'ms', allowed.taskMs);
}

/** Thirty minutes of speech, as fast as the page takes it: what stays held is what would be held then. */
async function longCall(world: World, browser: Browser, room: string): Promise<void> {
  const page = await signedIn(world, browser);
  const session = await page.context().newCDPSession(page);
  const tap = await tapLine(page, world.urls.realtime);
  await page.goto(`${world.urls.frontend}/call/${room}`);
  await page.locator('button[aria-label="Desligar microfone"]:enabled').waitFor();
  await waitUntil('the line', async () => tap.line !== null, { timeoutMs: 30_000 });
  const rows = page.getByTestId('utterance');
  let before = 0;
  for (let number = 1; number <= utterances; number += 1) {
    tap.say(room, number);
    if (number % 25 !== 0) continue;
    await rows
      .filter({ hasText: `número ${number},` })
      .first()
      .waitFor();
    if (number === warmUp) before = await heldBytes(session);
  }
  const after = await heldBytes(session);
  const megabytes = (bytes: number) => Math.round(bytes / 100_000) / 10;
  say(
    `  held after ${warmUp}: ${megabytes(before)} MB, after ${utterances}: ${megabytes(after)} MB`,
  );
  note('call of 30 minutes, memory against its beginning', after / before, '×', allowed.growth);
  await measureScroll(page, 'call', '[data-testid="transcript"]');
  await page.context().close();
}

const folder = path.join(rootDir, 'docs', 'reports');
const earlierReport = z.object({ lines: z.array(reportLine) });

/** Lines of the parts that did not run, as the last report has them. */
async function linesOfOthers(ran: readonly Part[]): Promise<Line[]> {
  const text = await readFile(path.join(folder, 'verify-screens.json'), 'utf8').catch(() => null);
  const earlier = text === null ? [] : earlierReport.parse(JSON.parse(text)).lines;
  return earlier.filter((line) => !ran.includes(line.part));
}

async function write(ran: readonly Part[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const all = [...(await linesOfOthers(ran)), ...lines].sort(
    (a, b) => partNames.indexOf(a.part) - partNames.indexOf(b.part),
  );
  const passed = all.filter((line) => line.passed).length;
  const machine = { cpu: cpus()[0]?.model ?? '?', cores: cpus().length };
  const table = all.map(
    ({ what, figure, unit, allowed: most, passed: good }) =>
      `| ${what} | ${figure} ${unit} | ${most} ${unit} | ${good ? '✓' : '✗'} |`,
  );
  const text = `# Speed of the screens

\`npm run verify:screens\` on ${date}, ${machine.cores} cores (${machine.cpu}): **${passed} of ${all.length}** within bounds.

Production build, Chromium, demonstration data. Paint and presses with the processor slowed ${slower} times; the slowest of all presses is given, which is what INP reports for so few. The patient's way is everything from the link to the waiting room. The call of 30 minutes is ${utterances} utterances of two partials each, told over the page's own socket as fast as it draws them; memory is what stays held after collecting, counted from utterance ${warmUp} on. Scrolling is unslowed, 300 notches over the whole list.

| what | seen | at most | |
|---|---|---|---|
${table.join('\n')}
`;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'verify-screens.md'), text);
  await writeFile(
    path.join(folder, 'verify-screens.json'),
    `${JSON.stringify({ date, ...machine, slower, lines: all }, null, 2)}\n`,
  );
}
