import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { rootDir } from '../../../scripts/lib/system/settings.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const themes = ['light', 'dark'] as const;
const widths = [360, 768, 1440] as const;

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe finds serious or critical on the page as it stands, in both themes: rule, place, reason. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  // Colours that are still on their way would be judged as they pass.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Through the debugger's door, as text: the page's policy lets no foreign script in, which is its purpose.
  await page.evaluate(axe);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
    );
    const violations = await page.evaluate<Violation[]>(
      'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
    );
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      for (const { target, failureSummary } of nodes) {
        found.push(`${theme} ${id} ${JSON.stringify(target)} ${failureSummary ?? ''}`);
      }
    }
  }
  return found;
}

/** By how many pixels the page is wider than its window, at widths of telephones and of 1280 px at 200 %. */
export async function overflow(page: Page): Promise<Record<number, number>> {
  const over: Record<number, number> = {};
  for (const width of [360, 640]) {
    await page.setViewportSize({ width, height: 450 });
    over[width] = await page.evaluate<number>(
      'Math.max(0, document.documentElement.scrollWidth - window.innerWidth)',
    );
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return over;
}

/** The page at three widths in both themes, under test-results/screens/: an artefact of the run. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  const folder = path.join(rootDir, 'test-results', 'screens');
  await mkdir(folder, { recursive: true });
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 780 : 900 });
      await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
    }
  }
}

/** Presses Tab until the focus is on what has this name. Throws with the names that it passed. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  const fits = (held: string) => (typeof name === 'string' ? held === name : name.test(held));
  for (let press = 0; press < 120; press += 1) {
    const held = await page.evaluate<string>(focusedName);
    if (fits(held)) return;
    passed.push(held);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(name)}, but to: ${passed.join(' | ')}`);
}

/** As a screen reader would name it, near enough for buttons, links and labelled fields. */
const focusedName = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return '';
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent;
  return (label ?? element.textContent ?? '').replace(/\\s+/g, ' ').trim();
})()`;
