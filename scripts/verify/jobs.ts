/**
 * `npm run verify:jobs -- [--seed N] [--bookings N] [--workers N] [--kills N] [--report]`: bookings with
 * an e-mail, an SMS, a webhook and an event in the doctor's Google calendar each, done by real worker processes that are ended with SIGKILL at
 * random and in the middle of vendors' answers, with vendors that lose answers. Nothing may be lost, no
 * e-mail sent twice, no SMS repeated blindly, no event put in twice.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { aVerifiedClinic } from './jobs/clinic.ts';
import { isPassed, type JobsReport, judge, unfinished } from './jobs/judge.ts';
import { reportAsMarkdown } from './jobs/report.ts';
import { startVendors } from './jobs/vendors.ts';
import { startWorkers, type Workers } from './jobs/workers.ts';
import { startBench } from './lib/bench.ts';
import { seeded } from './lib/random.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const longestMs = 15 * 60_000;

interface Plan {
  seed: number;
  bookings: number;
  workers: number;
  kills: number;
}

async function run(plan: Plan): Promise<JobsReport> {
  let drawn = 0;
  const random = () => {
    drawn += 1;
    return seeded(plan.seed, 'jobs', drawn);
  };
  const bench = await startBench();
  let workers: Workers | undefined;
  const vendors = await startVendors({
    random,
    lostShare: 0.1,
    limitedShare: 0.05,
    killShare: 0.015,
    killAll: () => {
      if ((workers?.kills ?? 0) < plan.kills) workers?.killAll();
    },
  });
  try {
    const clinic = await aVerifiedClinic(bench.world, vendors);
    const startedAt = performance.now();
    workers = startWorkers(
      plan.workers,
      environment(bench.postgres.appUrl, bench.folder, clinic.key, vendors),
      (line) => {
        if (process.env.VERIFY_JOBS_LOGS) say(line);
      },
    );
    const working = workers;
    let booked = 0;
    let lastSaid = 0;
    while (performance.now() - startedAt < longestMs) {
      // Bookings come all the while: there is always something under way when a worker dies.
      const due = Math.ceil((plan.bookings * (working.kills + 1)) / plan.kills);
      while (booked < Math.min(due, plan.bookings)) {
        booked += 1;
        await clinic.book(booked);
      }
      const killing = working.kills < plan.kills || booked < plan.bookings;
      const left = await unfinished(bench.world);
      if (left === 0 && !killing) break;
      if (performance.now() - lastSaid > 10_000) {
        lastSaid = performance.now();
        say(`${booked} booked, ${left} to do, ${working.kills} kills`);
      }
      await wait(killing ? 1_000 + random() * 2_500 : 500);
      if (killing) await working.killOne(random);
      else vendors.calm();
    }
    // Jobs that were taken over may still be looking at what is done.
    await wait(15_000);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return await judge(bench.world, clinic, vendors, {
      seed: plan.seed,
      bookings: plan.bookings,
      kills: working.kills,
      seconds,
    });
  } finally {
    await workers?.stop();
    await vendors.close();
    await bench.stop();
  }
}

function environment(
  databaseUrl: string,
  folder: string,
  key: string,
  { google, resend, twilio }: Awaited<ReturnType<typeof startVendors>>,
): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    KEY_ENCRYPTION_KEY: key,
    AUTH_PROVIDER: 'embedded',
    INTERNAL_SERVICE_SECRET: 'x'.repeat(40),
    LOG_LEVEL: process.env.VERIFY_JOBS_LOGS ? 'info' : 'fatal',
    DATABASE_POOL_SIZE: '8',
    // Quick, so that minutes show what takes hours: the dead are found soon, pauses are short.
    JOB_HEARTBEAT_SECONDS: '10',
    JOB_SUPERVISE_SECONDS: '1',
    MESSAGE_TIMEOUT_MS: '1500',
    WEBHOOK_TIMEOUT_MS: '1500',
    SMS_VISIBLE_AFTER_MS: '2000',
    DELIVERY_RETRY_MS: '300',
    WEBHOOK_ALLOW_LOOPBACK: '1',
    ...google.env,
    MAIL_PROVIDER: 'resend',
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'MedCall <nao-responda@medcall.test>',
    SMS_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: twilio.from,
    TWILIO_BASE_URL: twilio.url,
  };
}

runScript(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '2026' },
      bookings: { type: 'string', default: '250' },
      workers: { type: 'string', default: '3' },
      kills: { type: 'string', default: '60' },
      report: { type: 'boolean', default: false },
    },
  });
  const report = await run({
    seed: Number(values.seed),
    bookings: Number(values.bookings),
    workers: Number(values.workers),
    kills: Number(values.kills),
  });
  say(JSON.stringify(report, null, 2));
  if (values.report) {
    const folder = path.join(rootDir, 'docs/reports');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'verify-jobs.json'), `${JSON.stringify(report, null, 2)}\n`);
    await writeFile(path.join(folder, 'verify-jobs.md'), reportAsMarkdown(report));
  }
  if (!isPassed(report)) throw new Error('Something was lost, doubled or left: see above.');
  say('passed');
});
