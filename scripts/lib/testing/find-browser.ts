import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { canInstallPackages, installPackage } from './debian-packages.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium or Chrome of this machine, or null. `CHROME_PATH` goes first. */
export function findBrowser(env: Record<string, string | undefined> = process.env): string | null {
  if (env.CHROME_PATH) {
    if (isExecutable(env.CHROME_PATH)) return env.CHROME_PATH;
    throw new Error(`CHROME_PATH names ${env.CHROME_PATH}, which cannot be run.`);
  }
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...usualPlaces,
  ];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: the next candidate is tried.
    return false;
  }
}

/**
 * Finds a browser, or installs Debian's when this is root on a Debian machine (containers, CI).
 * @throws Error saying what to install where that is not possible
 */
export function findOrInstallBrowser(say: (line: string) => void): string {
  const found = findBrowser();
  if (found) return found;
  if (canInstallPackages()) {
    say('No browser found: installing Debian’s chromium for the end-to-end tests.');
    installPackage('chromium');
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    'The end-to-end tests need Chromium or Chrome: install one, or name it in CHROME_PATH.',
  );
}
