import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { waitUntil } from '../../../scripts/lib/system/wait-until.ts';
import { type Person, picturesMove } from './browser.ts';
import { misread } from './reads-well.ts';

export interface NewcomerWalk {
  frontendUrl: string;
  /** With a voice for a microphone each. */
  doctor: Person;
  patient: Person;
  /** Told of each step as it begins. */
  say: (step: string) => void;
  /** Where a picture of each step goes; null for none. */
  picturesDir: string | null;
  /** How long one thing may take: a development server compiles each page when it is asked for. */
  patienceMs: number;
}

const birthDate = '1980-05-04';
const patientName = 'Joana Exemplo';

/**
 * What somebody does who has just started the system and knows nothing: only what the screens offer, from
 * the first page to a signed note, the patient's papers and the administration. Throws where a step has no
 * next one, or a screen says something that is no Portuguese sentence.
 */
export async function walkAsNewcomer(walk: NewcomerWalk): Promise<void> {
  const steps = new Steps(walk);
  for (const { page } of [walk.doctor, walk.patient]) {
    page.context().setDefaultTimeout(walk.patienceMs);
    page.setDefaultTimeout(walk.patienceMs);
  }
  const invitation = await fromTheFirstPageToTheRoom(steps, walk);
  await thePatientComes(steps, walk, invitation);
  await theyTalk(steps, walk);
  await theNoteIsSigned(steps, walk);
  await thePapersReachThePatient(steps, walk);
  await theRestIsLookedAt(steps, walk);
}

/** Regions that say so, and the grey shapes of what is coming. */
const unfilled = '[aria-busy="true"]:visible, [class*="animate-pulse"]:visible';

class Steps {
  readonly #walk: NewcomerWalk;
  #count = 0;

  constructor(walk: NewcomerWalk) {
    this.#walk = walk;
  }

