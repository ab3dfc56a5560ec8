import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const logger = fileURLToPath(new URL('./logger.ts', import.meta.url));

/** A process of a few lines that have a logger. */
function aProcess(lines: string) {
  const program = `import { createLogger } from ${JSON.stringify(logger)};
const logger = createLogger({ service: 'test', level: 'info' });
${lines}`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What such a process wrote until its end. */
function written(lines: string): Promise<string> {
  const child = aProcess(lines);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

it('what waits is written when the process ends', async () => {
  const text = await written(`logger.info('first'); logger.info('last'); process.exit(3);`);
  expect(text).toContain('"first"');
  expect(text).toContain('"last"');
});

it('what waits is written by itself while the process goes on', async () => {
  // The parent ends it when the line has come: an exit would have written it too.
  const child = aProcess(`logger.info('waits'); setInterval(() => undefined, 1_000);`);
  try {
    const text = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (part) => resolve(String(part)));
      child.once('error', reject);
      child.once('exit', () => reject(new Error('it ended')));
    });
    expect(text).toContain('"waits"');
  } finally {
    child.kill('SIGKILL');
  }
});

it('a warning is there before anything else happens, and what waited before it', async () => {
  const text = await written(
    `logger.info('before'); logger.warn('urgent'); process.kill(process.pid, 'SIGKILL'); for (;;);`,
  );
  expect(text).toContain('"before"');
  expect(text).toContain('"urgent"');
});
