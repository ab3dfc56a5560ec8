import path from 'node:path';
import { testCpf } from '@medcall/utils';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { type Person, sitDown } from './support/browser.ts';
import { keepPictures, overflow, seriousFindings } from './support/screen-check.ts';
import { signIn } from './support/sign-in.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// Patients who book by themselves, who come from a file, and who have somebody that answers for them.
let world: World;
let admin: Person;
let doctor: Person;
let visitor: Person;

beforeAll(async () => {
  world = await startWorld({ frontend: true });
  const seat = {
    voice: path.join(audioDir, 'nao-fala', 'silencio.wav'),
    origin: world.urls.frontend,
  };
  [admin, doctor, visitor] = await Promise.all([sitDown(seat), sitDown(seat), sitDown(seat)]);
  await Promise.all([
    signIn(admin.page, world.urls.frontend, 'admin@aurora.demo'),
    signIn(doctor.page, world.urls.frontend, 'medico@aurora.demo'),
  ]);
}, 600_000);

afterAll(async () => {
  await Promise.all([admin?.close(), doctor?.close(), visitor?.close()]);
  await world?.stop();
});

function showOnFailure({ page, complaints }: Person): void {
  onTestFailed(async () => {
    console.error(page.url(), await page.locator('body').innerText(), complaints.slice(-10));
    console.error(world.recentLog());
  });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const open = (page: Page, where: string) => page.goto(`${world.urls.frontend}${where}`);

async function expectForEverybody(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  expect(await overflow(page), name).toEqual({ 360: 0, 640: 0 });
  await keepPictures(page, name);
}

/** As the patient reads it: the mail that this installation keeps instead of sending. */
async function mailed(email: string, what: RegExp): Promise<string> {
  let found = '';
  await waitUntil(
    `a mail with ${what.source}`,
    async () => {
      const box = await (await fetch(`${world.urls.gateway}/caixa-de-saida`)).text();
      const mails = box.split('<article>').filter((each) => each.includes(email));
      found = mails.map((mail) => what.exec(mail)?.[1]).find((each) => each !== undefined) ?? '';
      return found !== '';
    },
    { timeoutMs: 60_000 },
  );
  return found;
}

describe('the page on which patients book', () => {
  it('is opened by the administration, under its own address and with its rules', async () => {
    showOnFailure(admin);
    const { page } = admin;
    // Whatever the demonstration begins with.
    const api = await world.api('admin@aurora.demo');
    await api.request('PATCH', '/api/clinic', { booking_rules: { enabled: false } });
    await open(visitor.page, '/agendar/clinica-aurora');
    await visitor.page.getByText('Esta página não está aberta').waitFor();

    await open(page, '/admin');
    const accepts = page.getByRole('checkbox', { name: 'Aceitar marcações pela página' });
    await accepts.setChecked(true);
    await page.getByLabel('Endereço da página').fill('Clínica Aurora');
    await page.getByLabel('Até quantos dias à frente').fill('400');
    await button(page, 'Salvar página').click();
    await page.getByText('Use ao menos três letras minúsculas').waitFor();
    await page.getByText('Informe de 1 a 365 dias.').waitFor();
    await page.getByLabel('Endereço da página').fill('clinica-horizonte');
    await page.getByLabel('Até quantos dias à frente').fill('30');
    await page.getByLabel('Desmarcar até').selectOption({ label: 'a hora da consulta' });
    await button(page, 'Salvar página').click();
    await page.getByText('Este endereço já é usado por outra clínica.').first().waitFor();
    await page.getByLabel('Endereço da página').fill('aurora-paineiras');
    await button(page, 'Salvar página').click();
    await page.getByText('Página de agendamento salva').first().waitFor();
    await button(page, 'Copiar endereço').waitFor();
    // What was just saved is where the next change begins, without a reload.
    for (const wanted of [false, true]) {
      await page
        .locator('button:disabled:not([aria-busy])', { hasText: 'Salvar página' })
        .waitFor();
      await accepts.setChecked(wanted);
      await button(page, 'Salvar página').click();
      await waitUntil(
        `bookings are ${wanted ? 'taken' : 'refused'}`,
        async () => {
          const [row] = await world.query<{ enabled: boolean }>(
            `select (booking_rules->>'enabled')::boolean as enabled from clinicas
             where slug = 'aurora-paineiras'`,
          );
          return row?.enabled === wanted;
        },
        { timeoutMs: 60_000 },
      );
    }
    await page.locator('button:disabled:not([aria-busy])', { hasText: 'Salvar página' }).waitFor();

    await button(page, 'Acrescentar horário: Segunda').click();
    await page.getByLabel('Segunda: às').fill('11:00');
    await button(page, 'Repetir nos dias úteis: Segunda').click();
    await button(page, 'Salvar funcionamento').click();
    await page.getByText('Horário de funcionamento salvo').first().waitFor();
    await page.reload();
    expect(await page.getByLabel('Sexta: às').inputValue()).toBe('11:00');
    expect(await page.getByLabel('Endereço da página').inputValue()).toBe('aurora-paineiras');
  });

  it('books with the code of the mail what the doctor offers, and gives it up by the link', async () => {
    showOnFailure(doctor);
    showOnFailure(visitor);
    await open(doctor.page, '/agenda/horarios');
    await doctor.page
      .getByRole('checkbox', { name: 'Aceitar marcações pela página' })
      .setChecked(true);
    await button(doctor.page, 'Salvar horários').click();
    await doctor.page.getByText('Horários salvos').first().waitFor();

    const { page } = visitor;
    await open(page, '/agendar/aurora-paineiras');
    await button(page, 'Continuar').waitFor();
    await expectForEverybody(page, 'agendar-com-quem');
    await page.getByRole('radio', { name: 'Dra. Beatriz Nogueira' }).check();
    await button(page, 'Continuar').click();
    // The whole next week lies ahead, whatever day it is.
    await button(page, 'Próximos dias').click();
    await page.getByTestId('slot').first().waitFor();
    await expectForEverybody(page, 'agendar-quando');
    const offered = await page.getByTestId('slot').allInnerTexts();
    // The doctor begins at nine, the clinic closes at eleven.
    expect(new Set(offered)).toEqual(new Set(['09:00', '09:30', '10:00', '10:30']));
    await page.getByTestId('slot').first().click();

    const email = 'marina.exemplo@example.com';
    await page.getByLabel('Nome completo').fill('Marina Exemplo');
    await page.getByLabel('CPF').fill('111.111.111-11');
    await page.getByLabel('Data de nascimento').fill('1990-05-17');
    await page.getByLabel('E-mail').fill(email);
    await button(page, 'Receber o código').click();
    await page.getByText('Este CPF não é válido').waitFor();
    await page.getByLabel('CPF').fill(testCpf(123_456_789));
    await expectForEverybody(page, 'agendar-dados');
    await button(page, 'Receber o código').click();
    const code = await mailed(email, /agendamento: (\d{6})/);
    await page.getByLabel('Código de seis números').fill(code === '000000' ? '000001' : '000000');
    await button(page, 'Confirmar consulta').click();
    await page
      .getByRole('alert')
      .filter({ hasText: /código/i })
      .waitFor();
    await page.getByLabel('Código de seis números').fill(code);
    await button(page, 'Confirmar consulta').click();
    await page.getByRole('heading', { name: 'Consulta marcada' }).waitFor();
    await expectForEverybody(page, 'agendar-marcada');

    await button(page, 'Ver ou desmarcar').click();
    await page.getByText('Marcada', { exact: true }).waitFor();
    // The same by the link of the mail; its token does not stay in the address.
    await page.goto('about:blank');
    await page.goto(await mailed(email, /href="([^"]+#reserva=[^"]+)"/));
    await page.getByText('Marcada', { exact: true }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await button(page, 'Desmarcar').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Desmarcar' }).click();
    await page.getByText('Desmarcada', { exact: true }).waitFor();
    const [row] = await world.query<{ status: string; booked_by: string }>(
      `select c.status, c.booked_by from consultations c join patients p on p.id = c.patient_id
       where p.name = 'Marina Exemplo'`,
    );
    expect(row).toEqual({ status: 'CANCELLED', booked_by: 'patient' });
  });
});

describe('patients', () => {
  it('come from a file: looked through first, then taken in; those of the same name and birth date are shown', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    await open(page, '/pacientes');
    await page.getByRole('link', { name: 'Importar planilha' }).click();
    await button(page, 'Conferir').click();
    await page.getByText('Escolha um arquivo CSV.').waitFor();
    const rows = [
      'nome;cpf;nascimento;sexo',
      `Zulmira Teste;${testCpf(222_333_444)};01/02/1960;F`,
      'Zacarias Teste;;31/02/1960;M',
      'Zoraide Teste;;05/06/1971;F',
    ];
    await page.getByLabel('Arquivo CSV').setInputFiles({
      name: 'pacientes.csv',
      mimeType: 'text/csv',
      // As a spreadsheet of an older system writes it.
      buffer: Buffer.from(rows.join('\r\n'), 'latin1'),
    });
    await button(page, 'Conferir').click();
    await page.getByText('2 serão cadastrados').waitFor();
    const lines = page.getByTestId('import-line');
    await lines.filter({ hasText: 'data inválida' }).waitFor();
    await expectForEverybody(page, 'importar-conferencia');
    await button(page, 'Importar 2').click();
    await page.getByText('2 cadastrados').waitFor();
    await page.getByRole('link', { name: 'Ver pacientes' }).click();
    await page.getByRole('searchbox').fill('zulmira');
    await page.getByTestId('patient').filter({ hasText: 'Zulmira Teste' }).waitFor();

    // A second card without a CPF, as somebody in a hurry makes it.
    const api = await world.api('medico@aurora.demo');
    await api.request('POST', '/api/patients', { name: 'Zulmira Teste', birth_date: '1960-02-01' });
    await page.getByRole('link', { name: 'Cadastros repetidos' }).click();
    const pair = page.getByTestId('duplicate').filter({ hasText: 'Zulmira Teste' });
    await pair.getByText('Mesmo nome e nascimento').waitFor();
    expect(await pair.getByRole('link').count()).toBe(2);
    await expectForEverybody(page, 'repetidos-par');

    // Said to be two people, and taken back; then joined, and parted again in the chart.
    await pair.getByRole('button', { name: 'São pessoas diferentes' }).click();
    await pair.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Ver os dispensados' }).click();
    await pair.getByRole('button', { name: 'Voltar a mostrar' }).click();
    await page.getByText('Nenhum grupo dispensado').waitFor();
    await page.getByRole('link', { name: 'Ver os que esperam decisão' }).click();
    await pair.getByRole('button', { name: 'Unir cadastros' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unir cadastros' }).click();
    await page.getByText('Cadastros unidos').first().waitFor();
    await pair.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Pacientes', exact: true }).first().click();
    await page.getByRole('searchbox').fill('zulmira');
    const found = page.getByTestId('patient').filter({ hasText: 'Zulmira Teste' });
    await found.first().waitFor();
    expect(await found.count()).toBe(1);
    await found.getByRole('link').first().click();
    const joined = page.getByTestId('joined-card');
    await joined.waitFor();
    await expectForEverybody(page, 'cadastros-unidos');
    await joined.getByRole('button', { name: /^Separar/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Separar' }).click();
    await joined.waitFor({ state: 'detached' });
  });

  it('have allergies that come and go one by one, and somebody who answers for them', async () => {
    showOnFailure(doctor);
    const { page } = doctor;
    const [patient] = await world.query<{ id: string; clinica: string }>(
      `select p.id, p.clinica_id as clinica from patients p
       join consultations c on c.patient_id = p.id
       join members m on m.medico_id = c.doctor_id join auth_embedded.users u on u.id = m.user_auth
       where u.email = 'medico@aurora.demo' and c.status = 'COMPLETED' limit 1`,
    );
    if (!patient) throw new Error('the demonstration has no consultation that is over');
    await open(page, `/pacientes/${patient.id}`);
    const allergy = page.getByLabel('Acrescentar alergia');
    await allergy.fill('Látex');
    await page.keyboard.press('Enter');
    await button(page, 'Retirar Látex').waitFor();
    // A colleague writes meanwhile: neither loses what the other wrote.
    const api = await world.api('medico@aurora.demo');
    await api.request('PATCH', `/api/patients/${patient.id}`, {
      health: { add_allergies: ['Iodo'] },
    });
    await button(page, 'Retirar Látex').click();
    await page.getByText('Látex retirado').first().waitFor();
    await button(page, 'Retirar Iodo').waitFor();
    expect(await button(page, 'Retirar Látex').count()).toBe(0);

    await button(page, 'Indicar responsável').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Indicar', exact: true }).click();
    await dialog.getByText('Escolha quem responde pelo paciente.').waitFor();
    await dialog.getByRole('searchbox').fill('zoraide');
    await dialog.getByRole('listitem').filter({ hasText: 'Zoraide' }).getByRole('button').click();
    await dialog.getByLabel('Parentesco ou vínculo').fill('tia');
    await dialog.getByRole('button', { name: 'Indicar', exact: true }).click();
    const guardian = page.getByTestId('guardian').filter({ hasText: 'Zoraide Teste (tia)' });
    await guardian.waitFor();
    await expectForEverybody(page, 'ficha-responsavel');
    await button(page, 'Retirar Zoraide Teste').click();
    await guardian.waitFor({ state: 'detached' });
    await button(page, 'Desfazer').last().click();
    await guardian.waitFor();
  });
});
