import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { canInstallPackages, installPackage } from './debian-packages.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const advice =
  'The end-to-end tests need Chromium, Chrome or Edge: install one (Debian: sudo apt-get install chromium; ' +
  'Ubuntu: sudo snap install chromium; macOS: brew install --cask google-chrome), or name it in CHROME_PATH.';

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

/** How this machine is asked; a test asks another one. */
interface Machine {
  find: () => string | null;
  canInstall: () => boolean;
  install: (name: string) => void;
}
const thisMachine: Machine = {
  find: findBrowser,
  canInstall: canInstallPackages,
  install: installPackage,
};

/**
 * Finds a browser, or installs Debian's when this is root on a Debian machine (containers, CI).
 * @throws Error saying what to install where that is not possible
 */
export function findOrInstallBrowser(
  say: (line: string) => void,
  { canInstall, find, install }: Machine = thisMachine,
): string {
  const found = find();
  if (found) return found;
  if (!canInstall()) throw new Error(advice);
  say('No browser found: installing Debian’s chromium for the end-to-end tests.');
  try {
    install('chromium');
  } catch (cause) {
    // Ubuntu has apt-get and no such package.
    throw new Error(advice, { cause });
  }
  const installed = find();
  if (installed) return installed;
  throw new Error(advice);
}
