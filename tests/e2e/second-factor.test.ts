import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { demoPassword } from '../../scripts/lib/system/ready-table.ts';
import { type Person, sitDown } from './support/browser.ts';
import { keepPictures, overflow, seriousFindings } from './support/screen-check.ts';
import { signIn } from './support/sign-in.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// A second factor in the browser: enrolled, asked for at the log-in, lost, and asked for by the clinic.
let world: World;
let doctor: Person;
let admin: Person;

beforeAll(async () => {
  world = await startWorld({ frontend: true, env: { AUTH_RATE_LIMIT_PER_MINUTE: '1000' } });
  const seat = {
    voice: path.join(audioDir, 'nao-fala', 'silencio.wav'),
    origin: world.urls.frontend,
  };
  [doctor, admin] = await Promise.all([sitDown(seat), sitDown(seat)]);
}, 600_000);

afterAll(async () => {
  await Promise.all([doctor?.close(), admin?.close()]);
  await world?.stop();
});

function showOnFailure({ page, complaints }: Person): void {
  onTestFailed(async () => {
    console.error(page.url(), await page.locator('body').innerText(), complaints.slice(-10));
    console.error(world.recentLog());
  });
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const open = (page: Page, where: string) => page.goto(`${world.urls.frontend}${where}`);
const codeField = (page: Page) => page.getByLabel('Código de 6 números');

/** What the app on the telephone shows, `ahead` steps of 30 s from now: each code counts once. */
function codeOf(secret: string, ahead = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + ahead * 30_000 });
}

/** The step after the one whose code counted last, so that no test waits for it. */
async function forgetShownCodes(): Promise<void> {
  await world.query('update auth_embedded.mfa_factors set last_step = null');
}

async function enrol(page: Page): Promise<{ secret: string; codes: string[] }> {
  await button(page, 'Ativar').click();
  await page.getByAltText('Código QR para o aplicativo autenticador').waitFor();
  await page.getByText('Não consegue ler o código?').click();
  const secret = (await page.getByTestId('totp-secret').innerText()).replaceAll(' ', '');
  await codeField(page).fill(codeOf(secret));
  await button(page, 'Confirmar e ativar').click();
  const list = page.getByTestId('recovery-codes').getByRole('listitem');
  await list.first().waitFor();
  return { secret, codes: await list.allInnerTexts() };
}

async function keepCodes(page: Page): Promise<void> {
  await page.getByLabel('Guardei os códigos num lugar seguro').click();
  await button(page, 'Concluir').click();
}

async function signOut(page: Page): Promise<void> {
  await button(page, /^Conta/).click();
  await page.getByRole('menuitem', { name: 'Sair' }).click();
  await page.waitForURL(/\/login/);
}

async function showPassword(page: Page, email: string, where = '/login'): Promise<void> {
  await open(page, where);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha').fill(demoPassword);
  await button(page, 'Entrar').click();
  await page.waitForURL(/\/verificacao/);
}

async function isSound(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toEqual({ 360: 0, 640: 0 });
  await keepPictures(page, name);
}

const email = 'medico2@aurora.demo';
let secret = '';
let codes: string[] = [];

