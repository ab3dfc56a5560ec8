import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { picturesMove, sitDown } from '../../../tests/e2e/support/browser.ts';
import { waitUntil } from '../../lib/system/wait-until.ts';

/** Two people whose call is up, and where the walk leaves its pictures. */
export interface WalkOptions {
  doctor: Page;
  patient: Page;
  origin: string;
  /** WAV that the guest's microphone plays. */
  voice: string;
  picturesDir: string;
}

export interface WalkStep {
  name: string;
  /** Null when the step went as a person expects. */
  failure: string | null;
}

const long = 90_000;

const press = (page: Page, name: string) =>
  page.getByRole('button', { name }).first().click({ timeout: long });

const moving = (page: Page, count: number) =>
  waitUntil(`${count} moving pictures`, () => picturesMove(page, count), { timeoutMs: long });

/**
 * What can happen to a call after both see each other: another microphone, a shared screen, a guest, the
 * same person in a second window, and a picture that never comes. Each step goes on from the one before; a
 * failed one is noted, and the walk goes on. Dropped lines and reloads belong to the tests in a browser.
 */
export async function walkCall(options: WalkOptions): Promise<WalkStep[]> {
  await mkdir(options.picturesDir, { recursive: true });
  const walk = new CallWalk(options);
  const steps: [string, () => Promise<void>][] = [
    ['both sizes of screen', () => walk.bothSizes()],
    ['another microphone', () => walk.anotherMicrophone()],
    ['shared screen', () => walk.sharedScreen()],
    ['guest', () => walk.guest()],
    ['second window', () => walk.secondWindow()],
    ['picture never comes', () => walk.noPicture()],
  ];
  const seen: WalkStep[] = [];
  for (const [name, play] of steps) {
    const failure = await play().then(
      () => null,
      (error: unknown) => String(error).slice(0, 300),
    );
    if (failure) await walk.picture(`failed ${name}`);
    seen.push({ name, failure });
  }
  return seen;
}

class CallWalk {
  readonly #patient: Page;
  readonly #options: WalkOptions;
  #doctor: Page;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#doctor = options.doctor;
    this.#patient = options.patient;
  }

  /** Both pages as they are now. */
  async picture(name: string, guest?: Page): Promise<void> {
    const pages = Object.entries({ doctor: this.#doctor, patient: this.#patient, guest });
    for (const [who, page] of pages) {
      const file = `${name.replaceAll(' ', '-')}-${who}.png`;
      await page?.screenshot({ path: path.join(this.#options.picturesDir, file) });
    }
  }

  async bothSizes(): Promise<void> {
    const wide = { width: 1440, height: 900 };
    const narrow = { width: 390, height: 844 };
    await this.picture('call');
    await this.#doctor.setViewportSize(narrow);
    await this.#patient.setViewportSize(wide);
    await moving(this.#doctor, 2);
    await moving(this.#patient, 2);
    await this.picture('call turned');
    await this.#doctor.setViewportSize(wide);
    await this.#patient.setViewportSize(narrow);
  }

  async anotherMicrophone(): Promise<void> {
    const own = this.#doctor.locator('[data-testid="utterance"][data-speaker="MEDICO"]');
    await press(this.#doctor, 'Trocar microfone ou câmera');
    const before = await own.count();
    const dialog = this.#doctor.getByRole('dialog');
    await dialog.getByRole('combobox').first().selectOption({ index: 1 });
    await this.picture('devices');
    await this.#doctor.keyboard.press('Escape');
    await waitUntil('own words after the change', async () => (await own.count()) > before, {
      timeoutMs: long,
    });
    await moving(this.#patient, 2);
  }

  async sharedScreen(): Promise<void> {
    const sizes = () =>
      this.#patient.evaluate<string>(
        `[...document.querySelectorAll('video')].map((video) => video.videoWidth + 'x' + video.videoHeight).join()`,
      );
    const before = await sizes();
    await press(this.#doctor, 'Mostrar minha tela');
    await waitUntil('a picture of another size', async () => (await sizes()) !== before, {
      timeoutMs: long,
    });
    await this.picture('screen');
    await press(this.#doctor, 'Parar de mostrar a tela');
    await moving(this.#patient, 2);
  }

  async guest(): Promise<void> {
    await press(this.#doctor, 'Convidar acompanhante ou intérprete');
    const dialog = this.#doctor.getByRole('dialog');
    await dialog.getByLabel('Nome e papel').fill('Caio, intérprete de Libras');
    await press(this.#doctor, 'Criar e copiar o link');
    const link = await dialog.getByTestId('guest-link').inputValue({ timeout: long });
    await this.picture('guest invited');
    await this.#doctor.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const { voice, origin } = this.#options;
    const person = await sitDown({ voice, origin, viewport: { width: 390, height: 844 } });
    try {
      await person.page.goto(link, { waitUntil: 'commit' });
      await press(person.page, 'Continuar');
      await person.page.getByRole('checkbox').click();
      await this.picture('guest at the door', person.page);
      await press(person.page, 'Entrar na sala de espera');
      await press(this.#doctor, 'Admitir');
      for (const page of [person.page, this.#doctor, this.#patient]) await moving(page, 3);
      const words = '[data-testid="utterance"][data-speaker="UNKNOWN"]';
      await this.#doctor.locator(words).first().waitFor({ timeout: long });
      await this.picture('three people', person.page);
      if ((await person.page.getByTestId('utterance').count()) > 0)
        throw new Error('the guest reads the transcript');
    } finally {
      await person.close();
    }
  }

  async secondWindow(): Promise<void> {
    const second = await this.#doctor.context().newPage();
    await second.goto(this.#doctor.url(), { waitUntil: 'commit' });
    await this.#doctor.getByText('aberta em outra janela').waitFor({ timeout: long });
    await this.picture('second window');
    await moving(second, 2);
    this.#doctor = second;
  }

  /** A way that is shut: relay only, and no relay. */
  async noPicture(): Promise<void> {
    await this.#patient.addInitScript(`
      const Line = window.RTCPeerConnection;
      window.RTCPeerConnection = class extends Line {
        constructor(configuration) {
          super({ ...configuration, iceServers: [], iceTransportPolicy: 'relay' });
        }
      };`);
    await this.#patient.reload({ waitUntil: 'commit' });
    for (const page of [this.#patient, this.#doctor])
      await page.getByRole('button', { name: 'Tentar de novo' }).first().waitFor({ timeout: long });
    await this.picture('no picture');
    const lines = () => this.#patient.evaluate<number>('window.__connections.length');
    const before = await lines();
    await press(this.#doctor, 'Tentar de novo');
    await waitUntil('a new line at the other end', async () => (await lines()) > before, {
      timeoutMs: long,
    });
  }
}
