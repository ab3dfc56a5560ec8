/**
 * `npm run verify:screens`: the production build in a real browser with the demonstration data. How soon
 * the doctor's pages stand and answer on a processor four times slower, what the patient's way costs in
 * JavaScript, how 1,500 utterances scroll, whether the doctor's page grows over a call of 30 minutes.
 * Names of parts (`patient pages record call`) run those only and renew their lines of the report;
 * `--real-time` lets the call of 30 minutes last 30 minutes.
 */
import { chromium } from 'playwright-core';
import { z } from 'zod';
import buildFrontend from '../../tests/e2e/support/build-frontend.ts';
import { startWorld } from '../../tests/e2e/support/world.ts';
import { runScript } from '../lib/system/run-script.ts';
import { findOrInstallBrowser } from '../lib/testing/find-browser.ts';
import { doctorsPages, slower } from './screens/doctors-pages.ts';
import { longCall, longRecord, utterances, warmUp } from './screens/long-transcripts.ts';
import { patientsWay } from './screens/patients-way.ts';
import { type Part, partNames, ScreensReport, say } from './screens/report.ts';
import type { Visit } from './screens/visit.ts';

const parts: Record<Part, (visit: Visit) => Promise<void>> = {
  patient: patientsWay,
  pages: doctorsPages,
  record: longRecord,
  call: longCall,
};

runScript(async () => {
  const given = process.argv.slice(2);
  const realTime = given.includes('--real-time');
  const asked = z.array(z.enum(partNames)).parse(given.filter((word) => word !== '--real-time'));
  const wanted = asked.length > 0 ? asked : partNames;
  await buildFrontend();
  const world = await startWorld({ frontend: true });
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser(say),
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--disable-background-networking',
    ],
  });
  const report = new ScreensReport();
  try {
    for (const part of wanted) {
      report.begin(part);
      await parts[part]({ world, browser, report, realTime });
    }
  } finally {
    await browser.close();
    await world.stop();
  }
  await report.write(wanted, explanation(realTime), { slower });
  if (!report.allPassed) process.exitCode = 1;
});

function explanation(realTime: boolean): string {
  const pace = realTime
    ? 'at the pace of speech, one every 1.2 s'
    : 'as fast as it draws them (`--real-time` takes the 30 minutes)';
  return `Production build, Chromium, demonstration data. Paint, layout shift and presses with the processor slowed ${slower} times; the slowest of all presses is given, which is what INP reports for so few, and the sum of all shifts that no press caused. The patient's way is everything that is loaded from the link over consents, devices, waiting room and call, its captions and dialogs opened, to the page after it, React's and Next's own runtime included; the bodies of the answers as \`next start\` compresses them (gzip). The call of 30 minutes is ${utterances} utterances of five partials each, told over the page's own socket ${pace}; memory is what stays held after collecting, counted from utterance ${warmUp} on. Scrolling is unslowed, 300 notches over the whole list; rows are the most that were in the page at any notch.`;
}
