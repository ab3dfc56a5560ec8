/** The second half of `npm run verify:containers`, inside a network of its own: `node run.ts <plan.json>`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readCompose } from '../../lib/containers/compose.ts';
import { composeSecrets } from '../../lib/containers/compose-secrets.ts';
import { runScript } from '../../lib/system/run-script.ts';
import { rootDir } from '../../lib/system/settings.ts';
import { playDemo, signInThroughPages } from './checks.ts';
import { containersPlan } from './plan.ts';
import { type Finding, report } from './report.ts';
import { Stack } from './stack.ts';
import { startNginx, startPostgres, startRedis } from './surroundings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

runScript(async () => {
  const plan = containersPlan.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
  const folder = path.join(plan.work, 'run');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const env = { ...composeSecrets(), MEDCALL_DEMO: '1' };
  const compose = readCompose(path.join(rootDir, 'docker-compose.yml'), env);
  const findings: Finding[] = [];
  const found = (what: string, seen: string, ok: boolean) => {
    findings.push({ what, seen, ok });
    say(`${ok ? 'ok ' : 'NOT'} ${what}: ${seen}`);
  };
  const postgres = await startPostgres(folder, env.POSTGRES_PASSWORD);
  const redis = await startRedis();
  const stack = new Stack({ compose, plan, folder });
  let nginx: { stop(): void } | null = null;
  try {
    const migrated = await stack.runToEnd('migrate');
    found('migrate', `exit ${migrated.code}`, migrated.code === 0);
    const seeded = await stack.runToEnd('seed');
    const password = /medico@aurora\.demo\s+(\S+)/.exec(seeded.output)?.[1] ?? '';
    const isSeeded = seeded.code === 0 && password !== '';
    found('seed', isSeeded ? 'exit 0, a password of its own' : seeded.output, isSeeded);
    for (const name of ['ai-service', 'gateway', 'worker', 'realtime-service', 'frontend']) {
      const seconds = await stack.start(name);
      found(
        `${name} starts`,
        seconds === null ? stack.logOf(name) : `${seconds.toFixed(1)} s`,
        seconds !== null,
      );
    }
    for (const { name, ok, seen } of await stack.inspect()) found(name, seen, ok);
    found('figures for Prometheus', ...(await stack.figures()));
    nginx = await startNginx(folder);
    found('pages and log-in through nginx', ...(await signInThroughPages(password)));
    found('npm run demo through nginx', ...(await playDemo(password)));
    for (const { name, code, seconds } of await stack.stop()) {
      // Next closes its server and ends with 128 + 15, as a program does that a signal ended.
      const orderly = code === 0 || (name === 'frontend' && code === 143);
      found(`${name} on SIGTERM`, `exit ${code} after ${seconds.toFixed(1)} s`, orderly);
    }
  } finally {
    nginx?.stop();
    stack.kill();
    await redis.stop();
    await postgres.stop();
  }
  const text = report(plan, findings);
  if (process.env.CONTAINERS_REPORT !== '0') {
    await writeFile(path.join(rootDir, 'docs/reports/verify-containers.md'), text);
  }
  say(text);
  process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;
});
