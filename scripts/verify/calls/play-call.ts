import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { type Person, picturesMove, sitDown } from '../../../tests/e2e/support/browser.ts';
import { chosenPairs, watchConnections } from '../../../tests/e2e/support/connections.ts';
import type { TestTurn } from '../../../tests/support/turn.ts';
import { ApiClient } from '../../lib/client/api.ts';
import { doctorSession } from '../../lib/demo/doctor-session.ts';
import { freePorts } from '../../lib/system/free-ports.ts';
import { demoPassword } from '../../lib/system/ready-table.ts';
import { urlsOf } from '../../lib/system/settings.ts';
import { startSystem } from '../../lib/system/start-system.ts';
import { type WalkStep, walkCall } from './walk-call.ts';

export interface CallOptions {
  /** How many times slower the pages' scripts run. */
  throttle: number;
  voice: string;
  say: (line: string) => void;
  turn?: TestTurn;
  /** Folder of the pictures: the walk through what can happen to a call is taken as well. */
  walkPicturesDir?: string;
}

export interface CallRound {
  /** From the press on "Admitir" to moving pictures at both ends; null when they never came. */
  seconds: number | null;
  /** Kinds of the chosen candidates. */
  pairs: string[];
  /** Steps of the media lines as the service's log has them. */
  steps: string[];
  /** Empty without a walk. */
  walk: WalkStep[];
}

const email = 'medico@aurora.demo';
const seeEachOtherMs = 120_000;
/** A development server compiles each page when it is asked for, and the machine may have other work. */
const slowly = 400_000;

/** One call on a system that was started for it. */
export async function playCall({
  throttle,
  voice,
  say,
  turn,
  walkPicturesDir,
}: CallOptions): Promise<CallRound> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'medcall-call-'));
  await chmod(dataDir, 0o755);
  const ports = await freePorts();
  const urls = urlsOf(ports);
  const steps: string[] = [];
  const system = await startSystem({
    settings: { ports, dataDir, host: '127.0.0.1' },
    services: ['gateway', 'ai-service', 'realtime-service', 'frontend'],
    demo: true,
    mode: 'dev',
    restart: false,
    prepareDatabase: true,
    ephemeralDatabase: true,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: 'info',
      ...(turn ? { TURN_URLS: turn.url, TURN_SECRET: turn.secret } : {}),
    },
    onLine: (_source, line) => {
      if (line.includes('call trace')) steps.push(...stepsIn(line));
    },
  });
  const people: Person[] = [];
  try {
    await system.ready();
    say('the system is up');
    const session = await doctorSession({
      authUrl: urls.gateway,
      anonKey: 'embedded',
      email,
      password: demoPassword,
    });
    const api = new ApiClient(urls.gateway, await session());
    const patient = (await api.patients())[0];
    if (!patient) throw new Error('no patient in the demonstration data');
    const consultation = await api.createConsultation({ patient_id: patient.id, type: 'ONLINE' });
    const { url: invitation } = await api.invite(consultation.id);
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const person = await sitDown({ voice, origin: urls.frontend, viewport });
      person.page.setDefaultTimeout(slowly);
      await person.page.addInitScript(watchConnections(turn !== undefined));
      people.push(person);
    }
    say('two browsers are open');
    const [doctorPage, patientPage] = people.map(({ page }) => page) as [Page, Page];
    await Promise.all([
      openAsDoctor(doctorPage, `${urls.frontend}/call/${consultation.roomId}`),
      openAsPatient(patientPage, invitation),
    ]);
    say('both are at the door');
    for (const { page } of people) {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    }
    const press = (page: Page, name: string) => page.getByRole('button', { name }).click();
    await press(doctorPage, 'Admitir');
    const seconds = await secondsUntil(async () => {
      for (const page of [doctorPage, patientPage]) {
        if (!(await picturesMove(page, 2))) return false;
      }
      return true;
    });
    const pairs = (await doctorPage.evaluate<string[]>(chosenPairs)) ?? [];
    const walk = walkPicturesDir
      ? await walkCall({
          doctor: doctorPage,
          patient: patientPage,
          origin: urls.frontend,
          voice,
          picturesDir: walkPicturesDir,
        })
      : [];
    // The trace is gathered for three seconds before it is sent.
    await doctorPage.waitForTimeout(4_000);
    return { seconds, pairs, steps: summary(steps), walk };
  } catch (error) {
    for (const [k, { page }] of people.entries()) {
      const file = path.join(tmpdir(), `medcall-call-${k}.png`);
      await page.screenshot({ path: file }).catch(() => undefined);
      say(`page ${k} stood at ${page.url()}, see ${file}`);
    }
    throw error;
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function openAsDoctor(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.getByRole('link', { name: 'Entrar com minha conta' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha').fill(demoPassword);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('toolbar').waitFor();
}

async function openAsPatient(page: Page, invitation: string): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name }).click();
  await page.goto(invitation, { waitUntil: 'commit' });
  await page.getByRole('checkbox', { name: /Atendimento por telemedicina/ }).click();
  await page.getByRole('checkbox', { name: /Transcrição com inteligência artificial/ }).click();
  await press('Continuar');
  await press('Entrar na sala de espera');
  await page.getByTestId('waiting').waitFor();
}

async function secondsUntil(holds: () => Promise<boolean>): Promise<number | null> {
  const startMs = performance.now();
  while (performance.now() - startMs < seeEachOtherMs) {
    if (await holds()) return Math.round((performance.now() - startMs) / 100) / 10;
  }
  return null;
}

/** Steps out of one line of the log, whatever stands around its JSON. */
function stepsIn(line: string): string[] {
  return [...line.matchAll(/"what":"(\w+)","value":"([^"]*)"/g)].map(
    ([, what, value]) => `${what} ${value}`,
  );
}

/** How often each step was taken that is not the ordinary way up. */
function summary(steps: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts].map(([step, count]) => `${step} ×${count}`);
}