describe('the second factor of a doctor', () => {
  it('is enrolled in the settings, with ten recovery codes to keep', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await signIn(page, world.urls.frontend, email);
    await open(page, '/configuracoes');
    const card = page.getByTestId('second-factor');
    await card.getByText('Desativada').waitFor();
    ({ secret, codes } = await enrol(page));
    expect(codes).toHaveLength(10);
    await isSound(page, 'segunda-etapa-codigos');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Baixar').click(),
    ]);
    const kept = await readFile(await file.path(), 'utf8');
    for (const code of codes) expect(kept).toContain(code);
    expect(await button(page, 'Concluir').isDisabled()).toBe(true);
    await keepCodes(page);
    await card.getByText('Ativada', { exact: true }).waitFor();
    await card.getByText('Restam 10 de 10.').waitFor();
    await isSound(page, 'segunda-etapa-configuracoes');
    expect(doctor.complaints).toEqual([]);
  });

  it('is asked for after the password, and a wrong code is told from a right one', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await signOut(page);
    await showPassword(page, email, '/login?de=%2Fpacientes');
    const field = codeField(page);
    await field.waitFor();
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    expect(await page.evaluate('document.activeElement?.autocomplete')).toBe('one-time-code');
    await isSound(page, 'segunda-etapa-entrada');
    // No page opens before.
    await open(page, '/pacientes');
    await page.waitForURL(/\/verificacao/);

    await field.fill('12345');
    await button(page, 'Continuar').click();
    await page.getByText('Digite os 6 números do código.').waitFor();
    const right = codeOf(secret, 1);
    await field.fill(right === '000000' ? '000001' : '000000');
    await button(page, 'Continuar').click();
    await page.getByTestId('code-error').waitFor();
    await forgetShownCodes();
    await field.fill(codeOf(secret));
    await button(page, 'Continuar').click();
    await page.waitForURL(/\/pacientes/);
  });

  it('gives way to a recovery code, once', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await signOut(page);
    await showPassword(page, email);
    await button(page, 'Usar um código de recuperação').click();
    const field = page.getByLabel('Código de recuperação');
    await field.fill(codes[0]?.toUpperCase() ?? '');
    await isSound(page, 'segunda-etapa-recuperacao');
    await button(page, 'Continuar').click();
    await page.waitForURL(/\/dashboard/);
    await open(page, '/configuracoes');
    await page.getByText('Restam 9 de 10.').waitFor();

    await signOut(page);
    await showPassword(page, email);
    await button(page, 'Usar um código de recuperação').click();
    await field.fill(codes[0] ?? '');
    await button(page, 'Continuar').click();
    await page.getByText('Este código de recuperação não confere ou já foi usado.').waitFor();
  });

  it('stands before a new password too, with the same link', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    const link = await askForLink(page);
    // From another page: a new fragment alone loads nothing.
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('Nova senha').fill('outra frase bem comprida');
    await page.getByLabel('Repita a senha').fill('outra frase bem comprida');
    await button(page, 'Salvar a senha').click();
    await forgetShownCodes();
    await codeField(page).fill('000000' === codeOf(secret) ? '000001' : '000000');
    await button(page, 'Continuar').click();
    await page.getByTestId('code-error').waitFor();
    await codeField(page).fill(codeOf(secret));
    await button(page, 'Continuar').click();
    await page.getByText('Sua senha foi salva.').waitFor();
  });
});

/** The link of the newest mail in the outbox of the demonstration. */
async function askForLink(page: Page): Promise<string> {
  await page.context().clearCookies();
  await open(page, '/recuperar-senha');
  await page.getByLabel('E-mail').fill(email);
  await button(page, 'Enviar o link').click();
  await page.getByText('Confira seu e-mail').waitFor();
  const outbox = await page.context().newPage();
  try {
    const link = outbox.locator('a[href*="/recuperar-senha#"]').first();
    await expect
      .poll(
        async () => {
          await outbox.goto(`${world.urls.gateway}/caixa-de-saida`);
          return link.count();
        },
        { timeout: 60_000, interval: 500 },
      )
      .toBeGreaterThan(0);
    return (await link.getAttribute('href')) ?? '';
  } finally {
    await outbox.close();
  }
}

describe('a clinic that asks for a second factor', () => {
  it('is set in the administration, and leads who has none to it', async () => {
    showOnFailure(admin);
    const { page } = admin;
    await signIn(page, world.urls.frontend, 'admin@horizonte.demo');
    await open(page, '/admin?aba=clinica');
    const card = page.getByTestId('second-factor-rule');
    await card.getByLabel('Exigir a verificação em duas etapas').click();
    await card.getByText(/Exigida desde/).waitFor();
    await isSound(page, 'segunda-etapa-administracao');
    // Who is in goes on, and is told until when; the next log-in asks.
    await page.getByTestId('second-factor-notice').waitFor();
    await open(page, '/dashboard');
    await page.waitForURL(/\/dashboard/);
    const notice = page.getByTestId('second-factor-notice');
    await notice
      .getByText(/A partir de .* sua clínica exige a verificação em duas etapas/)
      .waitFor();
    await isSound(page, 'segunda-etapa-aviso');
    await notice.getByRole('link', { name: 'Ativar agora' }).click();
    await page.getByTestId('second-factor').getByText('Desativada').waitFor();
    await signOut(page);

    await open(page, '/login');
    await page.getByLabel('E-mail').fill('medico@horizonte.demo');
    await page.getByLabel('Senha').fill(demoPassword);
    await button(page, 'Entrar').click();
    await page.getByRole('heading', { name: 'Ative a verificação em duas etapas' }).waitFor();
    await button(page, 'Ativar').waitFor();
    await isSound(page, 'segunda-etapa-exigida');
    await enrol(page);
    await keepCodes(page);
    await page.waitForURL(/\/dashboard/);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.getByTestId('second-factor-notice').count()).toBe(0);
  });
});
