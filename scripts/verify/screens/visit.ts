import type { Browser, Page } from 'playwright-core';
import type { World } from '../../../tests/e2e/support/world.ts';
import { demoPassword } from '../../lib/system/ready-table.ts';
import { watchSpeed } from './page-speed.ts';
import type { ScreensReport } from './report.ts';

/** What a part of the measurement works with. */
export interface Visit {
  world: World;
  browser: Browser;
  report: ScreensReport;
  /** Utterances at the pace at which people speak, instead of as fast as the page draws them. */
  realTime: boolean;
}

export const demoDoctor = 'medico@aurora.demo';
export const allowed = {
  lcpMs: 2_500,
  inpMs: 200,
  shift: 0.1,
  patientKb: 180,
  rows: 60,
  taskMs: 50,
  growth: 1.1,
} as const;

/** A waiting consultation of the demonstration's doctor with a room of its own, for one part alone. */
export async function aWaitingRoom({ world }: Visit): Promise<{ id: string; room: string }> {
  const [patient] = await world.query<{ id: string }>(
    `select p.id from patients p
     join consultations c on c.patient_id = p.id
     join members m on m.medico_id = c.doctor_id join auth_embedded.users u on u.id = m.user_auth
     where u.email = $1
       -- For a child somebody else consents, by another way.
       and p.birth_date < current_date - interval '18 years' limit 1`,
    [demoDoctor],
  );
  if (!patient) throw new Error('the demonstration has no adult patient');
  const api = await world.api(demoDoctor);
  const body = { patient_id: patient.id, type: 'ONLINE', ai_enabled: true };
  const made = (await api.request('POST', '/api/consultations', body)) as {
    id: string;
    roomId: string;
  };
  return { id: made.id, room: made.roomId };
}

export async function aPage({ browser }: Visit, size = { width: 1440, height: 900 }) {
  const context = await browser.newContext({
    locale: 'pt-BR',
    viewport: size,
    permissions: ['microphone', 'camera'],
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(watchSpeed);
  return context.newPage();
}

export async function signedIn(visit: Visit): Promise<Page> {
  const page = await aPage(visit);
  await page.goto(`${visit.world.urls.frontend}/login`);
  await page.getByLabel('E-mail').fill(demoDoctor);
  await page.getByLabel('Senha').fill(demoPassword);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.waitForURL(/\/dashboard/);
  return page;
}

/** The doctor's call, once the room has let him in: what is told before would go past the page. */
export async function openCall(page: Page, { world }: Visit, room: string): Promise<void> {
  await page.goto(`${world.urls.frontend}/call/${room}`);
  await page.locator('button[aria-label="Desligar microfone"]:enabled').waitFor();
  // Only those inside may ask somebody else in.
  await page.getByRole('button', { name: 'Convidar acompanhante' }).waitFor();
}

/** Two frames and an idle moment: what a press began has been painted and counted. */
export function settled(page: Page): Promise<unknown> {
  return page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))))',
  );
}