  /** Plays one step, then reads the page that it ended on. */
  async go(name: string, page: Page, play: () => Promise<unknown>): Promise<void> {
    this.#count += 1;
    this.#walk.say(`${String(this.#count).padStart(2)}. ${name}`);
    await play();
    await waitUntil(
      `${name}: the page is filled`,
      async () => (await page.locator(unfilled).count()) === 0,
      { timeoutMs: this.#walk.patienceMs },
    );
    const { picturesDir } = this.#walk;
    if (picturesDir !== null) {
      await mkdir(picturesDir, { recursive: true });
      const file = `${String(this.#count).padStart(2, '0')}-${slug(name)}.png`;
      await page.screenshot({ path: path.join(picturesDir, file) });
    }
    const wrong = await misread(page);
    if (wrong.length > 0) throw new Error(`${name}: ${page.url()} says ${JSON.stringify(wrong)}`);
  }
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first();

async function fromTheFirstPageToTheRoom(steps: Steps, walk: NewcomerWalk): Promise<string> {
  const { page } = walk.doctor;
  let invitation = '';
  await steps.go('opens the address that the terminal shows', page, async () => {
    await page.goto(walk.frontendUrl);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  await steps.go('“Entrar”', page, async () => {
    await link(page, 'Entrar').click();
    await page.getByText('Contas de demonstração').waitFor();
  });
  await steps.go('“Usar” beside the doctor’s account, then “Entrar”', page, async () => {
    await button(page, 'Usar medico@aurora.demo').click();
    await button(page, 'Entrar').click();
    await page.waitForURL(/\/dashboard/);
    await page.getByRole('heading', { name: 'Consultas', exact: true }).waitFor();
  });
  const dialog = page.getByRole('dialog');
  await steps.go('“Nova consulta”', page, async () => {
    await button(page, 'Nova consulta').click();
    await dialog.getByRole('listitem').first().waitFor();
  });
  await steps.go('registers a new patient in the same form', page, async () => {
    await dialog.getByRole('button', { name: 'Cadastrar novo paciente' }).click();
    await dialog.getByLabel('Nome completo').fill(patientName);
    await dialog.getByLabel('Data de nascimento').fill(birthDate);
    await dialog.getByRole('button', { name: 'Cadastrar e escolher' }).click();
    await dialog.getByText(patientName).first().waitFor();
  });
  await steps.go('“Criar consulta”, and copies the link', page, async () => {
    await dialog.getByRole('button', { name: 'Criar consulta' }).click();
    const field = dialog.getByTestId('invitation-link');
    await waitUntil('the link', async () => (await field.inputValue()).includes('convite='), {
      timeoutMs: walk.patienceMs,
    });
    await dialog.getByRole('button', { name: 'Copiar link' }).click();
    invitation = await field.inputValue();
  });
  await steps.go('“Atender agora”', page, async () => {
    await dialog.getByRole('link', { name: 'Atender agora' }).click();
    await page.waitForURL(/\/call\//);
    await page.getByText('Sala aberta. Ninguém entrou ainda.').waitFor();
  });
  return invitation;
}

async function thePatientComes(steps: Steps, walk: NewcomerWalk, invitation: string) {
  const { page } = walk.patient;
  await steps.go('opens the link in a second window', page, async () => {
    await page.goto(invitation);
    await button(page, 'Continuar').waitFor();
  });
  await steps.go('the choices', page, async () => {
    await page.getByRole('checkbox', { name: /Atendimento por telemedicina/ }).click();
    await page.getByRole('checkbox', { name: /Transcrição com inteligência artificial/ }).click();
  });
  await steps.go('“Continuar”: camera and microphone are asked for', page, async () => {
    await button(page, 'Continuar').click();
    await button(page, 'Entrar na sala de espera').waitFor();
  });
  await steps.go('“Entrar na sala de espera”, and leaves a message', page, async () => {
    await button(page, 'Entrar na sala de espera').click();
    await page.getByTestId('waiting').waitFor();
    await page.getByText('Ninguém espera antes de você.').waitFor();
    await page.getByLabel(/^Recado para/).fill('Estou usando o celular da minha filha.');
    await button(page, 'Deixar recado').click();
    await page.getByTestId('left-message').waitFor();
  });
}

async function theyTalk(steps: Steps, walk: NewcomerWalk) {
  const [doctor, patient] = [walk.doctor.page, walk.patient.page];
  const patience = { timeoutMs: walk.patienceMs };
  await steps.go('the doctor reads it at the door, and “Admitir”', doctor, async () => {
    await doctor
      .getByTestId('left-messages')
      .getByText(/celular da minha filha/)
      .first()
      .waitFor();
    await button(doctor, 'Admitir').click();
    for (const page of [doctor, patient]) {
      await waitUntil('two moving pictures', () => picturesMove(page, 2), patience);
    }
  });
  await steps.go('“Mostrar legendas” on the patient’s side', patient, async () => {
    await button(patient, 'Mostrar legendas').click();
    await patient
      .getByTestId('captions')
      .getByText(/\p{L}{3}/u)
      .first()
      .waitFor();
  });
  await steps.go('sentences with names, and a question with its guideline', doctor, async () => {
    const said = (speaker: string) =>
      doctor.locator(`[data-testid="utterance"][data-speaker="${speaker}"][data-final="true"]`);
    await said('PACIENTE').first().waitFor();
    await said('MEDICO').first().waitFor();
    await doctor
      .getByTestId('suggestion')
      .first()
      .getByText(/Diretriz/)
      .first()
      .waitFor();
  });
  await steps.go(
    'writes a note to herself (N), and “usar” on the question (1)',
    doctor,
    async () => {
      await doctor.keyboard.press('n');
      await doctor.keyboard.type('Confirmar a dose na volta.');
      await doctor
        .locator('[data-testid="private-note-state"][data-state="saved"]:visible')
        .waitFor();
      await doctor.keyboard.press('Escape');
      await doctor.keyboard.press('1');
      await doctor.getByText('Pergunta usada').first().waitFor();
    },
  );
}

async function theNoteIsSigned(steps: Steps, walk: NewcomerWalk) {
  const [doctor, patient] = [walk.doctor.page, walk.patient.page];
  await steps.go(
    '“Encerrar”, “Encerrar consulta”: the record opens by itself',
    doctor,
    async () => {
      await button(doctor, 'Encerrar').click();
      await button(doctor, 'Encerrar consulta').click();
      await doctor.waitForURL(/\/consulta\/[0-9a-f-]+$/);
      await doctor.getByTestId('utterance').first().waitFor();
      const own = doctor.getByRole('textbox', { name: 'Minhas anotações' });
      await waitUntil(
        'her note to herself is in it',
        async () => (await own.inputValue()) === 'Confirmar a dose na volta.',
        { timeoutMs: walk.patienceMs },
      );
    },
  );
  await steps.go('the patient reads that it is over', patient, () =>
    patient.getByText('A consulta terminou').first().waitFor(),
  );
  await steps.go('a draft whose sentences light what was said', doctor, async () => {
    const drafted = doctor.locator('[data-testid="note-sentence"][data-origin="ai"]');
    // The end of the consultation asks for a draft by itself; it may be there already.
    const ask = button(doctor, 'Fazer rascunho');
    await ask.or(drafted.first()).first().waitFor();
    if (await ask.isVisible()) await ask.click();
    await drafted.first().waitFor();
    await waitUntil('a sentence lights what was said', () => lightsSomething(doctor), {
      timeoutMs: walk.patienceMs,
    });
  });
  await steps.go('writes the plan', doctor, async () => {
    await button(doctor, 'Escrever em Plano').click();
    await doctor.keyboard.type('Retorno em sete dias.');
    await doctor.locator('[data-testid="save-state"][data-state="saved"]').waitFor();
  });
  await steps.go('“Assinar”', doctor, async () => {
    await button(doctor, 'Assinar').click();
    await button(doctor, 'Assinar nota').waitFor();
  });
  await steps.go('“Assinar nota”: signed, with a code', doctor, async () => {
    await button(doctor, 'Assinar nota').click();
    await doctor.getByText('Código de verificação').waitFor();
  });
  await steps.go('“Baixar PDF”', doctor, () =>
    aPdf(doctor, () => button(doctor, 'Baixar PDF').click()),
  );
}

/** Of a long list only a part is drawn: a sentence whose utterance is elsewhere lights nothing in sight. */
export async function lightsSomething(page: Page): Promise<boolean> {
  const lit = page.locator('[data-testid="utterance"][data-lit="true"]');
  for (const sentence of await page
    .locator('[data-testid="note-sentence"][data-origin="ai"]')
    .all()) {
    // A later draft may have taken its place meanwhile.
    await sentence.hover({ timeout: 2_000 }).catch(() => undefined);
    if ((await lit.count()) > 0) return true;
  }
  return false;
}

async function aPdf(page: Page, press: () => Promise<void>): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const head = (await readFile(await download.path())).subarray(0, 5).toString('latin1');
  if (head !== '%PDF-') throw new Error(`${download.suggestedFilename()} is no PDF`);
}

async function thePapersReachThePatient(steps: Steps, walk: NewcomerWalk) {
  const [doctor, patient] = [walk.doctor.page, walk.patient.page];
  let papers = '';
  await steps.go('“Novo documento”: orientations for the patient', doctor, async () => {
    await button(doctor, 'Novo documento').click();
    const dialog = doctor.getByRole('dialog');
    await dialog.getByLabel('Tipo').selectOption({ label: 'Orientações' });
    await dialog.getByLabel('Texto').fill('Beba água e volte em sete dias.');
    await dialog.getByRole('button', { name: 'Criar rascunho' }).click();
    await doctor.getByTestId('document').filter({ hasText: 'rascunho' }).waitFor();
  });
  await steps.go('“Aprovar”', doctor, async () => {
    await button(doctor, /^Aprovar: /).click();
    await doctor.getByRole('dialog').getByRole('button', { name: 'Aprovar', exact: true }).click();
    await doctor.getByTestId('document').filter({ hasText: 'aprovado' }).waitFor();
  });
  await steps.go('“Enviar link ao paciente”', doctor, async () => {
    await button(doctor, 'Enviar link ao paciente').click();
    await doctor.getByText('Link copiado').first().waitFor();
    papers = await doctor.evaluate<string>('navigator.clipboard.readText()');
  });
  await steps.go('the patient opens the link and says when she was born', patient, async () => {
    await patient.goto('about:blank');
    await patient.goto(papers);
    await patient.getByLabel('Data de nascimento').fill(birthDate);
    await button(patient, 'Abrir documentos').click();
    await button(patient, /Orientações/).waitFor();
  });
  await steps.go('and keeps the paper', patient, () =>
    aPdf(patient, () => button(patient, /Orientações/).click()),
  );
}

async function theRestIsLookedAt(steps: Steps, walk: NewcomerWalk) {
  const { page } = walk.doctor;
  for (const [name, where] of [
    ['Início', /\/dashboard/],
    ['Agenda', /\/agenda/],
    ['Pacientes', /\/pacientes/],
  ] as const) {
    await steps.go(`“${name}”`, page, async () => {
      await link(page, name).click();
      await page.waitForURL(where);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    });
  }
  await steps.go('the new patient’s chart', page, async () => {
    await page.getByRole('searchbox').fill('joana exemplo');
    await page.getByTestId('patient').filter({ hasText: patientName }).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: patientName }).waitFor();
  });
  await steps.go('“Configurações”', page, async () => {
    await button(page, /^Conta de/).click();
    await page.getByRole('menuitem', { name: 'Configurações' }).click();
    await page.waitForURL(/\/configuracoes/);
  });
  for (const [name, holds] of [
    ['Minha voz', 'Sua voz nas consultas presenciais'],
    ['Calendário', 'Assinar a agenda'],
    ['Avisos', 'O que pede a sua atenção'],
  ] as const)
    await steps.go(`“${name}”`, page, () => openTab(page, name, holds));
  await steps.go('“Sair”', page, async () => {
    await button(page, /^Conta de/).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await page.waitForURL(/\/login/);
  });
  await steps.go('“Usar” beside the administration’s account, then “Entrar”', page, async () => {
    await button(page, 'Usar admin@aurora.demo').click();
    await button(page, 'Entrar').click();
    await page.waitForURL(/\/dashboard/);
    await page.getByRole('heading', { name: 'Consultas', exact: true }).waitFor();
  });
  await steps.go('“Clínica”', page, async () => {
    await link(page, 'Clínica').click();
    await page.waitForURL(/\/admin/);
  });
  for (const [name, holds] of [
    ['Médicos', 'Convidar médico'],
    ['Integrações', 'só com identificadores'],
    ['Mensagens', 'Todas as mensagens'],
    ['Custo de IA', 'Total no período'],
    ['LGPD', 'A resposta é devida em 15 dias'],
    ['Diretrizes', 'Comuns a todas as clínicas'],
  ] as const)
    await steps.go(`“${name}”`, page, () => openTab(page, name, holds));
  await steps.go('“Auditoria” knows of the signature', page, async () => {
    await openTab(page, 'Auditoria', 'Nada aqui pode ser apagado');
    const signed = page.getByTestId('audit-entry').filter({ hasText: 'assinou a nota' });
    await signed.filter({ hasText: patientName }).first().waitFor();
  });
}

/** The tab is marked before its content is there: what it holds says that it is. */
async function openTab(page: Page, name: string, holds: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  await page.locator('[aria-current="page"]', { hasText: name }).waitFor();
  await page.getByRole('main').getByText(holds).first().waitFor();
}
