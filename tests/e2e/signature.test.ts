import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { anIcpChain, issueA1, pemOf } from '../support/icp/icp-chain.ts';
import { type Person, sitDown } from './support/browser.ts';
import { keepPictures, overflow, seriousFindings } from './support/screen-check.ts';
import { signIn } from './support/sign-in.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// A doctor's certificate in the browser: left, shown, and taken away.
const password = 'uma senha';
const chain = anIcpChain();
const { p12 } = issueA1(chain, { name: 'Beatriz Nogueira', cpf: '52998224725', password });

let folder: string;
let world: World;
let doctor: Person;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'icp-e2e-'));
  await mkdir(path.join(folder, 'teste'));
  await writeFile(path.join(folder, 'teste', 'raiz.pem'), pemOf(chain.root));
  world = await startWorld({ frontend: true, env: { ICP_BRASIL_ROOTS: folder } });
  doctor = await sitDown({
    voice: path.join(audioDir, 'nao-fala', 'silencio.wav'),
    origin: world.urls.frontend,
  });
}, 600_000);

afterAll(async () => {
  await doctor?.close();
  await world?.stop();
  await rm(folder, { recursive: true });
});

describe('the certificate of a doctor', () => {
  it('is left with its password, shown without its key, and removed', async () => {
    const { page } = doctor;
    onTestFailed(async () => {
      console.error(page.url(), await page.locator('body').innerText(), doctor.complaints);
      console.error(world.recentLog());
    });
    const isSound = async (name: string) => {
      expect(await seriousFindings(page)).toEqual([]);
      expect(await overflow(page)).toEqual({ 360: 0, 640: 0 });
      await keepPictures(page, name);
    };
    await signIn(page, world.urls.frontend, 'medico@aurora.demo');
    await page.goto(`${world.urls.frontend}/configuracoes?aba=assinatura`);
    const store = page.getByRole('button', { name: 'Guardar certificado' });
    await store.waitFor();
    await isSound('assinatura-sem-certificado');

    await store.click();
    await page.getByText('Informe a senha do certificado.').waitFor();
    const file = { name: 'certificado.p12', mimeType: 'application/x-pkcs12', buffer: p12 };
    await page.getByLabel('Arquivo do certificado').setInputFiles(file);
    await page.getByLabel('Senha do certificado').fill('errada');
    await store.click();
    await page.getByText('A senha do certificado está errada.').waitFor();
    await page.getByLabel('Senha do certificado').fill(password);
    await store.click();
    const card = page.getByTestId('certificate');
    await card.getByText('BEATRIZ NOGUEIRA').waitFor();
    await card.getByText('***.982.247-**').waitFor();
    await card.getByText('Certificado de teste:').waitFor();
    await isSound('assinatura-com-certificado');

    await card.getByRole('button', { name: 'Remover' }).click();
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).waitFor();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: 'Remover' })
      .click();
    await card.waitFor({ state: 'detached' });
    expect(await world.query('select 1 from signing_certificates')).toEqual([]);
  });
});
