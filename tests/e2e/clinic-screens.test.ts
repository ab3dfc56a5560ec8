import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { demoPassword } from '../../scripts/lib/system/ready-table.ts';
import { type Person, sitDown } from './support/browser.ts';
import { keepPictures, overflow, seriousFindings } from './support/screen-check.ts';
import { signIn } from './support/sign-in.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// The screens of the clinic: agenda, administration, settings. One system and two people for all of them.
let world: World;
let admin: Person;
let doctor: Person;

beforeAll(async () => {
  world = await startWorld({ frontend: true });
  [admin, doctor] = await Promise.all([
    signedIn('admin@aurora.demo'),
    signedIn('medico@aurora.demo'),
  ]);
}, 600_000);

afterAll(async () => {
  await Promise.all([admin?.close(), doctor?.close()]);
  await world?.stop();
});

async function signedIn(email: string): Promise<Person> {
  const person = await sitDown({
    voice: path.join(audioDir, 'dor-toracica', 'medico.wav'),
    origin: world.urls.frontend,
  });
  await signIn(person.page, world.urls.frontend, email);
  return person;
}

function showOnFailure({ page, complaints }: Person): void {
  onTestFailed(async () => {
    console.error(page.url(), await page.locator('body').innerText(), complaints.slice(-10));
    console.error(world.recentLog());
  });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const open = (page: Page, where: string) => page.goto(`${world.urls.frontend}${where}`);

/** In two weeks nothing of the demonstration is in the way. */
async function openAgenda(page: Page): Promise<void> {
  await open(page, '/agenda');
  const next = page.getByRole('link', { name: 'Próxima semana' });
  const shown = () => page.url();
  for (let week = 0; week < 2; week += 1) {
    const before = shown();
    await next.click();
    await page.waitForURL((url) => url.href !== before);
  }
  await page.locator('[data-day]').nth(6).waitFor();
}

const slot = (page: Page, column: number, time: string) =>
  page.locator('[data-day]').nth(column).locator(`[data-slot="${time}"]`);
const itemAt = (page: Page, column: number, time: string) =>
  page.locator('[data-day]').nth(column).getByTestId('agenda-item').filter({ hasText: time });

describe('the agenda', () => {
  it('opens hours, refuses those that end before they begin, and keeps them', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await open(page, '/agenda/horarios');
    await button(page, 'Acrescentar horário: Sábado').click();
    await page.getByLabel('Sábado: Das').fill('09:00');
    await page.getByLabel('Sábado: às').fill('08:00');
    await page.getByText('O fim precisa vir depois do início.').waitFor();
    expect(await button(page, 'Salvar horários').isDisabled()).toBe(true);
    await page.getByLabel('Sábado: às').fill('12:00');
    await button(page, 'Salvar horários').click();
    await page.getByText('Horários salvos').first().waitFor();
    await page.reload();
    expect(await page.getByLabel('Sábado: Das').inputValue()).toBe('09:00');
  });

  it('books with two presses, moves by dragging and by keys, names what lies in a block, cancels with a reason', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await openAgenda(page);
    await slot(page, 2, '10:00').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('listitem').first().getByRole('button').click();
    const booked = itemAt(page, 2, '10:00');
    await booked.waitFor();
    await dialog.waitFor({ state: 'detached' });

    const from = await booked.boundingBox();
    const to = await slot(page, 4, '14:30').boundingBox();
    if (!from || !to) throw new Error('the grid is not drawn');
    await page.mouse.move(from.x + 10, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 40, { steps: 4 });
    await page.mouse.move(to.x + 20, to.y + 5, { steps: 6 });
    await page.mouse.up();
    await dialog.getByText(/para .*, 14:30/).waitFor();
    await dialog.getByRole('button', { name: 'Mudar', exact: true }).click();
    await itemAt(page, 4, '14:30').waitFor();
    await page.getByText('Horário mudado').first().waitFor();
    await button(page, 'Desfazer').last().click();
    await booked.waitFor();

    // The same from the keyboard.
    await booked.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await dialog.getByRole('button', { name: 'Mudar', exact: true }).click();
    const moved = itemAt(page, 3, '10:00');
    await moved.waitFor();

    const day = await page.locator('[data-day]').nth(3).getAttribute('data-day');
    await open(page, '/agenda/horarios');
    await page.getByLabel('Início').fill(`${day}T09:00`);
    await page.getByLabel('Fim').fill(`${day}T12:00`);
    await page.getByLabel('Motivo').fill('Congresso');
    await button(page, 'Acrescentar').last().click();
    await page.getByText('1 consulta marcada está dentro deste bloqueio').waitFor();
    await page.getByRole('link', { name: /^Ver / }).click();
    await page.getByText('Congresso').waitFor();

    await moved.click();
    await dialog.getByRole('button', { name: 'Cancelar consulta' }).click();
    const question = page.getByRole('dialog').last();
    await question.getByRole('button', { name: 'Cancelar consulta' }).click();
    await question.getByText('Diga o motivo').waitFor();
    await question.getByRole('button', { name: 'Pedido do paciente' }).click();
    await question.getByRole('button', { name: 'Cancelar consulta' }).click();
    await moved.waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'Mostrar canceladas' }).click();
    await moved.waitFor();
  });
});

