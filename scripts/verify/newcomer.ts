/**
 * `npm run verify:newcomer`: `npm run dev` in a fresh folder, as its own process, and the walk of somebody who
 * knows nothing (tests/e2e/support/newcomer-walk.ts) through its screens. Prints each step; a picture of each
 * goes to test-results/newcomer-dev/. Ends with an error at the first dead end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Person, sitDown } from '../../tests/e2e/support/browser.ts';
import { walkAsNewcomer } from '../../tests/e2e/support/newcomer-walk.ts';
import { voiceOf } from '../../tests/e2e/support/sound.ts';
import { audioDir } from '../../tests/e2e/support/world.ts';
import { readDialogue } from '../lib/demo/dialogue.ts';
import { freePorts } from '../lib/system/free-ports.ts';
import { runScript } from '../lib/system/run-script.ts';
import { portVariable, rootDir, serviceNames, urlsOf } from '../lib/system/settings.ts';
import { waitUntil } from '../lib/system/wait-until.ts';
import { findOrInstallBrowser } from '../lib/testing/find-browser.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const readyMs = 300_000;
/** A development server compiles each page when it is asked for. */
const patienceMs = 240_000;

runScript(async () => {
  findOrInstallBrowser(say);
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-newcomer-'));
  // The embedded database runs under another account when this is root.
  await chmod(folder, 0o755);
  const ports = await freePorts();
  const printed: string[] = [];
  const dev = startDev(
    {
      DATA_DIR: folder,
      ...Object.fromEntries(serviceNames.map((name) => [portVariable(name), String(ports[name])])),
    },
    printed,
  );
  const people: Person[] = [];
  try {
    say('npm run dev');
    await waitUntil('the ready table', () => printed.join('').includes('MedCall no ar'), {
      timeoutMs: readyMs,
    });
    const dialogue = await readDialogue(path.join(audioDir, 'dor-toracica'));
    const origin = urlsOf(ports).frontend;
    const voices = {
      doctor: voiceOf(dialogue, 'MEDICO', [4], 12_000).wav,
      patient: voiceOf(dialogue, 'PACIENTE', [1, 3], 2_500).wav,
    };
    const seat = async (who: keyof typeof voices, width: number) => {
      const voice = path.join(folder, `${who}.wav`);
      await writeFile(voice, voices[who]);
      const person = await sitDown({ voice, origin, viewport: { width, height: 860 } });
      people.push(person);
      return person;
    };
    await walkAsNewcomer({
      frontendUrl: origin,
      doctor: await seat('doctor', 1440),
      patient: await seat('patient', 390),
      say,
      picturesDir: path.join(rootDir, 'test-results', 'newcomer-dev'),
      patienceMs,
    });
    say('the walk reached its end');
  } catch (error) {
    for (const { page, complaints } of people)
      say(`${page.url()} ${complaints.slice(-5).join(' ')}`);
    say(printed.join('').split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await ended(dev);
    await rm(folder, { recursive: true, force: true });
  }
});

function startDev(env: Record<string, string>, printed: string[]): ChildProcess {
  const { NODE_ENV: _ours, ...ours } = process.env;
  const child = spawn('npm', ['run', '--silent', 'dev'], {
    cwd: rootDir,
    env: { ...ours, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  return child;
}

/** As Ctrl+C in its terminal: the whole group hears it. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGINT');
  await gone;
}
