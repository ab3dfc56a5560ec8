import type { Page } from 'playwright-core';
import { slowestPresses, speedOf, throttle } from './page-speed.ts';
import { say } from './report.ts';
import { allowed, aWaitingRoom, openCall, settled, signedIn, type Visit } from './visit.ts';

/** How many times slower than this machine the processor is. */
export const slower = 4;

/** Dashboard and call on a slow processor: when they stand, what moves, how soon they answer. */
export async function doctorsPages(visit: Visit): Promise<void> {
  const { world } = visit;
  const { room } = await aWaitingRoom(visit);
  const page = await signedIn(visit);
  await throttle(page, slower);
  const { keyboard } = page;

  await page.goto(`${world.urls.frontend}/dashboard`);
  await page.getByTestId('consultation').first().waitFor();
  await page.locator('.recharts-bar').first().waitFor({ state: 'attached' });
  await settled(page);
  await noteStanding(page, visit, 'dashboard');
  await page.getByRole('button', { name: 'Nova consulta' }).first().click();
  await page.getByRole('dialog').getByRole('searchbox').first().pressSequentially('luci');
  await keyboard.press('Escape');
  await keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Paciente, consulta ou tela/ }).pressSequentially('ag');
  await keyboard.press('Escape');
  await settled(page);
  await notePresses(page, visit, 'dashboard');

  await openCall(page, visit, room);
  await settled(page);
  await noteStanding(page, visit, 'call');
  for (const key of ['m', 'm', 'v', 'v', '?', 'Escape']) {
    await keyboard.press(key);
    await settled(page);
  }
  await page.getByRole('button', { name: 'Encerrar' }).click();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await settled(page);
  await notePresses(page, visit, 'call');
  await page.context().close();
}

async function noteStanding(page: Page, { report }: Visit, name: string): Promise<void> {
  const { lcpMs, shift, shifted } = await speedOf(page);
  report.note(`${name}, largest paint`, lcpMs, 'ms', allowed.lcpMs);
  if (shifted.length > 0) say(`  moved: ${shifted.slice(0, 6).join(' | ')}`);
  report.note(`${name}, layout shift`, shift, '', allowed.shift);
}

async function notePresses(page: Page, { report }: Visit, name: string): Promise<void> {
  const presses = await slowestPresses(page);
  for (const { name: event, on, durationMs, waitedMs, workedMs } of presses.slice(0, 5)) {
    say(`  ${durationMs} ms: ${event} on ${on} (waited ${waitedMs}, worked ${workedMs})`);
  }
  const worst = presses[0]?.durationMs ?? 0;
  report.note(`${name}, slowest answer to a press`, worst, 'ms', allowed.inpMs);
}