describe('the administration', () => {
  it('changes the clinic, invites and deactivates a doctor, and finds both in the audit', async () => {
    showOnFailure(admin);
    const { page } = admin;
    await open(page, '/admin');
    await page.getByLabel('Endereço', { exact: true }).fill('Rua das Acácias, 45, São Paulo/SP');
    await page.getByRole('button', { name: 'Salvar', exact: true }).click();
    await page.getByText('Dados da clínica salvos').first().waitFor();

    await page.getByRole('link', { name: 'Médicos' }).click();
    await button(page, 'Convidar médico').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nome completo').fill('Dra. Lúcia Prado');
    await dialog.getByLabel('E-mail').fill('lucia.prado@aurora.demo');
    await dialog.getByLabel('CRM').fill('98765');
    await button(page, 'Enviar convite').click();
    await dialog.getByText('O CRM informado não é válido').waitFor();
    await dialog.getByLabel('CRM').fill('98765/SP');
    await button(page, 'Enviar convite').click();
    await dialog.waitFor({ state: 'detached' });
    await button(page, 'Editar: Dra. Lúcia Prado').click();
    await dialog.getByLabel('CRM').fill('123456/SP');
    await dialog.getByLabel('RQE').fill('54321');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.getByText('A clínica já tem um médico com este CRM.').waitFor();
    await dialog.getByLabel('CRM').fill('98764/RJ');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByTestId('doctor').filter({ hasText: 'Dra. Lúcia Prado' });
    await row.getByText('CRM 98764/RJ · RQE 54321').waitFor();
    await row.getByRole('button', { name: /Desativar/ }).click();
    await dialog.getByRole('button', { name: 'Desativar' }).click();
    await row.getByText('Desativado').waitFor();

    await page.getByRole('link', { name: 'Auditoria' }).click();
    const entry = page.getByTestId('audit-entry');
    await entry.filter({ hasText: 'convidou um médico' }).first().waitFor();
    await page.getByLabel('O quê').selectOption({ label: 'Desativou um médico' });
    await entry.filter({ hasText: 'convidou' }).first().waitFor({ state: 'detached' });
    expect(await entry.count()).toBe(1);
    await button(page, 'Conferir a corrente').click();
    await page.getByText('A corrente confere').waitFor();
  });

  it('sets the ceiling of the month and sees how much of it is used', async () => {
    showOnFailure(admin);
    const { page } = admin;
    await open(page, '/admin?aba=custos');
    await page.getByTestId('cost-total').waitFor();
    await button(page, 'Mudar o teto').click();
    await page.getByLabel('Teto por mês, em reais').fill('cento e vinte');
    await button(page, 'Salvar teto').click();
    await page.getByText('Informe um valor como').waitFor();
    await page.getByLabel('Teto por mês, em reais').fill('1.250,50');
    await button(page, 'Salvar teto').click();
    await page.getByText(/de R\$\s1\.250,50 neste mês/).waitFor();
  });

  it('brings a guideline in, takes it out of the search and puts it back', async () => {
    showOnFailure(admin);
    const { page } = admin;
    await open(page, '/admin?aba=diretrizes');
    await button(page, 'Enviar diretriz').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Título').fill('Rotina de curativos da clínica');
    await dialog.getByLabel('Quem publicou').fill('Clínica Aurora');
    await dialog.getByLabel('Ano').fill('2026');
    await dialog.getByLabel('Endereço da publicação').fill('https://aurora.example/curativos');
    await dialog.getByLabel('Arquivo').setInputFiles({
      name: 'curativos.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from(
        '# Curativos\n\n## Troca\n\nTrocar a cada 24 horas e observar sinais de infecção.\n',
      ),
    });
    await dialog.getByRole('button', { name: 'Enviar', exact: true }).click();
    const row = page.getByTestId('own-guideline');
    await row.getByText('Na busca').waitFor();
    await row.getByRole('button', { name: /Tirar da busca/ }).click();
    await row.getByText('Fora da busca').waitFor();
    await button(page, 'Desfazer').click();
    await row.getByText('Na busca').waitFor();
  });

  it('shows how much of a long file has gone out, and in Portuguese why it is not taken', async () => {
    showOnFailure(admin);
    const { page } = admin;
    await open(page, '/admin?aba=diretrizes');
    await button(page, 'Enviar diretriz').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Título').fill('Um arquivo estragado');
    await dialog.getByLabel('Quem publicou').fill('Clínica Aurora');
    await dialog.getByLabel('Ano').fill('2026');
    await dialog.getByLabel('Endereço da publicação').fill('https://aurora.example/estragado');
    await dialog.getByLabel('Arquivo').setInputFiles({
      name: 'estragado.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000_000, '% \n')]),
    });
    // A line on which two megabytes take seconds.
    const network = await page.context().newCDPSession(page);
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 400_000,
    });
    await dialog.getByRole('button', { name: 'Enviar', exact: true }).click();
    await dialog.getByRole('progressbar', { name: 'Enviando o arquivo…' }).waitFor();
    await dialog.getByText(/de 2,0 MB enviados$/).waitFor();
    await dialog.getByRole('alert').waitFor({ timeout: 120_000 });
    await network.detach();
    expect(await dialog.getByRole('alert').innerText()).toMatch(/PDF|arquivo|texto/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('answers a request of a data subject, and says why when it is refused', async () => {
    showOnFailure(admin);
    const { page } = admin;
    await open(page, '/admin?aba=lgpd');
    await button(page, 'Registrar pedido').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('listitem').first().getByRole('button').click();
    await dialog.getByLabel('O que foi pedido').selectOption({ label: 'Correção' });
    await dialog.getByRole('button', { name: 'Registrar', exact: true }).click();
    const request = page.getByTestId('data-request').filter({ hasText: 'Correção' });
    await request.getByText(/faltam 1[45] dias/).waitFor();
    await request.getByRole('button', { name: 'Recusar' }).click();
    await dialog.getByRole('button', { name: 'Recusar' }).click();
    await dialog.getByText('Escreva ao menos três letras.').waitFor();
    await dialog.getByLabel('Motivo').fill('O dado já estava certo no cadastro.');
    await dialog.getByRole('button', { name: 'Recusar' }).click();
    await request.waitFor({ state: 'detached' });
    await button(page, 'Todos').click();
    await request.getByText('O dado já estava certo no cadastro.').waitFor();
  });

  it('registers an incident, finds the people in the audit, assesses it and records who was told', async () => {
    showOnFailure(admin);
    const { page } = admin;
    // Somebody opened a chart a moment ago: that is what the audit log finds.
    await open(doctor.page, '/pacientes');
    await doctor.page.getByTestId('patient').first().getByRole('link').first().click();
    await doctor.page.waitForURL(/\/pacientes\/[0-9a-f-]{36}/);
    await doctor.page.getByRole('heading', { level: 1 }).waitFor();

    await open(page, '/admin?aba=incidentes');
    await button(page, 'Registrar incidente').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Registrar incidente' }).click();
    await dialog.getByText('Escreva ao menos três letras.').waitFor();
    await dialog.getByLabel('Título').fill('Conta usada em um computador público');
    const detected = await dialog.getByLabel('Quando foi notado').inputValue();
    await dialog.getByLabel('Quando soubemos que afetou dados pessoais').fill(detected);
    await dialog.getByRole('button', { name: 'Registrar incidente' }).click();
    const clock = page.getByTestId('incident-clock');
    await clock
      .getByText(/comunicar à ANPD, avisar os titulares até .*faltam? [23] dias úteis/)
      .waitFor();

    await page.getByLabel('Desde').fill(`${detected.slice(0, 10)}T00:00`);
    await button(page, 'Procurar').click();
    const found = page.getByText(/\d+ pessoas? encontradas?\./);
    await found.waitFor();
    const [count] = (await found.innerText()).split(' ');
    await button(page, 'Ligar todas').click();
    await page.getByTestId('incident-people-count').getByText(`${count} ligadas`).waitFor();
    const people = page.getByTestId('incident-person');
    await people.nth(Number(count) - 1).waitFor();
    expect(await people.count()).toBe(Number(count));

    await page
      .getByLabel('O que aconteceu')
      .fill('A conta ficou aberta em um computador de uso comum.');
    await page.getByRole('checkbox', { name: /^Saúde/ }).click();
    await button(page, 'Salvar').click();
    await page.getByText('Salvo').first().waitFor();

    await button(page, 'Avaliar').click();
    await dialog
      .getByRole('checkbox', { name: 'Pode afetar pessoas de modo significativo' })
      .click();
    await dialog.getByRole('checkbox', { name: 'Dados pessoais sensíveis' }).click();
    await dialog
      .getByLabel('Avaliação do risco')
      .fill('Fichas podem ter sido lidas por terceiros.');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.waitFor({ state: 'detached' });
    // Both together oblige: the way out is not offered.
    expect(await button(page, 'Comunicação não exigida').count()).toBe(0);

    await button(page, 'Registrar comunicação à ANPD').click();
    await dialog.getByLabel('Protocolo da ANPD').fill('00261.000123/2026-01');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await dialog.waitFor({ state: 'detached' });
    await clock.getByText(/avisar os titulares, completar a comunicação à ANPD/).waitFor();

    await button(page, 'Ver rascunho').click();
    const notice = page.getByTestId('incident-notice');
    await notice.getByText('A conta ficou aberta em um computador de uso comum.').waitFor();
    await button(page, 'Ver histórico').click();
    await page.getByTestId('incident-version').filter({ hasText: 'Comunicação à ANPD' }).waitFor();
    expect(await page.getByTestId('incident-version').count()).toBe(4);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual({ 360: 0, 640: 0 });
    await keepPictures(page, 'incidente');

    const download = page.waitForEvent('download');
    await button(page, 'Baixar (ANPD)').click();
    expect((await download).suggestedFilename()).toMatch(/^incidente-\d+\.zip$/);
    await page.getByRole('link', { name: 'Todos os incidentes' }).click();
    await page
      .getByTestId('incident')
      .filter({ hasText: 'Conta usada em um computador público' })
      .getByText(/faltam? \d+ dias úteis|falta 1 dia útil/)
      .waitFor();
  });
});

