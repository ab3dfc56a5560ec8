import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../scripts/lib/testing/find-browser.ts';
import { openFirefox } from './firefox.ts';

/** A person at a computer: a browser of one's own, because the fake microphone belongs to the browser. */
export interface Person {
  page: Page;
  /** What the page complained of: errors of its scripts, refused by its own policy, and the like. */
  complaints: string[];
  close(): Promise<void>;
}

export interface PersonOptions {
  /** WAV that the microphone plays over and over; `none`: no device, `denied`: a person who refuses. */
  voice: string | 'none' | 'denied';
  viewport?: { width: number; height: number };
  /** Where the page may use the clipboard. */
  origin: string;
}

const desk = { width: 1440, height: 900 };

/** In Chromium; with E2E_BROWSER=firefox whoever has a voice sits at a Firefox instead. */
export async function sitDown(options: PersonOptions): Promise<Person> {
  const { voice, viewport = desk } = options;
  const atFirefox = process.env.E2E_BROWSER === 'firefox' && voice !== 'none' && voice !== 'denied';
  const { browser, context } = atFirefox
    ? await openFirefox({ voice, viewport })
    : await openChromium(voice, viewport);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Of a refused request Chromium says only that there was one: its address tells which.
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return { page, complaints, close: () => browser.close() };
}

async function openChromium(
  voice: PersonOptions['voice'],
  viewport: { width: number; height: number },
): Promise<{ browser: Browser; context: BrowserContext }> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no Chromium: run the tests through npm test');
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      ...devicesOf(voice),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const context = await browser.newContext({
    viewport,
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    permissions: [
      ...(voice === 'denied' ? [] : ['microphone', 'camera']),
      'clipboard-read',
      'clipboard-write',
    ],
  });
  return { browser, context };
}

function devicesOf(voice: PersonOptions['voice']): string[] {
  if (voice === 'none') return ['--use-fake-ui-for-media-stream'];
  if (voice === 'denied') return ['--use-fake-device-for-media-stream'];
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${voice}`,
  ];
}

const videosExpression = `[...document.querySelectorAll('video')].map((video) => ({
  live: video.videoWidth > 0 && !video.paused,
  atSeconds: video.currentTime,
}))`;

/** True when at least so many pictures move: they have a size and their clock runs. */
export async function picturesMove(page: Page, atLeast: number): Promise<boolean> {
  // As text: the rest of the tests has no types of the DOM, and shall have none.
  const moving = () => page.evaluate<{ live: boolean; atSeconds: number }[]>(videosExpression);
  const before = await moving();
  await page.waitForTimeout(300);
  const after = await moving();
  const count = after.filter(
    (video, k) => video.live && video.atSeconds > (before[k]?.atSeconds ?? 0),
  ).length;
  return count >= atLeast;
}
