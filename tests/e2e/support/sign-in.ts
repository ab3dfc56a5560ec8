import type { Page } from 'playwright-core';
import { demoPassword } from '../../../scripts/lib/system/ready-table.ts';

/** Signs somebody of the demonstration in, up to the dashboard. */
export async function signIn(page: Page, frontendUrl: string, email: string): Promise<void> {
  await page.goto(`${frontendUrl}/login`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha').fill(demoPassword);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.waitForURL(/\/dashboard/);
}
