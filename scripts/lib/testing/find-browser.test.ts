import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, findOrInstallBrowser } from './find-browser.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'medcall-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function aProgram(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

describe('the browser of the tests', () => {
  it('is the one of CHROME_PATH, which must be there', () => {
    const own = aProgram('own');
    aProgram('chromium');
    expect(findBrowser({ CHROME_PATH: own, PATH: folder })).toBe(own);
    expect(() => findBrowser({ CHROME_PATH: `${own}-gone` })).toThrow('CHROME_PATH names');
  });

  it('is a Chromium of the PATH before a Chrome', () => {
    aProgram('google-chrome');
    const chromium = aProgram('chromium');
    expect(findBrowser({ PATH: `/nowhere${path.delimiter}${folder}` })).toBe(chromium);
  });

  it('is installed once where this is root on Debian', () => {
    const installed: string[] = [];
    const said: string[] = [];
    const machine = {
      find: () => (installed.length > 0 ? '/usr/bin/chromium' : null),
      canInstall: () => true,
      install: (name: string) => void installed.push(name),
    };
    expect(findOrInstallBrowser((line) => said.push(line), machine)).toBe('/usr/bin/chromium');
    expect(installed).toEqual(['chromium']);
    expect(said).toHaveLength(1);
  });

  it.each([
    ['nobody may install', false, () => undefined],
    [
      'the package is not there',
      true,
      () => {
        throw new Error('apt-get install failed (100).');
      },
    ],
    ['the package brought none', true, () => undefined],
  ])('where %s, the way to one is said for each system', (_, mayInstall, install) => {
    const machine = { find: () => null, canInstall: () => mayInstall, install };
    expect(() => findOrInstallBrowser(() => undefined, machine)).toThrow(
      /Debian: .+Ubuntu: .+macOS: .+CHROME_PATH/,
    );
  });
});