describe('the settings', () => {
  it('record the own voice and forget it', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await open(page, '/configuracoes?aba=voz');
    await page.getByRole('checkbox').click();
    await button(page, 'Gravar amostra').click();
    // It ends by itself when there is enough.
    await page.getByText(/Amostra de .* s de fala/).waitFor({ timeout: 60_000 });
    await button(page, 'Apagar').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apagar' }).click();
    await page.getByText('Nenhuma amostra gravada.').waitFor();
  });

  it('take what Google’s page said from the fragment, and leave none of it in the address', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await open(page, '/configuracoes/google#state=of-nobody&code=4-of-nobody');
    await page.getByText('A conexão com o Google não se completou. Tente de novo.').waitFor();
    expect(page.url()).not.toContain('of-nobody');
    await page.goBack();
    expect(page.url()).not.toContain('of-nobody');
  });

  it('change the password only for who knows the present one, and end the other devices', async () => {
    const elsewhere = await signedIn('medico@aurora.demo');
    showOnFailure(doctor);
    const { page } = doctor;
    try {
      await open(page, '/configuracoes');
      const devices = page.getByTestId('device');
      await devices.filter({ hasText: 'Chrome em Linux' }).nth(1).waitFor();
      const fill = async (current: string) => {
        await page.getByLabel('Senha atual').fill(current);
        await page.getByLabel('Nova senha', { exact: true }).fill('girassol de papel azul');
        await page.getByLabel('Repita a nova senha').fill('girassol de papel azul');
        await button(page, 'Trocar a senha').click();
      };
      await fill('não é esta');
      await page.getByText('A senha atual não confere.').waitFor();
      await fill(demoPassword);
      await page.getByText('Senha trocada').first().waitFor();
      await devices.nth(1).waitFor({ state: 'detached' });
      await devices.filter({ hasText: 'Este aparelho' }).waitFor();
      await open(page, '/pacientes');
      await page.getByTestId('patient').first().waitFor();
    } finally {
      await elsewhere.close();
    }
  });
});
