/**
 * `npm run verify:calls -- [--rounds N] [--throttle N] [--relay] [--walk DIR]`: a fresh `npm run dev` each round, two
 * pages of Chromium with their processors slowed down, and the time until both see each other move. With
 * `--relay` every packet goes through a real coturn. With `--walk DIR` the call then meets what calls meet
 * (other microphone, shared screen, guest, second window, no picture); pictures go to DIR.
 */
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startTestTurn, type TestTurn } from '../../tests/support/turn.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { findOrInstallBrowser } from '../lib/testing/find-browser.ts';
import { type CallRound, playCall } from './calls/play-call.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

runScript(async () => {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      throttle: { type: 'string', default: '6' },
      relay: { type: 'boolean', default: false },
      walk: { type: 'string' },
    },
  });
  findOrInstallBrowser(say);
  const throttle = Number(values.throttle);
  const turn: TestTurn | undefined = values.relay ? await startTestTurn('loopback') : undefined;
  say(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, pages slowed ${throttle} times`,
  );
  const rounds: CallRound[] = [];
  try {
    for (let k = 1; k <= Number(values.rounds); k++) {
      const round = await playCall({
        throttle,
        say,
        voice: path.join(rootDir, 'tests/fixtures/audio/dor-toracica/paciente.wav'),
        ...(turn ? { turn } : {}),
        ...(values.walk ? { walkPicturesDir: values.walk } : {}),
      });
      rounds.push(round);
      say(`round ${k}: ${JSON.stringify(round)}`);
    }
  } finally {
    await turn?.stop();
  }
  const connected = rounds.filter(({ seconds }) => seconds !== null).length;
  say(`${connected} of ${rounds.length} calls had moving pictures at both ends`);
  const walked = rounds.flatMap(({ walk }) => walk);
  for (const { name, failure } of walked)
    say(`${failure === null ? 'seen' : 'NOT SEEN'}: ${name} ${failure ?? ''}`);
  if (connected < rounds.length || walked.some(({ failure }) => failure !== null))
    process.exitCode = 1;
});
