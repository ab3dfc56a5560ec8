import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type ConsentType,
  consentTexts,
  createdInvitation,
  documentView,
  listOf,
} from '@medcall/shared-types';
import { normalise } from '@medcall/utils/eval/normalise';
import { alignWords } from '@medcall/utils/eval/word-errors';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { readPdf } from '../../apps/backend/ai-service/src/services/guidelines/read-pdf.ts';
import { ApiClient } from '../../scripts/lib/client/api.ts';
import { readDialogue } from '../../scripts/lib/demo/dialogue.ts';
import { demoPassword } from '../../scripts/lib/system/ready-table.ts';
import { rootDir } from '../../scripts/lib/system/settings.ts';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { countScripts, type ScriptCost } from '../../scripts/verify/screens/page-speed.ts';
import { type Person, picturesMove, sitDown } from './support/browser.ts';
import { voiceOf } from './support/sound.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// Two people in two browsers, with voices for microphones, on the production build.
let world: World;
let doctor: Person;
let patient: Person;
let voices: string;
let patientSays: string;
let doctorSays: string;

beforeAll(async () => {
  world = await startWorld({ frontend: true });
  voices = await mkdtemp(path.join(tmpdir(), 'medcall-voices-'));
  const dialogue = await readDialogue(path.join(audioDir, 'dor-toracica'));
  const ofPatient = voiceOf(dialogue, 'PACIENTE', [1, 3], 2500);
  const ofDoctor = voiceOf(dialogue, 'MEDICO', [4], 12_000);
  patientSays = ofPatient.text;
  doctorSays = ofDoctor.text;
  await writeFile(path.join(voices, 'paciente.wav'), ofPatient.wav);
  await writeFile(path.join(voices, 'medico.wav'), ofDoctor.wav);
  const origin = world.urls.frontend;
  doctor = await sitDown({ voice: path.join(voices, 'medico.wav'), origin });
  patient = await sitDown({
    voice: path.join(voices, 'paciente.wav'),
    origin,
    viewport: { width: 390, height: 844 },
  });
  // On a busy machine the build alone takes minutes.
}, 600_000);

afterAll(async () => {
  await Promise.all([doctor?.close(), patient?.close()]);
  await world?.stop();
  if (voices) await rm(voices, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function textsOf(utterances: Locator): Promise<string> {
  return (await utterances.allInnerTexts()).join(' ');
}

/** To run before the page's own scripts: how often devices were asked for, and how many run. */
const watchDevices = `(() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const tracks = [];
  window.__asked = 0;
  window.__live = () => tracks.filter((track) => track.readyState === 'live').length;
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.__asked += 1;
    const stream = await real(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
})()`;

const choiceOf = (page: Page, type: ConsentType) =>
  page.getByRole('checkbox', { name: consentTexts[type].title });

/** Share of the spoken words that stand in the text, in order. */
function heardShare(spoken: string, text: string): number {
  const words = normalise(spoken);
  const steps = alignWords(words, normalise(text));
  return steps.filter((step) => step.kind === 'equal').length / words.length;
}

async function showTroubleOnFailure(name: string): Promise<void> {
  onTestFailed(async () => {
    const folder = path.join(rootDir, 'test-results');
    await mkdir(folder, { recursive: true });
    for (const [who, person] of Object.entries({ doctor, patient })) {
      await person.page.screenshot({ path: path.join(folder, `${name}-${who}.png`) });
      console.error(`${who} at ${person.page.url()}:`, person.complaints.slice(-10));
    }
    console.error(world.recentLog());
  });
}

describe('a consultation by video', () => {
  let invitation: string;
  let consultationId: string;
  let scriptsOfPatient: () => ScriptCost;

  it('sends a visitor who is not signed in to the log-in', async () => {
    await showTroubleOnFailure('visitor');
    const { page } = doctor;
    await page.goto(`${world.urls.frontend}/dashboard`);
    await page.waitForURL(/\/login/);
    expect(await page.content()).not.toContain('data-consultation');
  });

  it('says in Portuguese that a password is wrong', async () => {
    await showTroubleOnFailure('wrong-password');
    await logIn(doctor.page, 'errada-123456');
    const error = doctor.page.getByTestId('login-error');
    await error.waitFor();
    expect(await error.textContent()).toContain('não conferem');
  });

  it('lets the doctor in', async () => {
    await showTroubleOnFailure('log-in');
    await logIn(doctor.page, demoPassword);
    await doctor.page.waitForURL(/\/dashboard/);
    await doctor.page.getByRole('heading', { name: 'Consultas', exact: true }).waitFor();
  });

  it('creates a consultation and copies the invitation', async () => {
    await showTroubleOnFailure('create');
    const { page } = doctor;
    await button(page, 'Nova consulta').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('listitem').first().getByRole('button').click();
    await dialog.getByRole('button', { name: 'Criar consulta' }).click();
    const link = dialog.getByTestId('invitation-link');
    await waitUntil('the link', async () => (await link.inputValue()).includes('convite='), {
      timeoutMs: 20_000,
    });
    await dialog.getByRole('button', { name: 'Copiar link' }).click();
    invitation = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(invitation).toBe(await link.inputValue());
    await dialog.getByRole('link', { name: 'Atender agora' }).click();
    await page.waitForURL(/\/call\//);
  });

  it('gives who is invited a page that repeats the invitation nowhere, and runs only what it signed', async () => {
    const answer = await fetch(`${world.urls.frontend}/call/sala-1234?convite=segredo-4217`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const policy = answer.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    const body = await answer.text();
    expect(body).not.toContain('segredo-4217');
    // Text that is read as data runs nowhere.
    const scripts = [...body.matchAll(/<script\b([^>]*)>/g)].map(
      ([, attributes = '']) => attributes,
    );
    const running = scripts.filter((attributes) => !attributes.includes('application/json'));
    expect(running.length).toBeGreaterThan(3);
    for (const attributes of running) expect(attributes).toContain(`nonce="${nonce}"`);
  });

  it('leads the patient through consent and devices to the waiting room', async () => {
    await showTroubleOnFailure('waiting');
    const { page } = patient;
    scriptsOfPatient = await countScripts(page);
    await page.addInitScript(watchDevices);
    await page.goto(invitation);
    await button(page, 'Continuar').click();
    expect(page.url()).not.toContain('convite');
    await page.getByText('é preciso aceitar o atendimento').waitFor();
    expect(await page.evaluate('window.__asked')).toBe(0);
    await choiceOf(page, 'care').click();
    await choiceOf(page, 'ai').click();
    await button(page, 'Continuar').click();
    // The browser is asked without another press, and the heading is what a screen reader reads next.
    const enter = button(page, 'Entrar na sala de espera');
    await enter.waitFor();
    await page.getByRole('meter', { name: 'Nível do microfone' }).waitFor();
    await page.locator('h1:focus', { hasText: 'Câmera e som' }).waitFor();
    await page.reload();
    await enter.click();
    await page.getByTestId('waiting').waitFor();
    await page.locator('h1:focus').waitFor();
  });

  it('shows a patient who opens the link anew the choices as they were made, and stores none of them twice', async () => {
    await showTroubleOnFailure('choices');
    const { page } = patient;
    // As in another window of the browser.
    await page.evaluate('sessionStorage.clear()');
    await page.goto(invitation);
    await waitUntil('the choice is shown', () => choiceOf(page, 'care').isChecked(), {
      timeoutMs: 30_000,
    });
    expect(await choiceOf(page, 'recording').isChecked()).toBe(false);
    expect(await choiceOf(page, 'ai').isChecked()).toBe(true);
    await button(page, 'Continuar').click();
    await button(page, 'Entrar na sala de espera').click();
    await page.getByTestId('waiting').waitFor();
    const token = new URL(invitation).searchParams.get('convite') ?? '';
    const { consultation } = await new ApiClient(world.urls.gateway).exchangeInvitation(token);
    const stored = await world.query<{ type: string; accepted: boolean }>(
      'select type, accepted from consents where consultation_id = $1 order by position',
      [consultation.id],
    );
    expect(stored).toEqual([
      { type: 'care', accepted: true },
      { type: 'recording', accepted: false },
      { type: 'ai', accepted: true },
    ]);
  });

  it('shows the doctor who waits, and lets both see each other once admitted', async () => {
    await showTroubleOnFailure('admission');
    await button(doctor.page, 'Admitir').click({ timeout: 30_000 });
    await patient.page.getByTestId('waiting').waitFor({ state: 'detached' });
    for (const { page } of [doctor, patient]) {
      // One's own picture and the other's.
      await waitUntil('two moving pictures', () => picturesMove(page, 2), { timeoutMs: 45_000 });
    }
  });

  it('writes the patient’s words on the doctor’s screen, labelled Paciente', async () => {
    await showTroubleOnFailure('words');
    const said = doctor.page.locator(
      '[data-testid="utterance"][data-speaker="PACIENTE"][data-final="true"]',
    );
    await waitUntil(
      'the patient’s words',
      async () => heardShare(patientSays, await textsOf(said)) >= 0.7,
      { timeoutMs: 90_000, everyMs: 500 },
    );
    expect(await said.first().textContent()).toContain('Paciente');
  });

  it('writes the doctor’s words as her own', async () => {
    await showTroubleOnFailure('own-words');
    const said = doctor.page.locator(
      '[data-testid="utterance"][data-speaker="MEDICO"][data-final="true"]',
    );
    await waitUntil(
      'the doctor’s words',
      async () => heardShare(doctorSays, await textsOf(said)) >= 0.6,
      { timeoutMs: 60_000, everyMs: 500 },
    );
    expect(await said.first().textContent()).toContain('Você');
  });

  it('lets the doctor read back while people talk on, and takes her to the end again', async () => {
    await showTroubleOnFailure('read-back');
    const { page } = doctor;
    const log = page.getByTestId('transcript');
    const numbers = () =>
      page.evaluate<{ topPx: number; belowPx: number; rows: number }>(
        `((box) => ({
          topPx: box.scrollTop,
          belowPx: box.scrollHeight - box.scrollTop - box.clientHeight,
          rows: Number(box.querySelector('li')?.getAttribute('aria-setsize') ?? 0),
        }))(document.querySelector('[data-testid="transcript"]'))`,
      );
    // So low that what was said does not fit.
    await page.setViewportSize({ width: 1440, height: 420 });
    await waitUntil('more than fits', async () => (await numbers()).topPx > 60, {
      timeoutMs: 60_000,
    });
    await log.hover();
    await page.mouse.wheel(0, -10_000);
    await button(page, 'voltar ao vivo').waitFor();
    await waitUntil('the beginning', async () => (await numbers()).topPx === 0, {
      timeoutMs: 30_000,
    });
    const { rows } = await numbers();
    await waitUntil('another sentence', async () => (await numbers()).rows > rows, {
      timeoutMs: 90_000,
    });
    expect((await numbers()).topPx).toBe(0);
    await button(page, 'voltar ao vivo').click();
    await waitUntil('the end', async () => (await numbers()).belowPx < 48, {
      timeoutMs: 30_000,
    });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('offers the doctor a question with its source, and the patient none', async () => {
    await showTroubleOnFailure('question');
    const question = doctor.page.getByTestId('suggestion').first();
    await question.waitFor({ timeout: 60_000 });
    expect(await question.textContent()).toContain('Diretriz');
    expect(await patient.page.getByTestId('suggestion').count()).toBe(0);
    if (process.env.E2E_SCREENSHOTS === '1') {
      const file = path.join(rootDir, 'docs', 'screenshots', 'call.png');
      await doctor.page.screenshot({ path: file });
    }
  });

  it('comes back to the same call after a page is loaded again, the doctor’s own notes with it', async () => {
    await showTroubleOnFailure('reload');
    await patient.page.reload();
    await waitUntil('two moving pictures', () => picturesMove(patient.page, 2), {
      timeoutMs: 60_000,
    });
    const { page } = doctor;
    const notes = page.getByRole('textbox', { name: 'Minhas anotações' });
    await page.keyboard.press('n');
    await page.keyboard.type('Lembrete 4217.');
    await page.locator('[data-testid="private-note-state"][data-state="saved"]').waitFor();
    await page.keyboard.press('Escape');
    await page.reload();
    await waitUntil('two moving pictures', () => picturesMove(page, 2), { timeoutMs: 60_000 });
    await page.getByTestId('utterance').first().waitFor();
    // The panel stays as it was left, and the words with it.
    await notes.waitFor();
    expect(await notes.inputValue()).toBe('Lembrete 4217.');
    expect(await patient.page.content()).not.toContain('4217');
  });

  it('ends for both: the doctor lands on the record, the patient reads that it is over', async () => {
    await showTroubleOnFailure('end');
    await button(doctor.page, 'Encerrar').click();
    await button(doctor.page, 'Encerrar consulta').click();
    await patient.page.getByText('A consulta terminou').first().waitFor();
    expect(await patient.page.locator('a[href="tel:+551150000100"]').innerText()).toBe(
      '(11) 5000-0100',
    );
    // Let go, and not asked for again.
    await waitUntil(
      'camera and microphone are off',
      async () => (await patient.page.evaluate('window.__live()')) === 0,
      { timeoutMs: 30_000 },
    );
    expect(await patient.page.evaluate('window.__asked')).toBe(1);
    await doctor.page.waitForURL(/\/consulta\/[0-9a-f-]+$/, { timeout: 60_000 });
    consultationId = new URL(doctor.page.url()).pathname.split('/').at(-1) ?? '';
    const record = doctor.page.getByTestId('utterance');
    await record.first().waitFor();
    expect(heardShare(patientSays, await textsOf(record))).toBeGreaterThanOrEqual(0.7);
    await doctor.page.getByTestId('suggestion').first().waitFor();
  });

  it('has cost the patient’s telephone at most 180 kB of JavaScript, from the link to the end', () => {
    const { bytes, files } = scriptsOfPatient();
    expect(files).toBeGreaterThan(3);
    // React and the router alone are more: less was not counted.
    expect(bytes).toBeGreaterThan(90_000);
    expect(bytes).toBeLessThanOrEqual(180_000);
  });

  it('drafts the note from what was said, takes the doctor’s own words and is signed', async () => {
    await showTroubleOnFailure('note');
    const { page } = doctor;
    const drafted = page.locator('[data-testid="note-sentence"][data-origin="ai"]');
    // The end of the consultation asks for a draft by itself; it may be there already.
    const ask = button(page, 'Fazer rascunho');
    await ask.or(drafted.first()).first().waitFor();
    if (await ask.isVisible()) await ask.click();
    await drafted.first().waitFor({ timeout: 30_000 });
    // A sentence lights the utterances that it rests on; better texts may take the place of some, and a draft follows.
    const lit = page.locator('[data-testid="utterance"][data-lit="true"]');
    await waitUntil(
      'a sentence lights what was said',
      async () => {
        for (const sentence of await drafted.all()) {
          await sentence.hover({ timeout: 2000 }).catch(() => undefined);
          if ((await lit.count()) > 0) return true;
        }
        return false;
      },
      { timeoutMs: 90_000 },
    );
    await button(page, 'Escrever em Plano').click();
    await page.keyboard.type('Retorno em sete dias.');
    await button(page, 'Assinar').click();
    await button(page, 'Assinar nota').click();
    await page.getByText('Código de verificação').waitFor();
    await page.reload();
    await page.getByText('Assinada em').waitFor();
    const plan = page.getByTestId('section-plano').getByRole('textbox');
    expect(await plan.inputValue()).toBe('Retorno em sete dias.');
    expect(await plan.getAttribute('readonly')).not.toBeNull();
  });

  it('gives the patient the letter as the doctor approved it, and nothing of it before', async () => {
    await showTroubleOnFailure('letter');
    const { page } = doctor;
    const { page: reader } = patient;
    const [card] = await world.query<{ born: string }>(
      `select to_char(app.birth_date_of(patient_id), 'YYYY-MM-DD') as born from consultations where id = $1`,
      [consultationId],
    );
    const born = card?.born ?? '';
    const clinic = await world.api('medico@aurora.demo');
    const papers = `/api/consultations/${consultationId}/documents`;
    const asked = { consultationId, kind: 'documents' };
    // With nothing approved there is no link; another paper makes one.
    await expect(clinic.request('POST', '/api/invitations', asked)).rejects.toMatchObject({
      status: 400,
    });
    const advice = documentView.parse(
      await clinic.request('POST', papers, {
        kind: 'instructions',
        content: { text: 'Beba água.' },
      }),
    );
    await clinic.request('POST', `${papers}/${advice.id}/approve`);
    const early = createdInvitation.parse(await clinic.request('POST', '/api/invitations', asked));
    const openDocuments = async (url: string) => {
      await reader.goto(url);
      await reader.getByLabel('Data de nascimento').fill(born);
      await button(reader, 'Abrir documentos').click();
      await reader.getByRole('heading', { name: 'Seus documentos' }).waitFor();
    };
    const letter = page.getByRole('region', { name: 'Carta ao paciente' });
    const words = letter.getByRole('textbox');
    // Drafted behind the note, by the embedded engine.
    await waitUntil('a drafted letter', async () => (await words.inputValue()) !== '', {
      timeoutMs: 60_000,
    });
    await openDocuments(early.url);
    const items = reader.getByRole('listitem').getByRole('button');
    await items.first().waitFor();
    expect(await items.allInnerTexts()).toEqual([expect.stringContaining('Orientações')]);
    const anybody = new ApiClient(world.urls.gateway);
    const { accessToken } = await anybody.exchangeInvitation(early.token, born);
    const asPatient = new ApiClient(world.urls.gateway, accessToken);
    const readable = async () =>
      listOf(documentView).parse(await asPatient.request('GET', papers)).items;
    expect((await readable()).map(({ kind }) => kind)).toEqual(['instructions']);
    await expect(
      asPatient.request('GET', `/api/consultations/${consultationId}/letter`),
    ).rejects.toMatchObject({ status: 403 });

    const text = 'Olá! Descanse e volte em sete dias.\n\nSe a dor voltar, ligue 192.';
    await words.fill(text);
    await letter.getByRole('button', { name: 'Aprovar carta' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Aprovar carta' }).click();
    await letter.getByText('aprovado').waitFor();
    expect(await letter.getByText('Descanse').innerText()).toBe(text);
    // The paper and the link that gives it stand there at once.
    await page.getByTestId('document').filter({ hasText: 'Carta' }).waitFor();
    await button(page, 'Enviar link ao paciente').waitFor();

    await openDocuments(early.url);
    const item = items.filter({ hasText: 'Carta ao paciente' });
    await item.waitFor();
    const letters = (await readable()).filter(({ kind }) => kind === 'letter');
    expect(letters.map(({ content }) => content)).toEqual([{ text }]);
    const saved = reader.waitForEvent('download');
    await item.click();
    const pdf = await readFile((await (await saved).path()) ?? '');
    const printed = (await readPdf(new Uint8Array(pdf)))
      .map(({ heading, text: below }) => `${heading} ${below}`)
      .join(' ')
      .replace(/\s+/g, ' ');
    expect(printed).toContain(text.replace(/\s+/g, ' '));
    expect(printed).not.toContain('RASCUNHO');
  });

  it('shows another clinic’s doctor nothing of it', async () => {
    await showTroubleOnFailure('foreign');
    const stranger = await sitDown({
      voice: path.join(voices, 'medico.wav'),
      origin: world.urls.frontend,
    });
    try {
      await stranger.page.goto(`${world.urls.frontend}/login`);
      await logIn(stranger.page, demoPassword, 'medico@horizonte.demo');
      await stranger.page.waitForURL(/\/dashboard/);
      await stranger.page.goto(`${world.urls.frontend}/consulta/${consultationId}`);
      await stranger.page
        .getByText(/Não encontramos/)
        .first()
        .waitFor();
      expect(await stranger.page.getByTestId('utterance').count()).toBe(0);
    } finally {
      await stranger.close();
    }
  });
});

async function logIn(page: Page, password: string, email = 'medico@aurora.demo'): Promise<void> {
  for (const [label, text] of [
    ['E-mail', email],
    ['Senha', password],
  ] as const) {
    // By keys: over WebDriver BiDi, `fill` adds to what Firefox already has in a field.
    await page.getByLabel(label).press('ControlOrMeta+a');
    await page.keyboard.type(text);
  }
  await button(page, 'Entrar').click();
}
